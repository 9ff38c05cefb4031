// Pictures: decoded by the browser to RGBA bytes.
import { kMostPixels, pictureSize } from "./sniff.js";

const kMostSide = 1024;  // The stage shows 28×28 of it: more would only cost memory.

/** Uint8Array of a PNG or JPEG -> {rgba, width, height}, at most kMostSide on a side. Throws a sentence. */
export async function decodePicture(name, bytes) {
  const size = pictureSize(bytes);
  if (!size) throw new Error(`“${name}” begins like a picture but its header is damaged or cut off. Save the picture anew.`);
  if (size.width * size.height > kMostPixels) {
    throw new Error(`“${name}” is ${size.width} × ${size.height} pixels, which is more than the 64 megapixels this page opens. Make it smaller first; 1000 × 1000 is plenty.`);
  }
  let bitmap;
  try {
    bitmap = await createImageBitmap(new Blob([bytes]));
  } catch {
    throw new Error(`“${name}” begins like a picture but cannot be decoded: it is damaged or cut off. Save the picture anew.`);
  }
  try {
    return pixelsOf(bitmap);
  } finally {
    bitmap.close();
  }
}

function pixelsOf(bitmap) {
  const shrink = Math.min(1, kMostSide / Math.max(bitmap.width, bitmap.height));
  const width = Math.max(1, Math.round(bitmap.width * shrink));
  const height = Math.max(1, Math.round(bitmap.height * shrink));
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, width, height);
  return { rgba: context.getImageData(0, 0, width, height).data, width, height };
}
