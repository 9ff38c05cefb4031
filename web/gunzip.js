// Unpacks gzip in the browser's own decoder, with a limit on what comes out.

export const kMostUnpackedBytes = 256 * 1024 * 1024;

/** Uint8Array -> Uint8Array. Throws an Error with a sentence. */
export async function gunzip(name, bytes, most = kMostUnpackedBytes) {
  if (typeof DecompressionStream !== "function") {
    throw new Error(`This browser cannot unpack “${name}”. Unpack it yourself (gunzip) and open the file that comes out.`);
  }
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")).getReader();
  const chunks = [];
  let total = 0;
  for (;;) {
    let part;
    try {
      part = await reader.read();
    } catch {
      throw new Error(`“${name}” is a gzip file that is damaged or cut off: it does not unpack to its end. Download it again.`);
    }
    if (part.done) break;
    total += part.value.length;
    if (total > most) {
      await reader.cancel();
      throw new Error(`“${name}” unpacks to more than ${most / 1024 / 1024} MB, which is more than this page opens. All of MNIST is 55 MB.`);
    }
    chunks.push(part.value);
  }
  const whole = new Uint8Array(total);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
