// PNG, as far as the tests need it: decode what Chromium writes, look for colours in it, and write small files.
import { crc32 as zlibCrc, deflateSync, inflateSync } from "node:zlib";

const kSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function crc32(bytes) {
  if (zlibCrc) return zlibCrc(bytes);
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; ++bit) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** A chunk with its length and check sum. */
export function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(data.length, 0);
  body.copy(whole, 4);
  whole.writeUInt32BE(crc32(body), body.length + 4);
  return whole;
}

/** A grey PNG of 8 bits whose header may say another size than its content has. */
export function greyPng(width, height, valueAt, { headerWidth = width, headerHeight = height } = {}) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(headerWidth, 0);
  header.writeUInt32BE(headerHeight, 4);
  header[8] = 8;
  const rows = Buffer.alloc(height * (width + 1));
  for (let y = 0; y < height; ++y) {
    for (let x = 0; x < width; ++x) rows[y * (width + 1) + 1 + x] = valueAt(y, x);
  }
  return Buffer.concat([kSignature, chunk("IHDR", header), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))]);
}

/** RGB or RGBA of 8 bits, not interlaced -> {width, height, pixels of `step` bytes, at(x, y) -> [r, g, b]}. */
export function decode(png) {
  let at = 8;
  let width = 0;
  let height = 0;
  let step = 0;
  const parts = [];
  while (at < png.length) {
    const length = png.readUInt32BE(at);
    const type = png.toString("latin1", at + 4, at + 8);
    const data = png.subarray(at + 8, at + 8 + length);
    if (type === "IHDR") {
      width = data.readUInt32BE(0);
      height = data.readUInt32BE(4);
      step = { 2: 3, 6: 4 }[data[9]];
      if (data[8] !== 8 || !step || data[12] !== 0) throw new Error("A PNG of another kind than this test expects.");
    }
    if (type === "IDAT") parts.push(data);
    at += length + 12;
  }
  const raw = inflateSync(Buffer.concat(parts));
  const pixels = Buffer.alloc(width * height * step);
  const row = width * step;
  for (let y = 0; y < height; ++y) unfilter(raw, pixels, y, row, step);
  return {
    width,
    height,
    step,
    pixels,
    at: (x, y) => {
      const i = y * row + x * step;
      return [pixels[i], pixels[i + 1], pixels[i + 2]];
    },
  };
}

function unfilter(raw, pixels, y, row, step) {
  const from = y * (row + 1) + 1;
  const to = y * row;
  const filter = raw[from - 1];
  for (let i = 0; i < row; ++i) {
    const left = i >= step ? pixels[to + i - step] : 0;
    const up = y > 0 ? pixels[to + i - row] : 0;
    const corner = y > 0 && i >= step ? pixels[to + i - row - step] : 0;
    pixels[to + i] = raw[from + i] + [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter];
  }
}

function paeth(left, up, corner) {
  const guess = left + up - corner;
  const [l, u, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  return l <= u && l <= c ? left : u <= c ? up : corner;
}

/** How many colours a picture has, and which part of it the commonest one covers. */
export function colours(png) {
  const picture = decode(png);
  const counts = new Map();
  for (let y = 0; y < picture.height; ++y) {
    for (let x = 0; x < picture.width; ++x) {
      const [r, g, b] = picture.at(x, y);
      const key = (r << 16) | (g << 8) | b;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return { count: counts.size, commonest: Math.max(...counts.values()) / (picture.width * picture.height) };
}

/** The box around all pixels that fit, or null: {left, top, right, bottom}, the last two included. */
export function boxWhere(width, height, fits) {
  let box = null;
  for (let y = 0; y < height; ++y) {
    for (let x = 0; x < width; ++x) {
      if (!fits(x, y)) continue;
      box ??= { left: x, top: y, right: x, bottom: y };
      box.left = Math.min(box.left, x);
      box.right = Math.max(box.right, x);
      box.bottom = y;
    }
  }
  return box;
}

export function differs(a, b, x, y) {
  const i = (y * a.width + x) * a.step;
  const j = (y * b.width + x) * b.step;
  return a.pixels[i] !== b.pixels[j] || a.pixels[i + 1] !== b.pixels[j + 1] || a.pixels[i + 2] !== b.pixels[j + 2];
}

/** The box around what differs between two pictures of the same size, or null. */
export function differenceBox(pngA, pngB) {
  const [a, b] = [decode(pngA), decode(pngB)];
  if (a.width !== b.width || a.height !== b.height) throw new Error("Pictures of different sizes.");
  return boxWhere(a.width, a.height, (x, y) => differs(a, b, x, y));
}

/** The box around all pixels of a colour, in the upper part (0 to 1) of the picture. */
export function colourBox(png, colour, { part = 1, tolerance = 0 } = {}) {
  const picture = decode(png);
  const { pixels, width, step } = picture;
  return boxWhere(width, Math.floor(picture.height * part), (x, y) => {
    const i = (y * width + x) * step;
    return [0, 1, 2].every((k) => Math.abs(pixels[i + k] - colour[k]) <= tolerance);
  });
}
