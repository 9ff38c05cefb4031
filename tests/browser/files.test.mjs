// The learner's own files: IDX, PNG and JPEG, chosen or dropped; and files that are not what they claim.
//   KG_MNIST_DIR  a folder with train-images-idx3-ubyte.gz and train-labels-idx1-ubyte.gz; without it that test is skipped
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { after, before, beforeEach, test } from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";
import { choose, drop, idxLabels, idxPictures } from "./support/files.mjs";
import { greyPng } from "./support/png.mjs";
import { act, assertSentence, closeToasts, noComplaints, open, settled, Site, state, tabTo, toast, toasts, until } from "./support/site.mjs";

const kMnist = process.env.KG_MNIST_DIR;

let site;
let page;
const tidy = [];
before(async () => {
  site = await Site.open();
  page = await site.page();
});
beforeEach(async () => {
  await open(page, { digit: "3.5" });
  await closeToasts(page);
});
after(async () => {
  for (const remove of tidy) await remove();
  await site?.close();
});

const byteAt = (n, y, x) => (n * 97 + y * 31 + x * 7) % 256;
const five = idxPictures(5, 28, 28, byteAt);
const asValues = (bytes) => [...bytes].map((byte) => Math.fround(byte / 255));
const pictureOf = (file, n) => asValues(file.subarray(16 + n * 784, 16 + (n + 1) * 784));

async function chosen(...files) {
  tidy.push(await choose(page, ...files));
}

async function showsIdx(name, file, count) {
  await until(page, `${name} is on the stage`, (now, n) => now.input.source.kind === "idx" && now.input.source.count === n, count);
  const now = await state(page);
  assert.deepEqual([now.input.height, now.input.width, now.input.channels], [28, 28, 1]);
  assert.deepEqual(now.input.values, pictureOf(file, 0), "the pixels are the file's bytes / 255");
}

test("browser/files: an IDX file from the chooser, and browsing in it", async () => {
  await chosen({ name: "five-images-idx3-ubyte", bytes: five });
  await showsIdx("the file", five, 5);
  for (const n of [4, 2]) assert.deepEqual((await act(page, "select_image", n)).input.values, pictureOf(five, n));
  assert.deepEqual(await toasts(page), [], "what went well is not commented as an error");
});

test("browser/files: a gzipped IDX file from the chooser", async () => {
  await chosen({ name: "five-images-idx3-ubyte.gz", bytes: gzipSync(five) });
  await showsIdx("the file", five, 5);
});

test("browser/files: an IDX file dropped on the stage, with a hint while it hangs over it", async () => {
  const seen = await drop(page, { name: "five-images-idx3-ubyte", bytes: five });
  assert.deepEqual(seen, { hinted: true, taken: true, hidden: true });
  await showsIdx("the file", five, 5);
});

test("browser/files: a gzipped IDX file dropped, whatever it is called", async () => {
  await drop(page, { name: "digits.bin", bytes: gzipSync(five) });
  await showsIdx("the file", five, 5);
});

test("browser/files: pictures and labels dropped together, in either order of a second drop", async () => {
  await drop(page, { name: "images.gz", bytes: gzipSync(five) }, { name: "labels.gz", bytes: gzipSync(idxLabels([7, 2, 1, 0, 4])) });
  await until(page, "the label is known", (now) => now.input.source.label.includes("label 7"));
  const now = await act(page, "select_image", 3);
  assert.match(now.input.source.label, /label 0/);
});

test("browser/files: the stage's own Open button opens the browser's file chooser", async () => {
  const chooser = page.waitForFileChooser();  // Before Tab: Chromium takes a moment to let choosers be caught.
  await tabTo(page, "Open");
  await page.keyboard.press("Enter");
  assert.ok(await chooser, "a chooser opens");
  await page.evaluate(() => document.activeElement.blur());
});

