// Files made for the tests: MNIST's IDX format, and ways to give files to the page.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

/** IDX of pictures: byteAt(picture, row, column). The header may promise something else. */
export function idxPictures(count, height, width, byteAt, { magic = 0x803, promised = count, promisedHeight = height, promisedWidth = width } = {}) {
  const file = Buffer.alloc(16 + count * height * width);
  file.writeUInt32BE(magic, 0);
  file.writeUInt32BE(promised, 4);
  file.writeUInt32BE(promisedHeight, 8);
  file.writeUInt32BE(promisedWidth, 12);
  let at = 16;
  for (let n = 0; n < count; ++n) {
    for (let y = 0; y < height; ++y) {
      for (let x = 0; x < width; ++x) file[at++] = byteAt(n, y, x);
    }
  }
  return file;
}

export function idxLabels(labels) {
  const file = Buffer.alloc(8 + labels.length);
  file.writeUInt32BE(0x801, 0);
  file.writeUInt32BE(labels.length, 4);
  file.set(labels, 8);
  return file;
}

/** Gives {name, bytes} files to the page's own file input, as its chooser does. */
export async function choose(page, ...files) {
  const folder = await mkdtemp(path.join(tmpdir(), "kernelglass-"));
  try {
    const names = [];
    for (const { name, bytes } of files) {
      const file = path.join(folder, name);
      await writeFile(file, bytes);
      names.push(file);
    }
    const input = await page.$("#file");
    await input.uploadFile(...names);
    // The page reads them on its own time; they must not vanish before that.
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 50)));
    return async () => rm(folder, { recursive: true, force: true });
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Drops {name, bytes, type} files on the stage, with the events of a real drop. Returns whether the hint was seen on the way. */
export async function drop(page, ...files) {
  const carried = files.map(({ name, bytes, type = "" }) => ({ name, type, text: Buffer.from(bytes).toString("base64") }));
  return page.evaluate(async (list) => {
    const data = new DataTransfer();
    for (const { name, type, text } of list) {
      const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
      data.items.add(new File([bytes], name, { type }));
    }
    const canvas = document.getElementById("stage");
    const send = (kind) => canvas.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
    send("dragenter");
    const hinted = document.getElementById("drop-hint").checkVisibility();
    const taken = !send("dragover");
    send("drop");
    return { hinted, taken, hidden: !document.getElementById("drop-hint").checkVisibility() };
  }, carried);
}
