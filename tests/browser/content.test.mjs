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
