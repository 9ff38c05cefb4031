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

/** A state without what depends on the clock. */
const timeless = (whole) => JSON.parse(JSON.stringify(whole, (key, value) => (["images_per_second", "seconds"].includes(key) ? undefined : value)));

/** Sentences of refusal now on show. */
const refusals = (page) => page.$$eval("#toasts .toast.error", (all) => all.map((toast) => toast.innerText.trim()));

/** The text of this chapter is there, and every answer that is right is marked for us (data-answer). */
async function readyText(page, slug) {
  const { title, quiz } = kArticles.find((article) => article.slug === slug);
  await page.waitForFunction((wanted) => document.querySelector("#article h1")?.textContent === wanted, {}, title);
  await page.evaluate((right) => {
    for (const answer of document.querySelectorAll("#article .answer")) {
      const question = answer.closest(".question").dataset.question;
      if (Number(answer.dataset.choice) === right[question]) answer.dataset.answer = "";
    }
  }, quiz);
}

/** All presses have been used and all questions answered: nothing was refused, nothing went wrong. */
async function wentThrough(page, used) {
  assert.equal(used.presses, await page.$$eval("#article [data-do]", (all) => all.length), "every press of the text was used");
  const { quiz } = await state(page);
  assert.equal(used.answers, quiz.total, "every question was reached");
  assert.deepEqual(quiz, { answered: quiz.total, correct: quiz.total, total: quiz.total }, "the quiz is counted");
}

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
      await act(page, "set_speed", 0.1);  // slow enough to be seen playing, however few the steps
      await press(page, "Space");
      await until(page, "Space plays", (now) => now.playing);
      await press(page, "Space");
      await until(page, "Space pauses", (now) => !now.playing);
      await press(page, "End");
      const end = await state(page);
      assert.equal(end.position, end.steps, "End is the end");
    }));

  test(`browser/lessons: ${slug}, its text by keyboard alone: from the top through the stage to every press and every answer`, () =>
    site.with({ hash: `#/${slug}` }, async (page) => {
      await readyText(page, slug);
      const place = () =>
        page.evaluate(() => {
          const { activeElement: at } = document;
          const inText = at.closest("#article") !== null && at.id !== "article";
          const kind = !inText ? at.id : "do" in at.dataset ? "press" : "answer" in at.dataset ? "answer" : "other";
          return { kind, words: at.textContent };
        });
      await page.focus("#about-open");
      await page.keyboard.press("Tab");
      assert.equal((await place()).kind, "stage", "Tab comes from the bar to the stage");
      const used = { presses: 0, answers: 0 };
      for (let stops = 0; stops < 250; ++stops) {
        const { kind, words } = await place();
        if (kind === "press" || kind === "answer") {
          await page.keyboard.press(kind === "press" ? "Enter" : "Space");
          await settled(page, 3);
          assert.deepEqual(await refusals(page), [], `“${words}” was refused`);
          ++used[kind === "press" ? "presses" : "answers"];
        } else if (!["stage", "article", "other"].includes(kind)) {
          break;  // behind the text
        }
        await page.keyboard.press("Tab");
      }
      await wentThrough(page, used);
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
      // Tabs after the steps, and scenes after the tabs within them: another scene has other steps and tabs.
      const names = await controlNames(page);
      const some = (wanted) => names.filter((label) => wanted.test(label));
      for (const name of [...some(/^(First |One )/), ...some(/^Show /).reverse()]) {
        await tap(middle(await placeOf(page, name.replace(/, chosen$/, ""))));
        assert.deepEqual(await refusals(page), [], `“${name}” was refused`);
      }
      await readyText(page, slug);
      const used = { presses: 0, answers: 0 };
      for (const [kind, which] of [["presses", "[data-do]"], ["answers", "[data-answer]"]]) {
        for (const element of await page.$$(`#article ${which}`)) {
          await page.$$eval("#toasts .toast .tool", (all) => all.forEach((close) => close.click()));  // what lies over the text
          await element.evaluate((button) => button.scrollIntoView({ block: "center", behavior: "instant" }));
          const box = await element.evaluate((button) => button.getClientRects()[0].toJSON());
          await tap(middle(box));
          assert.deepEqual(await refusals(page), [], `“${await element.evaluate((button) => button.textContent)}” was refused`);
          ++used[kind];
        }
      }
      await wentThrough(page, used);
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
      await until(page, "what was trained is trained again", (now) => !now.busy);
      const now = await state(page);
      const { tasks: a, quiz: b, ...rest } = timeless(now);
      const { tasks: c, quiz: d, ...wanted } = timeless(then);
      assert.deepEqual(rest, wanted);
      await noComplaints(page);
    }));
}
