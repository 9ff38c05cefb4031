// Everything by keyboard alone, and nothing that the browser needs is taken from it.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { act, controlNames, focusLabel, noComplaints, open, settled, Site, stageShot, state, tabTo, until } from "./support/site.mjs";

let site;
let page;
before(async () => {
  site = await Site.open();
  page = await site.page();
});
beforeEach(async () => {
  // Out of whatever the test before has left open.
  await page.focus("#stage");
  await page.keyboard.press("Escape");
  await settled(page);
  await page.evaluate(() => document.activeElement?.blur());
  await open(page, { digit: "3.5", filters: "left_edge", at: "100" });
  await settled(page);
});
after(() => site?.close());

const focused = () => page.evaluate(() => document.activeElement?.id || document.activeElement?.tagName);
const press = async (...keys) => {
  for (const key of keys) {
    await page.keyboard.press(key);
    await settled(page);
  }
};
const withShift = async (key) => {
  await page.keyboard.down("Shift");
  await page.keyboard.press(key);
  await page.keyboard.up("Shift");
  await settled(page);
};

/** Into the stage by Tab from the top of the page, as a person without a mouse comes to it. */
async function tabIntoStage() {
  await page.evaluate(() => {
    document.activeElement?.blur();
    getSelection().removeAllRanges();
  });
  await page.focus("#about-open");
  await page.keyboard.press("Tab");
  await settled(page);
  assert.equal(await focused(), "stage", "Tab after the last button of the bar comes to the stage");
}

async function mainKeys() {
  await page.keyboard.press("Space");
  await until(page, "Space plays", (now) => now.playing);
  await page.keyboard.press("Space");
  await until(page, "Space pauses", (now) => !now.playing);
  await act(page, "seek", 100);
  await page.keyboard.press("ArrowRight");
  await until(page, "→ steps forward", (now) => now.step === 101);
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await until(page, "← steps back", (now) => now.step === 99);
  await withShift("ArrowLeft");
  await until(page, "Shift+← takes a product back", (now) => now.step === 99 && now.product === 8);
  await withShift("ArrowRight");
  await until(page, "Shift+→ puts it in again", (now) => now.step === 99 && now.product === 9);
  await page.keyboard.press("Home");
  await until(page, "Home goes to the first cell", (now) => now.step === 0);
  await page.keyboard.press("End");
  await until(page, "End goes to the last cell", (now) => now.step === now.steps - 1);
}

test("browser/keyboard: the main keys work as soon as the page is open, nothing having the focus", async () => {
  assert.equal(await focused(), "BODY");
  await mainKeys();
});

test("browser/keyboard: the main keys work after Tab into the stage, as its description promises", async () => {
  await tabIntoStage();
  await mainKeys();
});

test("browser/keyboard: the main keys work after a click on the stage", async () => {
  const { x, y } = await page.$eval("#stage", (canvas) => canvas.getBoundingClientRect().toJSON());
  await page.mouse.click(x + 4, y + 4);
  await mainKeys();
});

test("browser/keyboard: Tab goes through all controls of the stage and on to the text, and back out at the top", async () => {
  const names = (await controlNames(page)).filter(Boolean);
  assert.equal(new Set(names).size, names.length, `two controls have the same name: ${names.join(" | ")}`);
  for (const wanted of ["Draw", "Open", "Digit 7", "Weight in row", "Top edge", "Sobel x", "Stride", "Padding same", "Play", "Speed", "Position"]) {
    assert.ok(names.some((label) => label.startsWith(wanted)), `Tab never came to “${wanted}”; it went through ${names.join(" | ")}`);
  }
  const leave = async (expected, presses) => {
    for (let i = 0; i < presses; ++i) await page.keyboard.press("Tab");
    assert.equal(await focused(), "stage", "Tab leaves the stage before its last control");
    await page.keyboard.press("Tab");
    assert.equal(await focused(), expected, `Tab is caught in the stage at “${await focusLabel(page)}”`);
  };
  await tabIntoStage();
  await leave("article", names.length);  // the stage itself has the keyboard first
  await page.keyboard.down("Shift");
  await page.keyboard.press("Tab");
  assert.equal(await focused(), "stage", "Shift+Tab comes back into the stage");
  assert.equal(await focusLabel(page), names.at(-1), "at its last control");
  await leave("about-open", names.length - 1);
  await page.keyboard.up("Shift");
  await settled(page);
});

test("browser/keyboard: a Shift or Ctrl that is let go outside of the stage is not taken for held when it comes back", async () => {
  const stage = await page.$eval("#stage", (canvas) => canvas.getBoundingClientRect().toJSON());
  for (const modifier of ["Shift", "Control"]) {
    await page.mouse.click(stage.x + 4, stage.y + 4);
    await page.keyboard.down(modifier);
    await settled(page);
    await page.focus("#about-open");
    await page.keyboard.up(modifier);
    await page.mouse.click(stage.x + 4, stage.y + 4);
    await act(page, "seek", 100);
    await press("ArrowRight");
    const now = await state(page);
    await press(modifier);  // Whatever was wrong, the next test begins without it.
    assert.deepEqual([now.step, now.product], [101, 9], `${modifier} is stuck: → did not go on by a whole cell`);
  }
});

