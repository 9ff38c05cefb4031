// Where things are on the stage. A canvas has no elements to ask, so places are found by looking.
import assert from "node:assert/strict";
import { boxWhere, colourBox, decode, differenceBox, differs } from "./png.mjs";
import { leaveStage, stageBox, stageShot, tabTo } from "./site.mjs";

/** A box in pixels of a screenshot -> CSS pixels of the page. */
async function onPage(page, png, box) {
  const stage = await stageBox(page);
  const scale = stage.width / decode(png).width;
  return {
    x: stage.x + box.left * scale,
    y: stage.y + box.top * scale,
    width: (box.right - box.left + 1) * scale,
    height: (box.bottom - box.top + 1) * scale,
  };
}

export const middle = (box) => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 });

/** Where the control with this name is: the ring around it when it has the keyboard. The stage has no focus afterwards. */
export async function placeOf(page, label) {
  await leaveStage(page);
  const [stage, without] = [await stageBox(page), decode(await stageShot(page))];
  await tabTo(page, label);
  const png = await stageShot(page);
  const ringed = decode(png);
  await leaveStage(page);
  // The page's own ring around the whole stage does not count.
  const edge = Math.ceil((6 * ringed.width) / stage.width);
  const inside = (x, y) => x > edge && y > edge && x < ringed.width - edge && y < ringed.height - edge;
  const box = boxWhere(ringed.width, ringed.height, (x, y) => inside(x, y) && differs(without, ringed, x, y));
  assert.ok(box, `“${label}” has the focus, but nothing on the stage shows it`);
  return onPage(page, png, box);
}

/** The box of one colour in the upper part of the stage, where the maps are. */
export async function areaOf(page, colour, { part = 0.55, tolerance = 0 } = {}) {
  const png = await stageShot(page);
  const box = colourBox(png, colour, { part, tolerance });
  assert.ok(box, `nothing on the stage has the colour ${colour}`);
  return onPage(page, png, box);
}

/** Where two pictures of the stage differ, in CSS pixels of the page; null where they do not. */
export async function changed(page, before, after) {
  const box = differenceBox(before, after);
  return box && onPage(page, after, box);
}

/** The middle of one cell of a map of rows × cols cells. */
export function cellOf(box, rows, cols, row, col) {
  return { x: box.x + (box.width * (col + 0.5)) / cols, y: box.y + (box.height * (row + 0.5)) / rows };
}

/** Whether two boxes have a part in common. */
export function meet(a, b) {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
