// Shrinks photos in the browser and looks whether they are bright and sharp enough to check.
const MAX_SIDE = 1600;
const GOAL_BYTES = 350_000;

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

export function draw(source, width, height, side = MAX_SIDE) {
  const k = Math.min(1, side / Math.max(width, height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(width * k));
  canvas.height = Math.max(1, Math.round(height * k));
  canvas.getContext("2d", { willReadFrequently: side < 300 }).drawImage(source, 0, 0, canvas.width, canvas.height);
  return canvas;
}

const toJpeg = (canvas, quality) => new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));

export async function encode(canvas) {
  let blob;
  for (const quality of [0.84, 0.74, 0.62, 0.5]) {
    blob = await toJpeg(canvas, quality);
    if (blob && blob.size <= GOAL_BYTES) break;
  }
  return blob;
}

// The picture could be read but not written smaller (a phone out of memory): the file itself may still go.
export class CannotShrink extends Error {}

// Gives {blob, look}; throws when the file is not a picture, CannotShrink when it is one.
export async function shrink(file) {
  const picture = await decode(file);
  const width = picture.naturalWidth || picture.width;
  const height = picture.naturalHeight || picture.height;
  const canvas = draw(picture, width, height);
  const blob = await encode(canvas);
  picture.close?.();
  if (!blob) throw new CannotShrink();
  return { blob, look: inspect(canvas, canvas.width, canvas.height) };
}

// Mean light 0..255 and how much neighbouring points differ (variance of the Laplacian) on a small copy.
export function inspect(source, width, height) {
  const small = draw(source, width, height, 160);
  const { data } = small.getContext("2d").getImageData(0, 0, small.width, small.height);
  const w = small.width, h = small.height, grey = new Float32Array(w * h);
  let sum = 0;
  for (let n = 0; n < grey.length; n++) {
    grey[n] = 0.299 * data[4 * n] + 0.587 * data[4 * n + 1] + 0.114 * data[4 * n + 2];
    sum += grey[n];
  }
  let total = 0, squares = 0, count = 0;
  for (let y = 1; y < h - 1; y++) {
    for (let x = 1; x < w - 1; x++) {
      const n = y * w + x;
      const edge = grey[n - 1] + grey[n + 1] + grey[n - w] + grey[n + w] - 4 * grey[n];
      total += edge; squares += edge * edge; count++;
    }
  }
  const light = sum / grey.length;
  const sharp = count ? squares / count - (total / count) ** 2 : 0;
  return { light, sharp, dark: light < 45, blurry: sharp < 25 };
}
