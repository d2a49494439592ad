// Reads what a photo's EXIF says of place, time and side before the photo is shrunk (a canvas drops it). The rules are
// those of the server (services/photos/image_containers.py, tiff.py, exif.py); one set of pictures is read by both in a test.
// Whatever is missing, broken, out of range or at 0,0 counts as not said.
const SIZES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4];
const NUMBERS = { 1: "Uint8", 3: "Uint16", 4: "Uint32", 6: "Int8", 8: "Int16", 9: "Int32", 11: "Float32", 12: "Float64", 13: "Uint32" };
const FRACTIONS = { 5: "Uint32", 10: "Int32" };
const ORIENTATION = 0x0112, DETAIL = 0x8769, GPS = 0x8825;
const CENTURIES = [Date.UTC(2000, 0), Date.UTC(2200, 0)];
const INDIA = 330, MOST_SEGMENT = 65_527; // minutes; bytes of a block that fit into one segment of a JPEG

export function readExif(buffer) {
  const tiff = findTiff(new Uint8Array(buffer));
  if (!tiff) return { place: null, takenAt: "", orientation: 1, tiff: null };
  const { first, below } = directories(tiff);
  const top = first(), gps = below(top, GPS), [turned] = top.numbers(ORIENTATION);
  const at = moment(below(top, DETAIL)) ?? satelliteMoment(gps);
  return { place: place(gps), takenAt: at === null ? "" : new Date(at).toISOString(), orientation: [1, 2, 3, 4, 5, 6, 7, 8].includes(turned) ? turned : 1, tiff };
}

export const readGps = (buffer) => readExif(buffer).place;

// Puts the EXIF block of the original into a shrunk JPEG, so the server still reads what it says. The canvas has
// already turned the picture upright, so the block must say so. Null when the block is too large to travel.
export async function carryExif(original, jpeg) {
  const { tiff } = readExif(original);
  if (!tiff) return jpeg;
  if (tiff.length > MOST_SEGMENT) return null;
  const block = tiff.slice();
  const { first, view, little } = directories(block);
  const entry = first().entries.get(ORIENTATION);
  if (NUMBERS[entry?.kind]) view["set" + NUMBERS[entry.kind]](entry.start, 1, little);
  const length = block.length + 8;
  const head = [0xff, 0xe1, length >> 8, length & 255, 0x45, 0x78, 0x69, 0x66, 0, 0];
  return new Blob([jpeg.slice(0, 2), new Uint8Array(head), block, jpeg.slice(2)], { type: "image/jpeg" });
}

const word = (bytes, at, length = 4) => String.fromCharCode(...bytes.subarray(at, at + length));
const uint32 = (bytes, at) => ((bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3]) >>> 0;

function findTiff(bytes) {
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return ofJpeg(bytes);
  if (word(bytes, 1, 3) === "PNG") return ofPng(bytes);
  return word(bytes, 0) === "RIFF" && word(bytes, 8) === "WEBP" ? ofWebp(bytes) : null;
}

function asTiff(bytes) {
  const tiff = word(bytes, 0, 5) === "Exif\0" ? bytes.subarray(6) : bytes;
  return ["II*\0", "MM\0*"].includes(word(tiff, 0)) ? tiff : null;
}

function ofJpeg(bytes) {
  for (let at = 2; at < bytes.length - 1;) {
    const marker = bytes[at + 1];
    if (bytes[at] !== 0xff || marker === 0 || marker === 0xff) { at++; continue; } // filling, junk
    if (marker === 0xda || marker === 0xd9) return null;
    const alone = marker === 1 || (marker >= 0xd0 && marker <= 0xd8);
    const end = at + 2 + ((bytes[at + 2] << 8) | bytes[at + 3]);
    if (alone || end < at + 4 || end > bytes.length) { at += alone ? 2 : 4; continue; } // a length that cannot be
    const found = marker === 0xe1 && word(bytes, at + 4, 5) === "Exif\0" && asTiff(bytes.subarray(at + 4, end));
    if (found) return found;
    at = end;
  }
  return null;
}

function ofPng(bytes) {
  for (let at = 8; at + 8 <= bytes.length;) {
    const name = word(bytes, at + 4), end = at + 8 + uint32(bytes, at);
    const found = name === "eXIf" && asTiff(bytes.subarray(at + 8, end));
    if (found || name === "IEND") return found || null;
    at = end + 4;
  }
  return null;
}