test("browser/keyboard: the control in focus can be seen", async () => {
  await tabTo(page, "Digit 4");
  const first = await stageShot(page);
  await press("Tab");
  assert.ok(!first.equals(await stageShot(page)), "the focus moved, but the stage looks the same");
});

test("browser/keyboard: Enter presses the control in focus, arrows change its value", async () => {
  await tabTo(page, "Digit 8");
  await press("Enter");
  await until(page, "Digit 8 is written", (now) => now.input.source.digit === 8);
  await tabTo(page, "Sobel y");
  await press("Enter");
  await until(page, "the preset is taken", (now) => now.filters[0].name === "sobel_y");
  const { step } = await state(page);
  await tabTo(page, "Stride");
  await press("ArrowRight", "ArrowRight");
  await until(page, "the stride is 3", (now) => now.stride === 3);
  await press("ArrowLeft");
  await until(page, "the stride is 2", (now) => now.stride === 2);
  assert.ok(step > 0);
  await tabTo(page, "Padding same");
  await press("Enter");
  await until(page, "the padding is same", (now) => now.padding === "same");
  await tabTo(page, "Operation flipped");
  await press("Enter");
  await until(page, "the filter is flipped", (now) => now.flipped);
  const { speed } = await state(page);
  await tabTo(page, "Speed");
  await press("ArrowRight");
  await until(page, "it is faster", (now, was) => now.speed > was, speed);
});

test("browser/keyboard: a step size of one is the smallest, and the arrow says no more", async () => {
  await tabTo(page, "Stride");
  await press("ArrowLeft", "ArrowLeft");
  assert.equal((await state(page)).stride, 1);
});

test("browser/keyboard: a weight is typed into the filter, with a decimal comma, and taken by Enter", async () => {
  const place = async () => (await focusLabel(page)).match(/^Weight in row (\d), column (\d)/)?.slice(1).map(Number);
  await tabTo(page, "Weight in row");
  await press("ArrowUp", "ArrowUp", "ArrowLeft", "ArrowLeft");
  assert.deepEqual(await place(), [0, 0], "the arrows move among the weights");
  await press("-", "0", ",", "5", "Enter");
  await until(page, "the first weight is −0.5", (now) => now.filters[0].values[0] === -0.5);
  await press("ArrowRight", "ArrowDown");
  assert.deepEqual(await place(), [1, 1]);
  await press("1", "2", ".", "2", "5", "Enter");
  await until(page, "the weight in the middle is 12.25", (now) => now.filters[0].values[4] === 12.25);
  assert.deepEqual((await state(page)).filters[0].values, [-0.5, 1, 0, -1, 12.25, 0, -1, 1, 0], "the others are as before");
});

/** Keys that all arrive between two frames, as on a machine that is slow to draw. */
async function burst(...keys) {
  const cdp = await page.createCDPSession();
  const codes = { Enter: 13, Tab: 9, "-": 189, ".": 190 };
  const busy = page.evaluate(() => {
    for (const start = performance.now(); performance.now() - start < 300; );
  });
  const sent = keys.flatMap((key) => {
    const text = key === "Enter" ? "\r" : key.length === 1 ? key : undefined;
    const event = { key, code: /^\d$/.test(key) ? `Digit${key}` : { "-": "Minus", ".": "Period" }[key] ?? key, windowsVirtualKeyCode: codes[key] ?? key.charCodeAt(0) };
    return [
      cdp.send("Input.dispatchKeyEvent", { type: "keyDown", ...event, ...(text ? { text } : {}) }),
      cdp.send("Input.dispatchKeyEvent", { type: "keyUp", ...event }),
    ];
  });
  await Promise.all([busy, ...sent]);
  await cdp.detach();
}

test("browser/keyboard: keys that come faster than frames are all taken, without another event to wake the stage", async () => {
  await tabTo(page, "Weight in row");
  await burst("-", "1", "2", ".", "5", "Enter");
  await until(page, "the weight is −12.5", (now) => now.filters[0].values.includes(-12.5));
});

test("browser/keyboard: a weight that is typed and left by Tab before the next frame is taken", async () => {
  await tabTo(page, "Weight in row");
  await burst("7", "Tab");
  await until(page, "the weight is 7", (now) => now.filters[0].values.includes(7));
});

test("browser/keyboard: Escape leaves what is typed; moving on takes it", async () => {
  await tabTo(page, "Weight in row");
  const before = (await state(page)).filters;
  await page.keyboard.type("7");
  await press("Escape");
  await press("Enter");
  assert.deepEqual((await state(page)).filters, before, "nothing was taken");
  await tabTo(page, "Weight in row");
  await page.keyboard.type("3");
  await press("Tab");
  await until(page, "leaving the weight by Tab takes it", (now) => now.filters[0].values.includes(3));
});