test("browser/files: the page does not let the browser open a file that misses the stage", async () => {
  const kept = await page.evaluate(() => {
    const data = new DataTransfer();
    data.items.add(new File(["x"], "x.txt"));
    const events = ["dragover", "drop"].map((kind) => new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
    return events.map((event) => !document.querySelector("header").dispatchEvent(event));
  });
  assert.deepEqual(kept, [true, true]);
  await toast(page, "x.txt");
});

test("browser/files: text that is dragged over the page is left alone", async () => {
  const kept = await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData("text/plain", "hello");
    return ["dragenter", "dragover", "drop"].map((kind) => document.body.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true })));
  });
  assert.deepEqual(kept, [true, true, true]);
});

test("browser/files: the real MNIST files", { skip: !kMnist || !existsSync(path.join(kMnist, "train-images-idx3-ubyte.gz")) ? "KG_MNIST_DIR does not name their folder" : false }, async () => {
  const packed = await readFile(path.join(kMnist, "train-images-idx3-ubyte.gz"));
  const file = gunzipSync(packed);
  await chosen({ name: "train-images-idx3-ubyte.gz", bytes: packed });
  await until(page, "MNIST is on the stage", (now) => now.input.source.kind === "idx" && now.input.source.count === 60000);
  for (const n of [0, 1, 59999]) assert.deepEqual((await act(page, "select_image", n)).input.values, pictureOf(file, n), `digit ${n}`);
  const labels = await readFile(path.join(kMnist, "train-labels-idx1-ubyte.gz"));
  await drop(page, { name: "train-labels-idx1-ubyte.gz", bytes: labels });
  await until(page, "the labels are known", (now) => now.input.source.label.includes("label"));
  assert.match((await act(page, "select_image", 0)).input.source.label, new RegExp(`label ${gunzipSync(labels)[8]}$`));
  await act(page, "set_digit", 1, 1);
});

/** A picture of a thick 1 made by the browser itself: its bytes. */
const photo = (type, dark, light, width = 300, height = 420) =>
  page.evaluate(async (kind, ink, paper, w, h) => {
    const canvas = Object.assign(document.createElement("canvas"), { width: w, height: h });
    const context = canvas.getContext("2d");
    context.fillStyle = paper;
    context.fillRect(0, 0, w, h);
    context.fillStyle = ink;
    context.fillRect(w * 0.45, h * 0.15, w * 0.1, h * 0.7);
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, kind, 0.9));
    return [...new Uint8Array(await blob.arrayBuffer())];
  }, type, dark, light, width, height).then((bytes) => Buffer.from(bytes));

for (const [name, type, ink, paper] of [
  ["a PNG, dark on light", "image/png", "#111", "#eee"],
  ["a PNG, light on dark", "image/png", "#fff", "#000"],
  ["a JPEG, dark on light", "image/jpeg", "#102040", "#f0e8d0"],
  ["a JPEG, light on dark", "image/jpeg", "#eee", "#222"],
]) {
  for (const [how, give] of [["chosen", chosen], ["dropped", (file) => drop(page, file)]]) {
    test(`browser/files: ${name}, ${how}, becomes a light digit on dark, 28×28`, async () => {
      await give({ name: `one.${type.slice(6)}`, bytes: await photo(type, ink, paper), type });
      await until(page, "the picture is on the stage", (now) => now.input.source.kind === "photo");
      const { input } = await state(page);
      assert.deepEqual([input.height, input.width, input.channels], [28, 28, 1]);
      assert.ok(input.values.every((value) => value >= 0 && value <= 1), "values from 0 to 1");
      assert.ok(Math.max(...input.values) > 0.9, "the ink is light");
      for (const corner of [0, 27, 27 * 28, 783]) assert.ok(input.values[corner] < 0.05, "the corners are dark");
      const inked = input.values.filter((value) => value > 0.5).length;
      assert.ok(inked >= 20 && inked <= 110, `an upright stroke: ${inked} pixels are light`);
      const column = (x) => Array.from({ length: 28 }, (_, y) => input.values[y * 28 + x]).filter((value) => value > 0.5).length;
      assert.ok(Math.max(...[12, 13, 14, 15].map(column)) >= 18, "it stands upright in the middle");
    });
  }
}

