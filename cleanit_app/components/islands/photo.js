// Shrinks photos in the browser and looks whether they are bright and sharp enough to check.

async function decode(file) {
  try {
    return await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    // older browsers do not know the option, or not this call at all
    const image = new Image();
    image.src = URL.createObjectURL(file);
    try {
      await image.decode();
      return image;
    } finally {
      URL.revokeObjectURL(image.src);
    }
  }
}

const toJpeg = (canvas, quality) => new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));

// Whether a file begins as a JPEG or PNG does, whatever its name says.
export function isPhoto(buffer) {
  const [a, b, c, d] = new Uint8Array(buffer);
  return (a === 0xff && b === 0xd8 && c === 0xff) || (a === 0x89 && b === 0x50 && c === 0x4e && d === 0x47);
}

// What a form does with pictures, by the domain's rules: {side, sentBytes, lookedAt, darkBelow, blurryBelow}.
export function photoKit({ side, sentBytes, lookedAt, darkBelow, blurryBelow }) {
  function draw(source, width, height, most = side) {
    const k = Math.min(1, most / Math.max(width, height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(width * k));
    canvas.height = Math.max(1, Math.round(height * k));
    canvas.getContext("2d", { willReadFrequently: most < side }).drawImage(source, 0, 0, canvas.width, canvas.height);
    return canvas;
  }

  async function encode(canvas) {
    let blob;
    for (const quality of [0.84, 0.74, 0.62, 0.5]) {
      blob = await toJpeg(canvas, quality);
      if (blob && blob.size <= sentBytes) break;
    }
    return blob;
  }

  // Gives {blob, look}; throws when the file is no picture, or one too large for this phone to unpack or write.
  async function shrink(file) {
    const picture = await decode(file);
    const width = picture.naturalWidth || picture.width;
    const height = picture.naturalHeight || picture.height;
    const canvas = draw(picture, width, height);
    const blob = await encode(canvas);
    picture.close?.();
    if (!blob) throw new Error("could not be written");
    return { blob, look: inspect(canvas, canvas.width, canvas.height) };
  }

  // Mean light and sharpness as the server measures them (services/photos/image_decoding.py): a grey copy of 256 px, bicubic; then
  // how much each point differs from its eight neighbours, without the outermost ones, and how far that spreads.
  function inspect(source, width, height, most = side) {
    const canvas = source instanceof HTMLCanvasElement && Math.max(width, height) <= most ? source : draw(source, width, height, most);
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    return measure(data, canvas.width, canvas.height);
  }

  function measure(data, width, height) {
    const grey = new Uint8ClampedArray(width * height);
    for (let n = 0; n < grey.length; n++) grey[n] = (19595 * data[4 * n] + 38470 * data[4 * n + 1] + 7471 * data[4 * n + 2] + 32768) >> 16;
    const w = lookedAt, h = Math.max(3, Math.floor((w * height) / width));
    const small = resampled(resampled(grey, width, height, w), height, w, h);
    let sum = 0, total = 0, squares = 0;
    for (let y = 0; y < h; y++) {
      for (let x = 0; x < w; x++) {
        const n = y * w + x;
        sum += small[n];
        if (x === 0 || y === 0 || x === w - 1 || y === h - 1) continue;
        let edge = 9 * small[n];
        for (const row of [n - w, n, n + w]) edge -= small[row - 1] + small[row] + small[row + 1];
        edge = Math.max(0, Math.min(255, edge));
        total += edge;
        squares += edge * edge;
      }
    }
    const count = (w - 2) * (h - 2), light = sum / small.length, sharp = Math.sqrt(squares / count - (total / count) ** 2);
    // where light is missing edges are weak anyway
    return { light, sharp, dark: light < darkBelow, blurry: light >= darkBelow && sharp < blurryBelow };
  }

  return { draw, encode, shrink, inspect, measure };
}

const bicubic = (x) => x < 1 ? (1.5 * x - 2.5) * x * x + 1 : x < 2 ? ((x - 5) * x + 8) * x * -0.5 + 2 : 0;

// The rows at another width, as Pillow makes it, with rows and columns exchanged.
function resampled(grey, width, height, to) {
  const made = new Uint8ClampedArray(to * height), scale = width / to, reach = Math.max(scale, 1);
  for (let x = 0; x < to; x++) {
    const centre = (x + 0.5) * scale;
    const first = Math.max(0, Math.trunc(centre - 2 * reach + 0.5)), end = Math.min(width, Math.trunc(centre + 2 * reach + 0.5));
    const weights = Array.from({ length: end - first }, (_, n) => bicubic(Math.abs(first + n - centre + 0.5) / reach));
    const whole = weights.reduce((a, b) => a + b, 0);
    for (let y = 0; y < height; y++) {
      let value = 0;
      for (let n = 0; n < weights.length; n++) value += weights[n] * grey[y * width + first + n];
      made[x * height + y] = Math.floor(value / whole + 0.5);
    }
  }
  return made;
}
