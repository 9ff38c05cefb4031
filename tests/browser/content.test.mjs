// Every lesson has what a lesson needs: text, objectives, a quiz, tasks that its model knows, code.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { kArticles, noComplaints, open, Site, stageShot } from "./support/site.mjs";

let site;
let page;
before(async () => {
  site = await Site.open();
  page = await site.page();
});
after(() => site?.close());

for (const article of kArticles) {
  test(`browser/content: ${article.slug}`, async () => {
    await open(page, {}, article.slug);
    await page.waitForFunction((title) => document.querySelector("#article h1")?.textContent === title, {}, article.title);
    const state = await page.evaluate(() => window.kernelglass.state());
    assert.equal(state.slug, article.slug, "the article belongs to a lesson");
    assert.ok(state.tasks.length >= 2, "two tasks or more");
    assert.deepEqual(article.tasks, state.tasks.map((task) => task.id), "the text's tasks are the model's, in the same order");
    assert.ok(state.quiz.total >= 3, "three questions or more");
    const shown = await page.evaluate(() => ({
      objectives: document.querySelectorAll(".objectives li").length,
      steps: document.querySelectorAll(".step-number").length,
      presses: [...document.querySelectorAll("[data-do]")].map((button) => JSON.parse(button.dataset.do)),
      asks: [...document.querySelectorAll("[data-ask]")].map((form) => form.dataset.ask),
      outputs: [...document.querySelectorAll("[data-bind]")].map((output) => [output.dataset.bind, output.textContent]),
      links: [...document.querySelectorAll("[data-to]")].map((link) => [link.dataset.to, link.getAttribute("href")]),
      terms: [...document.querySelectorAll("[data-see]")].map((word) => word.dataset.see),
      code: document.querySelector(".code code")?.textContent ?? "",
      questions: [...document.querySelectorAll(".question")].map((question) => ({
        words: question.querySelector("h3").textContent,
        answers: [...question.querySelectorAll(".answer")].map((answer) => answer.textContent),
        whys: [...question.querySelectorAll(".why")].map((why) => why.textContent.trim()),
      })),
    }));
    assert.ok(shown.objectives >= 2, "objectives");
    assert.ok(shown.steps >= 3, "three steps or more");
    assert.ok(shown.presses.length >= shown.steps - 1, "something to press in almost every step");
    assert.match(shown.code, /keras/, "Keras code");
    for (const [key, href] of shown.links) assert.match(href ?? "", /^#\/[a-z]+/, `the state's ${key} leads somewhere`);
    const verbs = await page.evaluate(() => window.kernelglass.verbs().map((verb) => verb.name));
    for (const verb of shown.asks) assert.ok(verbs.includes(verb), `the field's verb ${verb} exists`);
    for (const { words, answers, whys } of shown.questions) {
      assert.equal(new Set(answers).size, answers.length, `"${words}": no answer twice`);
      assert.equal(new Set(whys).size, answers.length, `"${words}": an explanation of its own for each answer`);
      for (const why of whys) assert.ok(why.length > 20, `"${words}": "${why}" explains something`);
    }
    await page.hover("#article h1");
    const plain = await stageShot(page);
    for (const part of new Set(shown.terms)) {
      await page.hover(`[data-see="${part}"]`);
      assert.notDeepEqual(await stageShot(page), plain, `the stage has the part ${part}`);
    }
    for (const [path, text] of shown.outputs) assert.ok(text !== "" && text !== "–", `{{${path}}} has a value`);
  });

  test(`browser/content: ${article.slug}, every press of the text works`, async () => {
    await open(page, {}, article.slug);
    await page.waitForFunction((title) => document.querySelector("#article h1")?.textContent === title, {}, article.title);
    const presses = await page.$$eval("[data-do]", (buttons) => buttons.map((button) => JSON.parse(button.dataset.do)));
    for (const press of presses) {
      for (const [verb, ...args] of Array.isArray(press[0]) ? press : [press]) {
        const refused = await page.evaluate((name, list) => window.kernelglass.do(name, ...list).then(() => "", (error) => error.message), verb, args);
        assert.equal(refused, "", `${verb}(${JSON.stringify(args).slice(1, -1)})`);
      }
    }
    await noComplaints(page);
  });
}

// A careful reader's pace: so many words a minute, six seconds to read a press, press it and watch, one explanation for each question and
// another for every third, which was answered wrongly at first. Tasks are not in it.
const kPace = { wordsAMinute: 200, minutesAPress: 0.1, explanations: 4 / 3 };

function minutesToRead({ words, presses, questions }, whys) {
  const explained = questions * kPace.explanations * (whys.words / Math.max(1, whys.count));
  return (words + explained) / kPace.wordsAMinute + presses * kPace.minutesAPress;
}

test("browser/content: Part 1 can be read, pressed through and answered in 40 minutes", async (t) => {
  const slugs = kArticles.filter(({ part }) => part === "One filter at a time").map(({ slug }) => slug);
  assert.equal(slugs.length, 8);
  let sum = 0;
  for (const slug of slugs) {
    const [text, whys] = await page.evaluate(async (name) => {
      const html = await (await fetch(`./lessons/en/${name}.html`)).text();
      const lesson = new DOMParser().parseFromString(html, "text/html").querySelector(".lesson");
      const count = (element) => element.textContent.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
      const all = (what) => [...lesson.querySelectorAll(what)];
      const explanations = all(".why");
      const numbers = { words: explanations.reduce((words, why) => words + count(why), 0), count: explanations.length };
      const presses = all(".press").length;
      for (const left of [...explanations, ...all(".tasks, .code, .unseen, .quiz-score, .press, annotation")]) left.remove();
      return [{ words: count(lesson), presses, questions: all(".question").length }, numbers];
    }, slug);
    assert.ok(text.words > 300 && text.presses > 5 && text.questions >= 3 && whys.count > text.questions, JSON.stringify([slug, text, whys]));
    sum += minutesToRead(text, whys);
  }
  t.diagnostic(`${sum.toFixed(1)} minutes`);
  assert.ok(sum <= 40, `${sum.toFixed(1)} minutes`);
});