test("browser/files: a picture in colour is taken in its colours on request", async () => {
  await drop(page, { name: "one.png", bytes: await photo("image/png", "#f00", "#00f") });
  await until(page, "the picture is on the stage", (now) => now.input.source.kind === "photo");
  const now = await act(page, "set_photo_colour", true);
  assert.equal(now.input.channels, 3);
  assert.deepEqual(now.input.values.slice(0, 3), [0, 0, 1], "the paper is blue");
});

test("browser/files: a picture of one pixel and a very wide one do no harm", async () => {
  await drop(page, { name: "wide.png", bytes: await photo("image/png", "#000", "#fff", 3000, 20) });
  await until(page, "the wide picture is on the stage", (now) => now.input.source.kind === "photo");
  await closeToasts(page);
  await drop(page, { name: "dot.png", bytes: greyPng(1, 1, () => 200) });
  await toast(page, "");
  await noComplaints(page);
});

const packed = gzipSync(five);
const damaged = Buffer.from(packed);
for (let i = 40; i < 80; ++i) damaged[i] ^= 0x5a;
const png = greyPng(40, 40, (y, x) => (x === y ? 0 : 255));

for (const [what, name, bytes, words] of [
  ["an IDX file of floats", "floats", idxPictures(5, 28, 28, byteAt, { magic: 0xd03 }), /IDX/],
  ["an IDX file of five dimensions", "five-dimensions", idxPictures(5, 28, 28, byteAt, { magic: 0x805 }), /IDX/],
  ["a file that begins with another magic", "magic", Buffer.from([1, 2, 3, 4, ...five.subarray(4)]), /./],
  ["a truncated IDX file", "short", five.subarray(0, 2000), /too early|cut off|ends/],
  ["an IDX file cut off in its header", "header", five.subarray(0, 10), /header/],
  ["an IDX file with more behind it", "long", Buffer.concat([five, Buffer.alloc(99)]), /99/],
  ["an IDX file whose sizes do not add up", "sums", idxPictures(5, 28, 28, byteAt, { promisedHeight: 29 }), /29/],
  ["an IDX file of an absurd count", "count", idxPictures(1, 28, 28, byteAt, { promised: 0xffffffff }), /4 ?294 ?967 ?295/],
  ["an IDX file of absurdly large pictures", "sides", idxPictures(1, 28, 28, byteAt, { promisedHeight: 0xffffffff, promisedWidth: 0xffffffff }), /4 ?294 ?967 ?295/],
  ["an IDX file of no pictures", "none", idxPictures(0, 28, 28, byteAt), /0 pictures/],
  ["an IDX file of empty pictures", "empty-pictures", idxPictures(5, 0, 0, byteAt), /empty|0×0/],
  ["labels without their pictures", "labels", idxLabels([1, 2, 3]), /label/],
  ["a damaged gzip file", "damaged.gz", damaged, /damaged|cut off/],
  ["a gzip file that is cut off", "cut.gz", packed.subarray(0, packed.length - 20), /damaged|cut off/],
  ["a gzip header and nothing else", "bare.gz", Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0]), /damaged|cut off/],
  ["a gzipped text", "text.gz", gzipSync("Dear diary, today I learned about convolution.\n".repeat(20)), /text/],
  ["a gzip file in a gzip file", "twice.gz", gzipSync(gzipSync(five)), /./],
  ["a text", "notes.txt", Buffer.from("These are not digits, they are words.\n".repeat(5)), /text/],
  ["an empty file", "empty", Buffer.alloc(0), /empty/],
  ["a single byte", "byte", Buffer.from([0]), /./],
  ["a PDF", "paper.pdf", Buffer.from("%PDF-1.7\n%âãÏÓ\n1 0 obj\n"), /PDF/],
  ["a ZIP", "digits.zip", Buffer.from([0x50, 0x4b, 3, 4, 20, 0, 0, 0, 8, 0]), /ZIP/],
  ["a PNG that claims 100000 × 100000 pixels", "vast.png", greyPng(4, 4, () => 9, { headerWidth: 100_000, headerHeight: 100_000 }), /100000/],
  ["a PNG that claims no pixels", "flat.png", greyPng(4, 4, () => 9, { headerWidth: 0, headerHeight: 0 }), /damaged|cut off/],
  ["a PNG cut off in its header", "cut.png", png.subarray(0, 20), /damaged|cut off/],
  ["a PNG without its pixels", "bare.png", png.subarray(0, 33), /damaged|cut off/],
  ["a PNG of noise behind a good header", "noise.png", Buffer.concat([png.subarray(0, 33), Buffer.alloc(500, 0x55)]), /damaged|cut off/],
  ["a JPEG that is cut off at once", "cut.jpg", Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46]), /damaged|cut off/],
  ["a picture of one even colour", "even.png", greyPng(50, 50, () => 128), /even|ink/],
]) {
  test(`browser/files: ${what} is answered in a sentence, and what was loaded stays`, async () => {
    await drop(page, { name: "five", bytes: five });
    await showsIdx("a good file", five, 5);
    const before = await act(page, "select_image", 3);
    await drop(page, { name, bytes });
    await page.waitForSelector("#toasts .toast.error");
    const [said] = await toasts(page);
    assertSentence(said, what);
    assert.match(said, words);
    assert.match(said, /^[^a-z]/, `it does not begin like a sentence: ${said}`);
    assert.ok(said.includes(name.replace(/\.gz$/, "")), `it does not say which file: ${said}`);
    assert.ok(said.length < 400, `it has ${said.length} characters`);
    const heard = await page.$eval("#errors", (live) => [live.getAttribute("aria-live"), live.textContent]);
    assert.deepEqual(heard, ["assertive", said], "a screen reader hears it");
    assert.deepEqual(await state(page), before, "nothing has changed");
    assert.deepEqual((await act(page, "select_image", 1)).input.values, pictureOf(five, 1), "the good file is still open");
  });
}

