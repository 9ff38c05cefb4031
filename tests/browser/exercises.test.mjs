// Quizzes and tasks: by keyboard alone, kept in this browser, forgotten on request, and safe from what others store.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { act, noComplaints, open, Site, state, whenReady } from "./support/site.mjs";

let site;
before(async () => {
  site = await Site.open();
});
after(() => site?.close());

const article = (page) => page.waitForSelector(".question");
const focusedText = (page) => page.evaluate(() => document.activeElement.textContent);

test("browser/exercises: a question is answered by keyboard alone, wrongly first", () =>
  site.with({ hash: "#/convolution" }, async (page) => {
    await article(page);
    assert.deepEqual((await state(page)).quiz, { answered: 0, correct: 0, total: 4 });
    const question = '[data-question="stride"]';
    await page.focus(`${question} .answer`);
    await page.keyboard.press("Enter");
    assert.deepEqual((await state(page)).quiz, { answered: 1, correct: 0, total: 4 });
    const said = () => page.$eval(`${question} [role="status"]`, (place) => place.textContent);
    assert.match(await said(), /^Not quite\. The size says/, "it is said aloud");
    await page.keyboard.press("Tab");
    assert.match(await focusedText(page), /^How many pixels the window moves/);
    await page.keyboard.press("Space");
    assert.deepEqual((await state(page)).quiz, { answered: 1, correct: 1, total: 4 });
    assert.match(await said(), /^Right\. Yes/);
    const seen = await page.$$eval(`${question} .why`, (whys) => whys.map((why) => !why.hidden));
    assert.deepEqual(seen, [false, true, false], "only the chosen answer's explanation stands there");
    const pressed = await page.$$eval(`${question} .answer`, (answers) => answers.map((answer) => answer.getAttribute("aria-pressed")));
    assert.deepEqual(pressed, ["false", "true", "false"]);
    assert.equal(await page.$eval("[data-score]", (place) => place.textContent), "1 of 4 right, 3 to go");
  }));

test("browser/exercises: a task is done on the stage, stays done, and survives a reload", () =>
  site.with({ hash: "#/convolution" }, async (page) => {
    await article(page);
    const done = async () => (await state(page)).tasks.filter((task) => task.done).map((task) => task.id);
    assert.deepEqual(await done(), []);
    await act(page, "set_stride", 2);
    assert.deepEqual(await done(), ["output_13"]);
    await page.waitForSelector('[data-task="output_13"].done');
    assert.match(await page.$eval("#notices", (place) => place.textContent), /^Done: Choose a stride/, "and it is said aloud");
    await act(page, "set_stride", 1);
    assert.deepEqual(await done(), ["output_13"], "what is done stays done");
    await page.reload();
    await whenReady(page);
    await article(page);
    assert.deepEqual(await done(), ["output_13"]);
    const listed = await page.$eval('.chapter[data-slug="convolution"] .chapter-progress', (place) => place.textContent);
    assert.equal(listed, "0 of 4 answers, 1 of 4 tasks");
  }));

test("browser/exercises: a link that shows a solution does not do the task", () =>
  site.with({ hash: "#/convolution?stride=2" }, async (page) => {
    await article(page);
    await act(page, "seek", 7);
    await page.waitForFunction(() => location.hash.includes("at=7"));  // The page has looked at the change by then.
    assert.equal(await page.$('[data-task="output_13"].done'), null);
    await act(page, "set_stride", 1);
    await page.waitForFunction(() => window.kernelglass.state().tasks.every((task) => !task.done));
  }));

test("browser/exercises: the learner can have everything forgotten", () =>
  site.with({ hash: "#/convolution" }, async (page) => {
    await article(page);
    await page.$eval('[data-question="stride"] [data-choice="1"]', (button) => button.click());
    await page.$eval("[data-forget]", (button) => button.click());
    assert.deepEqual((await state(page)).quiz, { answered: 0, correct: 0, total: 4 });
    assert.equal(await page.$eval("[data-forget]", (button) => button.hidden), true);
    await page.$eval('[data-question="stride"] [data-choice="0"]', (button) => button.click());
    await page.$eval('[data-opens="chapters"]', (button) => button.click());
    await page.$eval("#forget-all", (button) => button.click());
    assert.deepEqual((await state(page)).quiz, { answered: 0, correct: 0, total: 4 });
    assert.equal(await page.evaluate(() => localStorage.getItem("kernelglass.progress")), null, "nothing is left in the browser");
    assert.equal(await page.$eval("#chapters-foot", (foot) => foot.hidden), true);
  }));

for (const stored of ["{", "null", "[1,2]", '{"convolution":7}', '{"convolution":{"answers":{"stride":"1"},"tasks":{}}}', '{"convolution":{"answers":[],"tasks":[1,null]}}']) {
  test(`browser/exercises: stored progress of ${stored} is read as none`, () =>
    site.with({ hash: "#/convolution", go: false }, async (page) => {
      await page.evaluateOnNewDocument((text) => localStorage.setItem("kernelglass.progress", text), stored);
      await page.goto(page.address());
      await whenReady(page);
      await article(page);
      const now = await state(page);
      assert.deepEqual(now.quiz, { answered: 0, correct: 0, total: 4 });
      assert.ok(now.tasks.every((task) => !task.done));
      await noComplaints(page);
    }));
}

test("browser/exercises: the text's end does not make the page itself scroll", () =>
  site.with({ hash: "#/convolution" }, async (page) => {
    await article(page);
    await page.$eval(".quiz-score", (score) => score.scrollIntoView());
    assert.deepEqual(await page.evaluate(() => [scrollY, document.scrollingElement.scrollHeight - innerHeight]), [0, 0]);
  }));
