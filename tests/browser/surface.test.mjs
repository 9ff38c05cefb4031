// The canvas as a surface: sharp at every ratio, restored after a lost context, and idle when nothing happens.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { colours } from "./support/png.mjs";
import { act, kDesktop, noComplaints, open, settled, Site, stageShot, state, tabTo, until } from "./support/site.mjs";

let site;
let page;
before(async () => {
  site = await Site.open();
  page = await site.page();
});
after(() => site?.close());

/** How many frames the page asks for while time passes: longer than any of its own delays. */
const framesAtRest = () =>
  page.evaluate(async () => {
    const before = window.__seen.frames;
    await new Promise((resolve) => setTimeout(resolve, 600));
    return window.__seen.frames - before;
  });

test("browser/surface: an idle page asks for no frames", async () => {
  await open(page);
  await settled(page);
  assert.equal(await framesAtRest(), 0);
});

for (const [what, doIt] of [
  ["a verb", () => act(page, "set_stride", 2)],
  ["playing to the end", async () => {
    await act(page, "set_speed", 20000);
    await act(page, "play");
    await until(page, "it ends", (now) => !now.playing);
  }],
  ["the mouse has crossed the stage and rests on it", async () => {
    await page.mouse.move(100, 200);
    await page.mouse.move(300, 300, { steps: 5 });
  }],
  ["a control of the stage has the keyboard", () => tabTo(page, "Weight in row")],
  ["typing into a weight", () => page.keyboard.type("1.2")],
  ["the drawing sheet is open", async () => {
    await page.keyboard.press("Escape");
    await settled(page);
    await tabTo(page, "Draw");
    await page.keyboard.press("Enter");
  }],
  ["the theme has changed", async () => {
    await page.keyboard.press("Escape");
    await settled(page);
    await page.evaluate(() => document.activeElement?.blur());
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "dark" }]);
  }],
]) {
  test(`browser/surface: it is idle again after this: ${what}`, async () => {
    await doIt();
    await settled(page, 30);
    assert.equal(await framesAtRest(), 0);
  });
}

test("browser/surface: while it plays it asks for frames (else the tests of idleness prove nothing)", async () => {
  await page.emulateMediaFeatures([]);
  await open(page);
  await act(page, "play");
  assert.ok((await framesAtRest()) > 3);
  await act(page, "pause");
});

test("browser/surface: a tab that is hidden stops, and goes on where it was without a jump", async () => {
  const context = await site.browser.createBrowserContext();
  const first = await context.newPage();
  await first.goto(`${site.url}?variant=relaxed#/convolution`);
  await first.waitForFunction(() => window.kernelglass);
  await first.evaluate(() => window.kernelglass.ready);
  await act(first, "seek", 0);
  await act(first, "set_speed", 20);
  await act(first, "play");
  await until(first, "it plays", (now) => now.step > 2);
  const cdp = await first.createCDPSession();
  await cdp.send("Page.enable");
  const second = await context.newPage();
  await second.bringToFront();
  const hidden = await first.evaluate(() => document.visibilityState);
  assert.equal(hidden, "hidden", "the first tab is behind the second");
  await first.evaluate(() => new Promise((resolve) => setTimeout(resolve, 150)));  // a frame that was already on its way
  const before = await state(first);
  await first.evaluate(() => new Promise((resolve) => setTimeout(resolve, 800)));
  const later = await state(first);
  assert.equal(later.position, before.position, "it went on while nobody could see it");
  await first.bringToFront();
  await first.waitForFunction(() => document.visibilityState === "visible");
  await until(first, "it goes on", (now, was) => now.position > was, before.position);
  const back = await act(first, "pause");
  assert.ok(back.position - before.position < 20, `it jumped from ${before.position} to ${back.position}`);
  await context.close();
});

/** Loses the context of the stage; with `back`, gives it back. */
const lose = () =>
  page.evaluate(async () => {
    const canvas = document.getElementById("stage");
    window.__loser = canvas.getContext("webgl2").getExtension("WEBGL_lose_context");
    const lost = new Promise((resolve) => canvas.addEventListener("webglcontextlost", resolve, { once: true }));
    window.__loser.loseContext();
    await lost;
    await new Promise((resolve) => setTimeout(resolve));
  });
const giveBack = () =>
  page.evaluate(async () => {
    const canvas = document.getElementById("stage");
    const restored = new Promise((resolve) => canvas.addEventListener("webglcontextrestored", resolve, { once: true }));
    window.__loser.restoreContext();
    await restored;
  });