test("browser/files: a gzip file that unpacks without end is stopped", async () => {
  const before = await state(page);
  await drop(page, { name: "bomb.gz", bytes: gzipSync(Buffer.alloc(260 * 1024 * 1024), { level: 1 }) });
  const said = await toast(page, "bomb");
  assertSentence(said, "the bomb");
  assert.match(said, /256 MB/);
  assert.deepEqual(await state(page), before);
});

test("browser/files: labels that do not belong to the pictures are refused", async () => {
  await drop(page, { name: "five", bytes: five });
  await showsIdx("a good file", five, 5);
  await drop(page, { name: "labels", bytes: idxLabels([1, 2, 3]) });
  const said = await toast(page, "5 pictures");
  assert.match(said, /3 labels/);
  assert.equal((await state(page)).input.source.kind, "idx");
});

test("browser/files: of many files at once the first few are opened, and that is said", async () => {
  const files = Array.from({ length: 6 }, (_, n) => ({ name: `set-${n}`, bytes: idxPictures(n + 1, 28, 28, byteAt) }));
  await drop(page, ...files);
  await toast(page, "6 files");
  await until(page, "the fourth is on the stage", (now) => now.input.source.count === 4);
});

test("browser/files: one bad file among good ones does not stop the others", async () => {
  await drop(page, { name: "bad.txt", bytes: Buffer.from("no digits at all\n") }, { name: "five", bytes: five });
  await toast(page, "bad.txt");
  await showsIdx("the good one", five, 5);
});

test("browser/files: the page did not complain in any of these", async () => {
  await settled(page);
  await noComplaints(page);
});
