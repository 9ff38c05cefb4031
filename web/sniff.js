// What a file is, told from its first bytes and never from its name. Pure functions on bytes.

export const kMostFileBytes = 300 * 1024 * 1024;
export const kMostPixels = 64 * 1024 * 1024;

const kCanOpen = "Kernelglass opens PNG and JPEG pictures, digits in MNIST’s IDX format (plain or .gz), and weights (.safetensors).";

/** Kinds that are recognised only to be named in the answer. */
const kOthers = [
  ["a PDF document", [0x25, 0x50, 0x44, 0x46]],
  ["a ZIP archive (or an office document, or NumPy’s .npz)", [0x50, 0x4b, 0x03, 0x04]],
  ["a GIF picture", [0x47, 0x49, 0x46, 0x38]],
  ["a Windows bitmap", [0x42, 0x4d]],
  ["a TIFF picture", [0x49, 0x49, 0x2a, 0x00]],
  ["a TIFF picture", [0x4d, 0x4d, 0x00, 0x2a]],
  ["a NumPy array (.npy)", [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]],
  ["an HDF5 file (Keras keeps weights in it)", [0x89, 0x48, 0x44, 0x46]],
  ["a 7-Zip archive", [0x37, 0x7a, 0xbc, 0xaf]],
  ["a bzip2 archive", [0x42, 0x5a, 0x68]],
  ["an xz archive", [0xfd, 0x37, 0x7a, 0x58]],
  ["a Zstandard archive", [0x28, 0xb5, 0x2f, 0xfd]],
  ["a WebAssembly module", [0x00, 0x61, 0x73, 0x6d]],
];

function startsWith(bytes, signature, offset = 0) {
  return signature.every((byte, i) => bytes[offset + i] === byte);
}

function ascii(bytes, offset, length) {
  return String.fromCharCode(...bytes.subarray(offset, offset + length));
}

/** "gzip", "idx", "png", "jpeg", "safetensors", or "other". */
export function kindOf(bytes) {
  if (startsWith(bytes, [0x1f, 0x8b])) return "gzip";
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return "png";
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return "jpeg";
  // IDX: two zero bytes, the type of the numbers (8 to 14), the number of dimensions.
  if (bytes.length >= 4 && bytes[0] === 0 && bytes[1] === 0 && bytes[2] >= 8 && bytes[2] <= 14 && bytes[3] >= 1 && bytes[3] <= 8) return "idx";
  // safetensors: the length of its header as a 64-bit number, and the header, which is JSON.
  if (bytes.length >= 10 && bytes[8] === 0x7b && startsWith(bytes, [0, 0, 0, 0], 4)) return "safetensors";
  return "other";
}

/** A sentence about a file that cannot be opened. */
export function cannotOpen(name, bytes) {
  if (bytes.length === 0) return `“${name}” is empty. ${kCanOpen}`;
  return `“${name}” ${seemsToBe(bytes)}. ${kCanOpen}`;
}

function seemsToBe(bytes) {
  for (const [what, signature] of kOthers) {
    if (startsWith(bytes, signature)) return `seems to be ${what}`;
  }
  if (ascii(bytes, 0, 4) === "RIFF" && ascii(bytes, 8, 4) === "WEBP") return "seems to be a WebP picture";
  if (ascii(bytes, 4, 4) === "ftyp") {
    return /^(heic|heix|mif1|avif)$/.test(ascii(bytes, 8, 4)) ? "seems to be a HEIC or AVIF picture" : "seems to be a film";
  }
  const head = bytes.subarray(0, 512);
  if (head.every((byte) => byte >= 32 || byte === 9 || byte === 10 || byte === 13)) {
    const text = new TextDecoder().decode(head).trimStart();
    if (/^(<\?xml[^]*)?<svg/i.test(text)) return "seems to be an SVG drawing";
    if (/^<(!doctype|html)/i.test(text)) return "seems to be a web page";
    return "seems to be text";
  }
  return "is of a kind that is not known here";
}

/** {width, height} from the header of a PNG or JPEG, without decoding it; null when the header is damaged. */
export function pictureSize(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return kindOf(bytes) === "png" ? pngSize(bytes, view) : jpegSize(view);
}

function pngSize(bytes, view) {
  if (bytes.length < 24 || ascii(bytes, 12, 4) !== "IHDR") return null;
  return checked(view.getUint32(16), view.getUint32(20));
}

/** Walks the segments up to the frame header (SOF0 to SOF15, which are not DHT, JPG or DAC). */
function jpegSize(view) {
  let at = 2;
  while (at + 9 <= view.byteLength) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      ++at;  // Padding between segments.
      continue;
    }
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return checked(view.getUint16(at + 7), view.getUint16(at + 5));
    }
    const bare = marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
    if (marker === 0xd9 || marker === 0xda) return null;
    at += bare ? 2 : 2 + view.getUint16(at + 2);
  }
  return null;
}

function checked(width, height) {
  return width > 0 && height > 0 ? { width, height } : null;
}
