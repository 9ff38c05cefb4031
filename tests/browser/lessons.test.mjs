// Every lesson in a real browser: from start to finish by keyboard alone, by touch on a phone, and back from its link.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { middle, placeOf } from "./support/places.mjs";
import { act, controlNames, kArticles, kPhone, noComplaints, open, settled, Site, stageShot, state, until } from "./support/site.mjs";

let site;
before(async () => {
  site = await Site.open();
});
after(() => site?.close());

const press = async (page, key) => {
  await page.keyboard.press(key);
  await settled(page);
};

/** Lessons in which a network learns have no steps: the space bar lets it learn, and holds it. */
async function trainsByKeyboard(page) {
  await page.keyboard.press("Space");
  await until(page, "Space trains", (now) => now.playing);
  await page.keyboard.press("Space");
  await until(page, "Space holds", (now) => !now.playing && !now.busy);
}

for (const { slug } of kArticles) {
  test(`browser/lessons: ${slug} by keyboard alone, from start to finish`, () =>
    site.with({ hash: `#/${slug}` }, async (page) => {
      const names = (await controlNames(page)).slice(1);  // the first is the stage itself
      assert.ok(names.length >= 5, `controls: ${names.join(" | ")}`);
      for (const name of names) assert.match(name, /\S/, "every control has a name");
      await page.focus("#stage");
      if ((await state(page)).steps === 0) return trainsByKeyboard(page);
      await press(page, "Home");
      const first = await state(page);
      assert.equal(first.step, 0);
      assert.equal(first.playing, false);
      const told = new Set([first.narration]);
      for (let step = 1; step < Math.min(first.steps, 6); ++step) {
        await press(page, "ArrowRight");
        const now = await state(page);
        assert.equal(now.step, step);
        told.add(now.narration);
      }
      assert.ok(told.size > Math.min(first.steps, 6) / 2, `the steps are told apart: ${[...told].join(" / ")}`);
      await press(page, "ArrowLeft");
      await press(page, "Space");
      await until(page, "Space plays", (now) => now.playing);
      await press(page, "Space");
      await until(page, "Space pauses", (now) => !now.playing);
      await press(page, "End");
      const end = await state(page);
      assert.equal(end.position, end.steps, "End is the end");
    }));

  test(`browser/lessons: ${slug} by touch on a phone`, () =>
    site.with({ hash: `#/${slug}`, viewport: { ...kPhone, deviceScaleFactor: 1 } }, async (page) => {
      const cdp = await page.createCDPSession();
      const tap = async ({ x, y }) => {
        await cdp.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [{ x, y }] });
        await settled(page);
        await cdp.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
        await settled(page);
      };
      if ((await state(page)).steps === 0) return;  // Lessons that train have buttons of their own (training.test.mjs).
      await act(page, "seek", 0);
      const play = middle(await placeOf(page, "Play"));
      await tap(play);
      await until(page, "a finger plays", (now) => now.playing || now.position > 1);
      await act(page, "pause");
      const before = await stageShot(page);
      await tap(middle(await placeOf(page, "To the end")));
      const end = await state(page);
      assert.equal(end.position, end.steps, "a finger goes to the end");
      assert.notDeepEqual(await stageShot(page), before, "and the stage shows it");
    }));

  test(`browser/lessons: ${slug} comes back from its link as it was`, () =>
    site.with({ hash: `#/${slug}` }, async (page) => {
      const presses = await page.waitForSelector("[data-do]").then(() => page.$$eval("[data-do]", (buttons) => buttons.map((button) => JSON.parse(button.dataset.do))));
      for (const calls of presses.slice(0, 4)) {
        for (const [verb, ...args] of Array.isArray(calls[0]) ? calls : [calls]) if (verb !== "play") await act(page, verb, ...args);
      }
      await act(page, "pause");
      const then = await state(page);
      const link = await page.evaluate(() => {
        dispatchEvent(new Event("pagehide"));  // The address is written at the latest when the page is left.
        return location.hash;
      });
      await page.goto("about:blank");
      await page.goto(page.address(link));
      await page.evaluate(() => window.kernelglass.ready);
      const now = await state(page);
      const { tasks: a, quiz: b, ...rest } = now;
      const { tasks: c, quiz: d, ...wanted } = then;
      assert.deepEqual(rest, wanted);
      await noComplaints(page);
    }));
}
