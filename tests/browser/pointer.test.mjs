// The mouse on the stage: what lights up under it, and what a press does.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { areaOf, cellOf, changed, meet, middle, placeOf } from "./support/places.mjs";
import { act, noComplaints, open, settled, Site, stageBox, stageShot, state, until } from "./support/site.mjs";

const kGrey = [128, 128, 128];    // of every pixel of the test's picture
const kUnwritten = [236, 232, 223];  // cells that are still to come, in the light theme
const kRows = 8;                  // of the picture; the output has 6

let site;
let page;
let input;   // where the maps are, in CSS pixels of the page
let output;
let corner;  // of the stage
before(async () => {
  site = await Site.open();
  page = await site.page({ media: { "prefers-color-scheme": "light" } });
  corner = await stageBox(page);
  await setUp();
  input = await areaOf(page, kGrey, { tolerance: 1 });
  output = await areaOf(page, kUnwritten);
});
beforeEach(setUp);
after(() => site?.close());

/** A grey picture of 8×8 and an output of 6×6 of which nothing is written yet. */
async function setUp() {
  await page.mouse.move(2, 2);
  await open(page);
  // Half of the picture's largest value, which is white: so it is shown as grey.
  await act(page, "set_pixels", [1, ...new Array(kRows * kRows - 1).fill(0.5)], kRows, kRows, 1);
  await act(page, "scrub", 0);
  await settled(page);
}

const inInput = (row, col) => cellOf(input, kRows, kRows, row, col);
const inOutput = (row, col) => cellOf(output, 6, 6, row, col);
const moveTo = async ({ x, y }) => {
  await page.mouse.move(x, y);
  await settled(page);
};
const clickOn = async ({ x, y }) => {
  await page.mouse.click(x, y);
  await settled(page);
};

test("browser/pointer: the maps are where a learner would look for them", async () => {
  const stage = await stageBox(page);
  for (const [name, box] of [["input", input], ["output", output]]) {
    assert.ok(Math.abs(box.width / box.height - 1) < 0.1, `the ${name} is a square: ${JSON.stringify(box)}`);
    assert.ok(box.width > stage.width * 0.15, `the ${name} is large enough: ${JSON.stringify(box)}`);
  }
  assert.ok(input.x + input.width < output.x, "the input is on the left of the output");
});

test("browser/pointer: an output cell under the mouse lights up its window on the input", async () => {
  const before = await stageShot(page);
  await moveTo(inOutput(3, 2));
  const there = await changed(page, before, await stageShot(page));
  assert.ok(there, "nothing lights up");
  const window = { x: inInput(3, 2).x, y: inInput(3, 2).y, width: (input.width * 2) / kRows, height: (input.height * 2) / kRows };
  assert.ok(meet(there, window), "its window on the input does not light up");
  const first = await stageShot(page, part(input));
  await moveTo(inOutput(3, 4));
  assert.ok(!first.equals(await stageShot(page, part(input))), "another cell lights up the same window");
  assert.equal((await state(page)).step, 0, "pointing changes nothing");
});

test("browser/pointer: an input pixel under the mouse lights up the output cells that use it", async () => {
  const before = await stageShot(page, part(output));
  await moveTo(inInput(4, 4));
  const middlePixel = await stageShot(page, part(output));
  assert.ok(!before.equals(middlePixel), "nothing lights up on the output");
  await moveTo(inInput(7, 7));
  assert.ok(!middlePixel.equals(await stageShot(page, part(output))), "the corner pixel lights up the same cells");
});

test("browser/pointer: when the mouse leaves the stage, nothing stays lit", async () => {
  const before = await stageShot(page);
  await moveTo(inOutput(3, 2));
  const article = await page.$eval("#article", (panel) => panel.getBoundingClientRect().toJSON());
  await moveTo({ x: article.x + 30, y: article.y + 30 });
  assert.ok(before.equals(await stageShot(page)), "something is still lit");
});

test("browser/pointer: a press on an output cell goes to the moment it is computed", async () => {
  await clickOn(inOutput(4, 1));
  await until(page, "the window is at row 4, column 1", (now) => now.window.row === 4 && now.window.col === 1);
});

test("browser/pointer: dragging over the output goes along with the mouse", async () => {
  const from = inOutput(1, 1);
  const to = inOutput(1, 4);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await settled(page);
  await page.mouse.move(to.x, to.y, { steps: 5 });
  await until(page, "it follows to column 4", (now) => now.window.row === 1 && now.window.col === 4);
  await page.mouse.up();
});

test("browser/pointer: a press on a digit writes it, a second press writes it in another hand", async () => {
  await open(page);
  const place = middle(await placeOf(page, "Digit 2"));
  await clickOn(place);
  await until(page, "it is a 2", (now) => now.input.source.digit === 2);
  const first = await state(page);
  await clickOn(place);
  await until(page, "it is another hand", (now, hand) => now.input.source.digit === 2 && now.seed !== hand, first.seed);
  assert.notDeepEqual((await state(page)).input.values, first.input.values);
});