/** What Chromium itself says about a context that a page gives up is no complaint. */
const forgetLosses = () => {
  page.complaints = page.complaints.filter((text) => !/CONTEXT_LOST_WEBGL|context lost/i.test(text));
};

test("browser/surface: a lost context comes back with the same picture and the same state", async () => {
  await open(page, { digit: "5.5", filters: "sobel_x", at: "200" });
  const before = await state(page);
  const seen = await stageShot(page);
  for (let time = 1; time <= 2; ++time) {
    await lose();
    await giveBack();
    assert.ok(seen.equals(await stageShot(page)), `after loss ${time} the stage looks different`);
    assert.deepEqual(await state(page), before);
  }
  forgetLosses();
  await noComplaints(page);
});

test("browser/surface: what happens while the context is away is seen when it is back", async () => {
  await open(page, { digit: "5.5", at: "100", stride: "2", padding: "same" });
  const wanted = await stageShot(page);
  await open(page, { digit: "5.5", at: "20" });
  await settled(page);
  await lose();
  await open(page, { digit: "5.5", at: "100", stride: "2", padding: "same" });
  await page.setViewport({ ...kDesktop, width: 1000 });
  await settled(page);
  await page.setViewport(kDesktop);
  await giveBack();
  assert.ok(wanted.equals(await stageShot(page)), "the stage looks different");
  await act(page, "set_speed", 50);
  await act(page, "play");
  await until(page, "it plays", (now) => now.step > 110);
  await act(page, "pause");
  forgetLosses();
  await noComplaints(page);
});

test("browser/surface: a context that is lost while it plays does not end the playing", async () => {
  await open(page);
  await act(page, "seek", 0);
  await act(page, "set_speed", 50);
  await act(page, "play");
  await until(page, "it plays", (now) => now.step > 3);
  await lose();
  await giveBack();
  const { step } = await state(page);
  await until(page, "it plays on", (now, was) => now.step > was + 3, step);
  await act(page, "pause");
  forgetLosses();
  await noComplaints(page);
});

const sizes = () =>
  page.evaluate(() => {
    const canvas = document.getElementById("stage");
    const { width, height } = canvas.getBoundingClientRect();
    return { buffer: [canvas.width, canvas.height], wanted: [Math.round(width * devicePixelRatio), Math.round(height * devicePixelRatio)], ratio: devicePixelRatio };
  });

test("browser/surface: one pixel of the buffer is one of the screen, at every ratio and after a change of it", async () => {
  await open(page, { digit: "5.5" });
  for (const deviceScaleFactor of [1, 1.5, 2, 3, 1.25, 1]) {
    await page.setViewport({ ...kDesktop, deviceScaleFactor });
    await page.waitForFunction((ratio) => devicePixelRatio === ratio, {}, deviceScaleFactor);
    // An emulated screen tells nobody of its new ratio (a real one does); the stage looks at it with every change.
    await act(page, "step", 1);
    await settled(page);
    const { buffer, wanted, ratio } = await sizes();
    assert.deepEqual(buffer, wanted, `at ratio ${ratio}`);
    const { count, commonest } = colours(await stageShot(page));
    assert.ok(count > 30 && commonest < 0.9, `at ratio ${ratio} the stage looks blank`);
  }
});

test("browser/surface: the same at a size that is no whole number of pixels, and after a change of size", async () => {
  for (const [width, height, deviceScaleFactor] of [[1111, 777, 1.5], [905, 633, 1.1], [390, 844, 3], [1920, 1080, 1], [320, 480, 2]]) {
    await page.setViewport({ width, height, deviceScaleFactor });
    await settled(page);
    const { buffer, wanted, ratio } = await sizes();
    for (const side of [0, 1]) assert.ok(Math.abs(buffer[side] - wanted[side]) <= 1, `${width}×${height} at ${ratio}: ${buffer} instead of ${wanted}`);
    assert.ok(colours(await stageShot(page)).count > 30, `${width}×${height} at ${ratio}: the stage looks blank`);
  }
  await page.setViewport(kDesktop);
});

test("browser/surface: the way back to a size is the way back to the same picture", async () => {
  await open(page, { digit: "5.5" });
  const seen = await stageShot(page);
  await page.setViewport({ ...kDesktop, deviceScaleFactor: 2, width: 800 });
  await settled(page);
  await page.setViewport(kDesktop);
  await settled(page);
  assert.ok(seen.equals(await stageShot(page)));
});

test("browser/surface: the page did not complain in any of these", async () => {
  forgetLosses();
  await noComplaints(page);
});