test("browser/keyboard: keys typed into a weight do not play or step", async () => {
  const { step, playing } = await state(page);
  await tabTo(page, "Weight in row");
  await page.keyboard.type("1.5");
  await settled(page);
  const now = await state(page);
  assert.deepEqual([now.step, now.playing], [step, playing]);
  await press("Escape");
});

test("browser/keyboard: ? opens the help, from the page and from the stage; Escape closes it and the focus is where it was", async () => {
  const isOpen = () => page.$eval("#help", (dialog) => dialog.open);
  await page.keyboard.type("?");
  await page.waitForFunction(() => document.getElementById("help").open);
  await page.keyboard.press("Escape");
  assert.equal(await isOpen(), false);
  await tabIntoStage();
  await page.keyboard.type("?");
  await page.waitForFunction(() => document.getElementById("help").open);
  await page.keyboard.press("Escape");
  assert.equal(await isOpen(), false);
  assert.equal(await focused(), "stage");
});

test("browser/keyboard: a sheet of the bar opens by Enter and closes by Escape", async () => {
  await page.focus('[data-opens="appearance"]');
  await page.keyboard.press("Enter");
  assert.equal(await page.$eval("#appearance", (sheet) => sheet.hidden), false);
  await page.keyboard.press("Escape");
  assert.equal(await page.$eval("#appearance", (sheet) => sheet.hidden), true);
});

test("browser/keyboard: the skip links lead to the stage and to the text", async () => {
  for (const place of ["stage", "article"]) {
    await page.focus(`[data-skip="${place}"]`);
    await page.keyboard.press("Enter");
    assert.equal(await focused(), place);
  }
});

test("browser/keyboard: the stage leaves the browser's own shortcuts alone", async () => {
  await page.focus("#stage");
  const swallowed = await page.evaluate(() => {
    const ctrl = { ctrlKey: true };
    const keys = [
      ["f", ctrl], ["l", ctrl], ["t", ctrl], ["w", ctrl], ["r", ctrl], ["p", ctrl], ["s", ctrl], ["d", ctrl], ["c", ctrl], ["+", ctrl], ["-", ctrl], ["0", ctrl], ["Tab", ctrl],
      ["ArrowLeft", { altKey: true }], ["ArrowRight", { altKey: true }], ["l", { metaKey: true }], ["F1", {}], ["F5", {}], ["F6", {}], ["F11", {}], ["F12", {}],
      ["PageDown", ctrl], ["PageUp", ctrl],
    ];
    const canvas = document.getElementById("stage");
    return keys.filter(([key, modifiers]) => {
      const code = /^[a-z]$/.test(key) ? `Key${key.toUpperCase()}` : key;
      const event = { key, code, keyCode: key.length === 1 ? key.toUpperCase().charCodeAt(0) : 0, bubbles: true, cancelable: true, ...modifiers };
      const kept = canvas.dispatchEvent(new KeyboardEvent("keydown", event));
      canvas.dispatchEvent(new KeyboardEvent("keyup", event));
      return !kept;
    }).map(([key, modifiers]) => [...Object.keys(modifiers), key].join("+"));
  });
  assert.deepEqual(swallowed, []);
  await settled(page);
});

test("browser/keyboard: in the text, up, down, Space and End scroll it, left and right step the lesson", async () => {
  await page.focus("#article");
  const scrolled = () => page.$eval("#article", (panel) => panel.scrollTop);
  await page.keyboard.press("ArrowDown");
  await page.waitForFunction(() => document.getElementById("article").scrollTop > 0);
  const first = await scrolled();
  await page.keyboard.press("Space");
  await page.waitForFunction((before) => document.getElementById("article").scrollTop > before, {}, first);
  await page.keyboard.press("End");
  await settled(page);
  const now = await state(page);
  assert.deepEqual([now.step, now.playing], [100, false], "these keys leave the lesson alone");
  await page.keyboard.press("ArrowLeft");
  await until(page, "← in the text steps back, as the text says", (later) => later.step === 99);
});

test("browser/keyboard: a digit can be drawn without a mouse, taken back by Ctrl+Z, and left by Escape", async () => {
  await tabTo(page, "Draw");
  await press("Enter");
  await tabTo(page, "Sheet");
  await press("Space", "ArrowDown", "ArrowDown", "ArrowRight", "ArrowDown", "Space");
  await until(page, "one stroke is drawn", (now) => now.input.source.kind === "drawing" && now.input.source.strokes === 1);
  await page.keyboard.down("Control");
  await press("z");
  await page.keyboard.up("Control");
  await until(page, "Ctrl+Z takes it back", (now) => now.input.source.strokes === 0);
  await press("Escape");
  await tabTo(page, "Play");
});

test("browser/keyboard: the page did not complain in any of these", () => noComplaints(page));