function ofWebp(bytes) {
  for (let at = 12; at + 8 <= bytes.length;) {
    const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(at + 4, true);
    if (word(bytes, at) === "EXIF") return asTiff(bytes.subarray(at + 8, at + 8 + length));
    at += 8 + length + (length % 2);
  }
  return null;
}

// The directories of a TIFF block; what lies outside the block counts as not there.
function directories(tiff) {
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.length), little = tiff[0] === 0x49;
  const number = (at, bits) => (at + bits / 8 <= tiff.length ? view["getUint" + bits](at, little) : 0);
  const directory = (at) => {
    const entries = new Map(), count = at >= 8 ? Math.min(number(at, 16), 1000) : 0;
    for (let entry = at + 2; entry < at + 2 + 12 * count && entry + 12 <= tiff.length; entry += 12) {
      const kind = number(entry + 2, 16), length = number(entry + 4, 32), size = (SIZES[kind] ?? 0) * length;
      const start = size <= 4 ? entry + 8 : number(entry + 8, 32);
      if (size && start + size <= tiff.length) entries.set(number(entry, 16), { kind, length, start });
    }
    const numbers = (tag) => {
      const { kind, length = 0, start } = entries.get(tag) ?? {};
      const read = (type, from) => view["get" + type](from, little);
      const one = (n) => {
        const from = start + SIZES[kind] * n;
        if (NUMBERS[kind]) return read(NUMBERS[kind], from);
        const under = read(FRACTIONS[kind], from + 4);
        return under ? read(FRACTIONS[kind], from) / under : NaN;
      };
      return length <= 16 && (NUMBERS[kind] || FRACTIONS[kind]) ? Array.from({ length }, (_, n) => one(n)) : [];
    };
    const text = (tag) => {
      const { kind, length, start } = entries.get(tag) ?? {};
      return [1, 2, 7].includes(kind) ? word(tiff, start, Math.min(length, 99)).replace(/\0[^]*/, "").replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, "") : "";
    };
    return { entries, numbers, text };
  };
  const below = (top, tag) => directory([3, 4, 13].includes(top.entries.get(tag)?.kind) ? top.numbers(tag)[0] ?? 0 : 0);
  return { view, little, first: () => directory(number(4, 32)), below };
}

function place(gps) {
  const degrees = (tag, plus, minus, most) => {
    const parts = gps.numbers(tag), side = gps.text(tag - 1).toUpperCase();
    const total = parts[0] + parts[1] / 60 + parts[2] / 3600;
    const fits = parts.length === 3 && Math.min(...parts) >= 0 && parts[1] < 60 && parts[2] < 60 && total <= most; // never with NaN
    return fits ? total * ({ [plus]: 1, [minus]: -1 }[side] ?? NaN) : NaN;
  };
  const latitude = degrees(2, "N", "S", 90), longitude = degrees(4, "E", "W", 180);
  return Number.isNaN(latitude + longitude) || (latitude === 0 && longitude === 0) ? null : { latitude, longitude };
}

function moment(detail) {
  const said = /^(\d{4})[:-](\d\d)[:-](\d\d)[ T](\d\d):(\d\d):(\d\d)(?:[.]\d*)?$/.exec(detail.text(0x9003));
  if (!said) return null;
  const zone = /^([+-])(\d\d):?([0-5]\d)$/.exec(detail.text(0x9011));
  let minutes = detail.text(0x9011) === "Z" ? 0 : INDIA;
  if (zone && 60 * zone[2] + +zone[3] <= 840) minutes = (zone[1] + "1") * (60 * zone[2] + +zone[3]);
  return instant(said.slice(1), minutes);
}

// For files whose camera wrote no time of its own: the GPS block's, which is UTC.
function satelliteMoment(gps) {
  const day = /^(\d{4})[:-](\d\d)[:-](\d\d)$/.exec(gps.text(29)), time = gps.numbers(7);
  const fits = day && time.length === 3 && time.every((part) => part >= 0 && part < 60);
  return fits ? instant([...day.slice(1), ...time.map(Math.trunc)], 0) : null;
}

function instant(parts, offsetMinutes) {
  const [year, month, day, hour, minute, second] = parts.map(Number);
  const local = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const same = [local.getUTCFullYear(), local.getUTCMonth() + 1, local.getUTCDate(), local.getUTCHours(), local.getUTCMinutes(), local.getUTCSeconds()];
  const at = local.getTime() - 60_000 * offsetMinutes;
  return same.join() === [year, month, day, hour, minute, second].join() && at >= CENTURIES[0] && at < CENTURIES[1] ? at : null;
}
