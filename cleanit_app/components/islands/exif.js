// Reads the place a photo was taken at from its EXIF block, before the photo is shrunk (a canvas drops
// it). Strict: anything missing, 0/0, with a zero denominator, out of range or at 0,0 means "none".
const GPS_BLOCK = 0x8825;
const ORIENTATION = 0x0112;

export function readGps(buffer) {
  try {
    const view = new DataView(buffer);
    const tiff = findTiff(view);
    return tiff < 0 ? null : readBlock(view, tiff);
  } catch (error) {
    if (error instanceof RangeError) return null; // the file ends inside its own directory
    throw error;
  }
}

// Puts the EXIF block of the original into a shrunk JPEG, so the server still reads place and time from
// it. The canvas has already turned the picture upright, so the block must say so.
export async function carryExif(original, jpeg) {
  const view = new DataView(original.slice(0));
  const tiff = findTiff(view);
  if (tiff < 0) return jpeg;
  const start = tiff - 10;
  const end = start + 2 + view.getUint16(start + 2);
  if (end > view.byteLength) return jpeg;
  const little = view.getUint16(tiff) === 0x4949;
  const directory = tiff + view.getUint32(tiff + 4, little);
  for (let n = 0; n < view.getUint16(directory, little); n++) {
    const entry = directory + 2 + 12 * n;
    if (view.getUint16(entry, little) === ORIENTATION) view.setUint16(entry + 8, 1, little);
  }
  const block = new Uint8Array(view.buffer, start, end - start);
  return new Blob([jpeg.slice(0, 2), block, jpeg.slice(2)], { type: "image/jpeg" });
}

function findTiff(view) {
  if (view.getUint16(0) !== 0xffd8) return -1;
  let at = 2;
  while (at + 4 < view.byteLength) {
    const marker = view.getUint16(at);
    if (marker >> 8 !== 0xff || marker === 0xffda) return -1;
    if (marker === 0xffe1 && view.getUint32(at + 4) === 0x45786966) return at + 10; // "Exif"
    at += 2 + view.getUint16(at + 2);
  }
  return -1;
}

function readBlock(view, tiff) {
  const order = view.getUint16(tiff);
  if (order !== 0x4949 && order !== 0x4d4d) return null;
  const little = order === 0x4949;
  if (view.getUint16(tiff + 2, little) !== 42) return null;
  const entries = (at) => {
    const found = new Map();
    const count = view.getUint16(at, little);
    for (let n = 0; n < count; n++) {
      const entry = at + 2 + 12 * n;
      found.set(view.getUint16(entry, little), entry);
    }
    return found;
  };
  const pointer = entries(tiff + view.getUint32(tiff + 4, little)).get(GPS_BLOCK);
  if (pointer === undefined) return null;
  const gps = entries(tiff + view.getUint32(pointer + 8, little));

  const letter = (tag) => gps.has(tag) ? String.fromCharCode(view.getUint8(gps.get(tag) + 8)).toUpperCase() : "";
  const degrees = (tag) => {
    const entry = gps.get(tag);
    if (entry === undefined || view.getUint16(entry + 2, little) !== 5 || view.getUint32(entry + 4, little) !== 3) return NaN;
    const at = tiff + view.getUint32(entry + 8, little);
    const part = (n) => {
      const below = view.getUint32(at + 8 * n + 4, little);
      return below === 0 ? NaN : view.getUint32(at + 8 * n, little) / below;
    };
    return part(0) + part(1) / 60 + part(2) / 3600;
  };
  const latitude = degrees(2) * ({ N: 1, S: -1 }[letter(1)] ?? NaN);
  const longitude = degrees(4) * ({ E: 1, W: -1 }[letter(3)] ?? NaN);
  const valid = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 && (latitude !== 0 || longitude !== 0);
  return valid ? { latitude, longitude } : null; // NaN fails every comparison
}