test("browser/pointer: a press on a preset takes it", async () => {
  await clickOn(middle(await placeOf(page, "Laplacian")));
  await until(page, "the preset is taken", (now) => now.filters[0].name === "laplacian");
});

test("browser/pointer: dragging a filter value changes it, upward for more", async () => {
  const editor = await placeOf(page, "Weight in row");
  const cell = middle(editor);
  const was = (await state(page)).filters[0].values[4];
  await page.mouse.move(cell.x, cell.y);
  await page.mouse.down();
  await settled(page);
  await page.mouse.move(cell.x, cell.y - 60, { steps: 6 });
  await settled(page);
  await page.mouse.up();
  await until(page, "the weight in the middle has grown", (now, before) => now.filters[0].values[4] > before, was);
});

test("browser/pointer: the scrubber follows the mouse", async () => {
  const bar = await placeOf(page, "Position");
  await clickOn({ x: bar.x + bar.width / 2, y: bar.y + bar.height / 2 });
  await until(page, "it is near the middle", (now) => Math.abs(now.step / now.steps - 0.5) < 0.1);
  await page.mouse.move(bar.x + bar.width / 2, bar.y + bar.height / 2);
  await page.mouse.down();
  await page.mouse.move(bar.x + bar.width + 40, bar.y + bar.height / 2, { steps: 5 });
  await until(page, "it is at the end", (now) => now.shown === now.steps);
  await page.mouse.up();
});

test("browser/pointer: Play and Pause by mouse", async () => {
  await act(page, "set_speed", 1);
  await page.evaluate(() => window.kernelglass.do("seek", 0));
  const place = middle(await placeOf(page, "Play"));
  await clickOn(place);
  await until(page, "it plays", (now) => now.playing);
  await clickOn(place);
  await until(page, "it pauses", (now) => !now.playing);
});

test("browser/pointer: a digit is drawn by mouse, even when the button is let go outside of the stage", async () => {
  await clickOn(middle(await placeOf(page, "Draw")));
  const sheet = await placeOf(page, "Sheet");
  await page.mouse.move(sheet.x + sheet.width * 0.5, sheet.y + sheet.height * 0.2);
  await page.mouse.down();
  await settled(page);
  await page.mouse.move(sheet.x + sheet.width * 0.5, sheet.y + sheet.height * 0.8, { steps: 10 });
  await settled(page);
  await page.mouse.up();
  await until(page, "a stroke is drawn", (now) => now.input.source.kind === "drawing" && now.input.source.strokes === 1);
  const ink = (await state(page)).input.values.filter((value) => value > 0.5).length;
  assert.ok(ink > 20 && ink < 200, `an upright stroke of 20 pixels: ${ink} are inked`);
  await page.mouse.move(sheet.x + sheet.width * 0.3, sheet.y + sheet.height * 0.5);
  await page.mouse.down();
  await settled(page);
  await page.mouse.move(sheet.x + sheet.width * 0.6, sheet.y + sheet.height * 0.5, { steps: 4 });
  const article = await page.$eval("#article", (panel) => panel.getBoundingClientRect().toJSON());
  await page.mouse.move(article.x + 60, article.y + 200, { steps: 4 });
  await page.mouse.up();
  await until(page, "the second stroke is drawn", (now) => now.input.source.strokes === 2);
  await page.mouse.move(sheet.x + sheet.width * 0.5, sheet.y + sheet.height * 0.5);
  await settled(page);
  assert.equal((await state(page)).input.source.strokes, 2, "the pen is up again");
  await clickOn(middle(await placeOf(page, "Undo")));
  await until(page, "Undo takes the second stroke back", (now) => now.input.source.strokes === 1);
  await clickOn(middle(await placeOf(page, "Clear")));
  await until(page, "Clear empties the sheet", (now) => now.input.source.strokes === 0);
  await clickOn(middle(await placeOf(page, "Done")));
  await placeOf(page, "Digit 2");
});

test("browser/pointer: a drop-down text of the stage never stays under a mouse that moves on to a control", async () => {
  const first = await stageShot(page);
  await moveTo(inOutput(2, 2));
  await moveTo({ x: (input.x + input.width + output.x) / 2, y: output.y + output.height + 4 });
  await page.mouse.move(2, 2);
  await settled(page);
  assert.ok(first.equals(await stageShot(page)));
});

test("browser/pointer: the page did not complain in any of these", () => noComplaints(page));

/** A box on the page as a part of the stage, for stageShot. */
function part(box) {
  return { x: Math.round(box.x - corner.x), y: Math.round(box.y - corner.y), width: Math.round(box.width), height: Math.round(box.height) };
}
