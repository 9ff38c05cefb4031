// Time: playing to the end, holding, scrubbing both ways, and that a moment looks the same however it was reached.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { act, noComplaints, open, Site, stageShot, state, until } from "./support/site.mjs";

let site;
let page;
before(async () => {
  site = await Site.open();
  page = await site.page();
});
beforeEach(() => open(page, { digit: "3.5", filters: "left_edge" }));
after(() => site?.close());

/** Lets some frames go by, in which something that should not happen could. */
const frames = (count) =>
  page.evaluate(async (n) => {
    for (let i = 0; i < n; ++i) await new Promise((resolve) => window.__seen.native(resolve));
  }, count);

test("browser/play: it plays through to the end by itself, cell by cell, and the result is the same", async () => {
  const before = await state(page);
  await act(page, "seek", 0);
  const shown = await page.evaluate(async () => {
    const seen = [];
    await window.kernelglass.do("set_speed", 1500);
    await window.kernelglass.do("play");
    await new Promise((resolve) => {
      const off = window.kernelglass.on("change", (now) => {
        seen.push(now.shown);
        if (!now.playing) resolve(off());
      });
    });
    return seen;
  });
  const now = await state(page);
  assert.equal(now.playing, false);
  assert.equal(now.shown, now.steps, "every cell is written");
  assert.equal(now.step, now.steps - 1, "the last step is the one on show");
  assert.deepEqual(now.output, before.output, "playing does not change the output");
  assert.deepEqual(shown, [...shown].sort((a, b) => a - b), "it never went back");
  assert.ok(new Set(shown).size >= 3, `it was seen on the way: ${shown}`);
});

test("browser/play: the whole map in a second is not faster than a second", async () => {
  await act(page, "seek", 0);
  const seconds = await page.evaluate(async () => {
    await window.kernelglass.do("set_speed", 676);
    const start = performance.now();
    await window.kernelglass.do("play");
    await new Promise((resolve) => {
      const off = window.kernelglass.on("change", (now) => now.playing || resolve(off()));
    });
    return (performance.now() - start) / 1000;
  });
  assert.ok(seconds > 0.9, `it took ${seconds} s`);
});

test("browser/play: the stage moves while it plays", async () => {
  await act(page, "seek", 0);
  const first = await stageShot(page);
  await act(page, "set_speed", 100);
  await act(page, "play");
  await until(page, "thirty cells are written", (now) => now.shown > 30);
  await act(page, "pause");
  assert.ok(!first.equals(await stageShot(page)), "the stage looks the same after thirty cells");
});

test("browser/play: pause holds", async () => {
  await act(page, "seek", 0);
  await act(page, "set_speed", 60);
  await act(page, "play");
  await until(page, "it has begun", (now) => now.shown > 2);
  const held = await act(page, "pause");
  assert.equal(held.playing, false);
  await frames(10);
  assert.deepEqual(await state(page), held);
});

test("browser/play: play at the end begins again", async () => {
  const ended = await act(page, "finish");
  assert.equal(ended.shown, ended.steps);
  await act(page, "set_speed", 5);
  const now = await act(page, "play");
  assert.equal(now.playing, true);
  assert.ok(now.shown < 5, `it goes on from ${now.shown}`);
  await act(page, "pause");
});

test("browser/play: a step stops the playing", async () => {
  await act(page, "seek", 10);
  for (const verb of ["step", "step_product"]) {
    await act(page, "play");
    assert.equal((await act(page, verb, 1)).playing, false, verb);
  }
});

test("browser/play: a new speed, filter or stride does not stop it, and it still comes to its end", async () => {
  await act(page, "seek", 0);
  await act(page, "set_speed", 100);
  await act(page, "play");
  await until(page, "it has begun", (now) => now.shown > 2);
  await act(page, "set_cell", 0, 1, 1, 2.5);
  await act(page, "set_stride", 2);
  const now = await act(page, "set_speed", 5000);
  assert.equal(now.playing, true);
  await until(page, "it ends", (later) => !later.playing && later.shown === later.steps && later.steps === 169);
});

