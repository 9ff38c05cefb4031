// A phone: fingers on the stage, and a page that never scrolls under the drawing.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { middle, placeOf } from "./support/places.mjs";
import { act, controlNames, kPhone, noComplaints, open, settled, Site, stageBox, state, until } from "./support/site.mjs";

// One pixel for each point: a fourth of the work, and the layout is the same.
const kScreen = { ...kPhone, deviceScaleFactor: 1 };

let site;
let page;
let cdp;
const places = new Map();
before(async () => {
  site = await Site.open();
  page = await site.page({ viewport: kScreen });
  cdp = await page.createCDPSession();
});
beforeEach(() => open(page, { digit: "3.5" }));
after(() => site?.close());

/** Where a control is; it is looked for once, since nothing moves. */
async function find(label) {
  if (!places.has(label)) places.set(label, await placeOf(page, label));
  return places.get(label);
}

/** A finger along some points; with two lists of points, two fingers at once. */
async function drag(...fingers) {
  const touches = (i) => fingers.map((points, id) => ({ ...points[Math.min(i, points.length - 1)], id }));
  const send = (type, touchPoints) => cdp.send("Input.dispatchTouchEvent", { type, touchPoints });
  await send("touchStart", touches(0));
  await settled(page);
  for (let i = 1; i < Math.max(...fingers.map((points) => points.length)); ++i) {
    await send("touchMove", touches(i));
    await settled(page, 2);
  }
  await send("touchEnd", []);
  await settled(page);
}

const tap = async ({ x, y }) => {
  await drag([{ x, y }]);
};

const line = (from, to, steps = 6) =>
  Array.from({ length: steps + 1 }, (_, i) => ({ x: from.x + ((to.x - from.x) * i) / steps, y: from.y + ((to.y - from.y) * i) / steps }));

const scrolled = () =>
  page.evaluate(() => ({
    window: scrollY,
    root: document.documentElement.scrollTop,
    body: document.body.scrollTop,
    article: document.getElementById("article").scrollTop,
    zoom: visualViewport.scale,
    shift: visualViewport.offsetTop,
  }));

async function openPad() {
  await tap(middle(await find("Show Picture")));
  await tap(middle(await find("Draw")));
  return find("Sheet");
}

test("browser/touch: the stage is above the text, both have room, nothing is wider than the phone", async () => {
  const stage = await stageBox(page);
  const article = await page.$eval("#article", (panel) => panel.getBoundingClientRect().toJSON());
  assert.ok(stage.y + stage.height <= article.y + 1, "the stage is above the text");
  assert.ok(stage.height > 300 && article.height > 150, `stage ${stage.height}, text ${article.height}`);
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 390);
});

test("browser/touch: a finger on the text scrolls the text", async () => {
  const article = await page.$eval("#article", (panel) => panel.getBoundingClientRect().toJSON());
  const x = article.x + article.width / 2;
  await drag(line({ x, y: article.y + article.height - 30 }, { x, y: article.y + 30 }));
  await page.waitForFunction(() => document.getElementById("article").scrollTop > 50);
  const { window, root, body } = await scrolled();
  assert.deepEqual([window, root, body], [0, 0, 0], "the page itself stays");
  await page.$eval("#article", (panel) => panel.scrollTo(0, 0));
});

test("browser/touch: a finger on the stage scrolls nothing", async () => {
  const stage = await stageBox(page);
  const before = await scrolled();
  const x = stage.x + stage.width / 2;
  await drag(line({ x, y: stage.y + stage.height * 0.6 }, { x, y: stage.y + 10 }));
  assert.deepEqual(await scrolled(), before);
});

test("browser/touch: a tap on Play plays, a second one at the very same place pauses", async () => {
  await act(page, "set_speed", 1);
  const place = middle(await find("Play"));
  await tap(place);
  await until(page, "it plays", (now) => now.playing);
  await tap(place);
  await until(page, "it pauses", (now) => !now.playing);
});

test("browser/touch: one tap is one press", async () => {
  const { step } = await act(page, "seek", 50);
  await tap(middle(await find("One cell forward")));
  await until(page, "one step", (now, was) => now.step !== was, step);
  assert.equal((await state(page)).step, step + 1);
});

