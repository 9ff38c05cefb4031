// Words of the text and parts of the stage light each other up.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Site, stageBox, stageShot } from "./support/site.mjs";

let site;
before(async () => {
  site = await Site.open();
});
after(() => site?.close());

test("browser/terms: the pointer on a word frames the part, and leaves the stage as it was", () =>
  site.with({ hash: "#/convolution" }, async (page) => {
    await page.waitForSelector('[data-see="output"]');
    const before = await stageShot(page);
    await page.hover('[data-see="output"]');
    const lit = await stageShot(page);
    assert.notDeepEqual(lit, before, "something lights up");
    await page.hover("#article h1");
    assert.deepEqual(await stageShot(page), before);
    await page.focus('[data-see="output"]');
    assert.deepEqual(await stageShot(page), lit, "the keyboard does the same");
  }));

test("browser/terms: another chapter's stage is not lit by a word of the last one", () =>
  site.with({ hash: "#/convolution" }, async (page) => {
    await page.waitForSelector('[data-see="output"]');
    await page.mouse.move(2, 2);
    const chapter = () => page.evaluate(() => window.kernelglass.open("padding"));
    await chapter();
    await page.waitForFunction(() => document.querySelector("#article h1")?.textContent === "Padding");
    const plain = await stageShot(page);
    await page.evaluate(() => window.kernelglass.open("convolution"));
    const word = await page.waitForSelector('[data-see="output"]');
    await word.evaluate((button) => button.dispatchEvent(new PointerEvent("pointerover", { bubbles: true })));
    await chapter();
    await page.waitForFunction(() => document.querySelector("#article h1")?.textContent === "Padding");
    assert.deepEqual(await stageShot(page), plain);
  }));

test("browser/terms: the pointer on a part marks its words", () =>
  site.with({ hash: "#/convolution" }, async (page) => {
    await page.waitForSelector('[data-see="input"]');
    const { x, y } = await stageBox(page);
    await page.mouse.move(x + 60, y + 250);  // the digit's lower left corner, away from the window
    await page.waitForSelector('[data-see="input"].lit');
    assert.equal(await page.$('[data-see="output"].lit'), null);
    await page.hover("#article h1");
    await page.waitForFunction(() => !document.querySelector(".term.lit"));
  }));