for (const [name, params, moments] of [
  ["one filter", { digit: "3.5", filters: "left_edge" }, [26, 300, 674]],
  ["a colour picture, two filters, padding, stride 2", { colour: "4.2", filters: "sobel_x~blur", padding: "same", stride: "2" }, [195, 196]],
]) {
  test(`browser/play: a moment looks the same from before and from behind (${name})`, async () => {
    await open(page, params);
    for (const k of moments) {
      await act(page, "seek", k - 1);
      await stageShot(page);
      const forward = await act(page, "seek", k);
      const seenForward = await stageShot(page);
      await act(page, "seek", k + 1);
      const past = await stageShot(page);
      const back = await act(page, "step", -1);
      const seenBack = await stageShot(page);
      assert.deepEqual(back, forward, `state at step ${k}`);
      assert.ok(seenForward.equals(seenBack), `step ${k} looks different when it is reached from behind`);
      assert.ok(!seenForward.equals(past), `step ${k} and the next look the same`);
    }
    await act(page, "finish");
    await stageShot(page);
    const fromEnd = await act(page, "seek", moments[1]);
    const seen = await stageShot(page);
    await act(page, "scrub", 0);
    await stageShot(page);
    assert.deepEqual(await act(page, "seek", moments[1]), fromEnd);
    assert.ok(seen.equals(await stageShot(page)), `step ${moments[1]} looks different when it is reached from the end`);
  });
}

test("browser/play: every position between steps looks the same both ways, too", async () => {
  for (const position of [100.1, 100.4, 100.9]) {
    await act(page, "scrub", 40);
    await stageShot(page);
    const first = await act(page, "scrub", position);
    const seen = await stageShot(page);
    await act(page, "scrub", 500.3);
    await stageShot(page);
    assert.deepEqual(await act(page, "scrub", position), first, `state at ${position}`);
    assert.ok(seen.equals(await stageShot(page)), `position ${position} looks different when it is reached from behind`);
  }
});

test("browser/play: where playing was stopped looks like scrubbing there", async () => {
  await act(page, "seek", 50);
  await act(page, "set_speed", 7);
  await act(page, "play");
  await until(page, "it has begun", (now) => now.shown > 50);
  const stopped = await act(page, "pause");
  const seen = await stageShot(page);
  await act(page, "seek", 600);
  await stageShot(page);
  assert.deepEqual(await act(page, "scrub", stopped.position), stopped);
  assert.ok(seen.equals(await stageShot(page)));
});

test("browser/play: step and step_product go on by one and stop at both ends", async () => {
  await act(page, "seek", 5);
  assert.equal((await act(page, "step", 1)).step, 6);
  assert.equal((await act(page, "step", -1)).step, 5);
  assert.equal((await act(page, "step", -100)).step, 0);
  const end = await act(page, "step", 1e15);
  assert.equal(end.shown, end.steps);
  assert.equal((await act(page, "step", 1)).shown, end.steps, "beyond the end there is nothing");
  assert.equal((await act(page, "step", -1e15)).step, 0);
});

test("browser/play: nine products make a cell, forward and back", async () => {
  const full = await act(page, "seek", 20);
  assert.equal(full.product, 9, "at rest all products are in");
  const empty = await act(page, "step_product", -9);
  assert.deepEqual([empty.step, empty.product], [20, 0]);
  for (let product = 1; product <= 9; ++product) {
    const now = await act(page, "step_product", 1);
    assert.deepEqual([now.step, now.product], [20, product]);
  }
  const next = await act(page, "step_product", 1);
  assert.deepEqual([next.step, next.product, next.shown], [21, 0, 21], "then the cell is written and the next begins");
  const back = await act(page, "step_product", -1);
  assert.deepEqual([back.step, back.product, back.shown], [20, 9, 20]);
});

test("browser/play: each step is told to a screen reader, in the words of state()", async () => {
  await act(page, "seek", 123);
  const { narration } = await state(page);
  await page.waitForFunction((text) => document.getElementById("narration").textContent === text, {}, narration);
  assert.equal(await page.$eval("#narration", (live) => live.getAttribute("aria-live")), "polite");
});

test("browser/play: the text mirrors what is on stage", async () => {
  await act(page, "set_stride", 3);
  await page.waitForFunction(() => document.querySelector('#article [data-bind="stride"]').textContent === "3");
  await page.waitForFunction(() => document.querySelector('[data-live="code"] code').textContent.includes("strides=3"));
  const { sum, products } = await act(page, "seek", 30);
  await page.waitForFunction(
    (text) => document.querySelector('[data-live="sum"] .sum-total strong').textContent === text,
    {},
    Number.isInteger(sum) ? String(sum).replace("-", "−") : sum.toFixed(3).replace("-", "−"),
  );
  assert.equal(await page.$$eval('[data-live="sum"] .sum-term', (terms) => terms.length), products.length);
});

test("browser/play: a button of the text does what it says", async () => {
  await page.$$eval("#article [data-do]", (buttons) => buttons.find((button) => button.textContent.includes("Stride 2")).click());
  await until(page, "stride 2", (now) => now.stride === 2);
});

test("browser/play: the page did not complain in any of these", () => noComplaints(page));