test("browser/touch: strokes are drawn, and the page does not scroll under them", async () => {
  const sheet = await openPad();
  const at = (x, y) => ({ x: sheet.x + sheet.width * x, y: sheet.y + sheet.height * y });
  const before = await scrolled();
  await drag(line(at(0.5, 0.85), at(0.5, 0.1)));
  await until(page, "one stroke is drawn", (now) => now.input.source.kind === "drawing" && now.input.source.strokes === 1);
  assert.deepEqual(await scrolled(), before, "something scrolled during an upward stroke");
  const upright = (await state(page)).input.values;
  await drag(line(at(0.2, 0.1), at(0.8, 0.1)));
  await until(page, "two strokes are drawn", (now) => now.input.source.strokes === 2);
  assert.notDeepEqual((await state(page)).input.values, upright);
  // Far beyond the edge of the stage, where the text is.
  const article = await page.$eval("#article", (panel) => panel.getBoundingClientRect().toJSON());
  await drag(line(at(0.5, 0.5), { x: article.x + 100, y: article.y + article.height - 20 }));
  await until(page, "three strokes are drawn", (now) => now.input.source.strokes === 3);
  assert.deepEqual(await scrolled(), before, "something scrolled during a stroke that left the stage");

  await tap(middle(await find("Undo")));
  await until(page, "Undo takes the last one back", (now) => now.input.source.strokes === 2);
  await tap(middle(await find("Clear")));
  await until(page, "Clear leaves an empty sheet", (now) => now.input.source.strokes === 0);
  assert.equal((await state(page)).input.source.label, "nothing drawn yet");
  await tap(middle(await find("Done")));
  assert.ok((await controlNames(page)).includes("Show Picture, chosen"), "the lesson is there again");
});

test("browser/touch: an empty sheet leaves the picture in place", async () => {
  const before = (await state(page)).input.values;
  const sheet = await openPad();
  await drag(line({ x: sheet.x + 30, y: sheet.y + 30 }, { x: sheet.x + 80, y: sheet.y + 120 }));
  await until(page, "a stroke is drawn", (now) => now.input.source.strokes === 1);
  assert.notDeepEqual((await state(page)).input.values, before);
  await tap(middle(await find("Clear")));
  await until(page, "the sheet is empty", (now) => now.input.source.label === "nothing drawn yet");
  assert.deepEqual((await state(page)).input.values, before, "the picture from before is there again");
  await tap(middle(await find("Done")));
});

// Digits as somebody draws them, in parts of the sheet's side: an arc goes round (x, y) from one angle to another, in degrees, clockwise from the right.
const arc = (x, y, across, down, from, to) =>
  Array.from({ length: 13 }, (_, i) => {
    const angle = ((from + ((to - from) * i) / 12) * Math.PI) / 180;
    return [x + across * Math.cos(angle), y + down * Math.sin(angle)];
  });
const kDrawn = {
  0: [arc(0.5, 0.5, 0.22, 0.36, -90, 270)],
  1: [[[0.52, 0.12], [0.5, 0.5], [0.48, 0.88]]],
  2: [[...arc(0.5, 0.32, 0.2, 0.2, -170, 40), [0.28, 0.85], [0.74, 0.85]]],
  3: [[...arc(0.48, 0.3, 0.2, 0.18, -150, 90), ...arc(0.48, 0.68, 0.24, 0.2, -90, 150)]],
  4: [[[0.36, 0.12], [0.26, 0.52], [0.74, 0.52]], [[0.62, 0.14], [0.6, 0.5], [0.58, 0.88]]],
  7: [[[0.25, 0.15], [0.5, 0.14], [0.75, 0.15], [0.6, 0.5], [0.45, 0.88]]],
};

test("browser/touch: the trained network reads digits that are drawn with a finger", async () => {
  await open(page, {}, "network");
  await act(page, "load_preset", "trained");
  await tap(middle(await placeOf(page, "Draw")));
  const sheet = await placeOf(page, "Sheet");
  for (const [digit, strokes] of Object.entries(kDrawn)) {
    for (const stroke of strokes) await drag(stroke.map(([x, y]) => ({ x: sheet.x + sheet.width * x, y: sheet.y + sheet.height * y })));
    await until(page, `${digit} is drawn`, (now, count) => now.picture.strokes === count, strokes.length);
    const { label, percent } = (await state(page)).prediction;
    assert.equal(label, Number(digit), `a ${digit} is read as ${label} (${Math.round(percent)} %)`);
    await tap(middle(await placeOf(page, "Clear")));
    await until(page, "the sheet is empty", (now) => !now.picture.strokes);
  }
  await tap(middle(await placeOf(page, "Done")));
});

test("browser/touch: two fingers on the sheet do not zoom the page", async () => {
  const sheet = await openPad();
  const centre = middle(sheet);
  const before = await scrolled();
  await drag(line(centre, { x: sheet.x + 10, y: sheet.y + 10 }), line({ x: centre.x + 20, y: centre.y + 20 }, { x: sheet.x + sheet.width - 10, y: sheet.y + sheet.height - 10 }));
  assert.deepEqual(await scrolled(), before);
  await tap(middle(await find("Done")));
});

test("browser/touch: on a phone on its side the controls are reachable and nothing is wider than the phone", async () => {
  const side = { ...kScreen, width: 844, height: 390, isLandscape: true };
  await page.setViewport(side);
  await settled(page);
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 844);
  const stage = await stageBox(page);
  const play = await placeOf(page, "Play");
  assert.ok(play.y + play.height <= stage.y + stage.height + 1, "Play is inside of the stage");
  assert.ok(play.width >= 30 && play.height >= 24, `Play is large enough for a finger: ${JSON.stringify(play)}`);
  await page.setViewport(kScreen);
  await settled(page);
});

test("browser/touch: the page did not complain in any of these", () => noComplaints(page));
