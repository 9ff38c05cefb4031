// What axe-core finds wrong with the page for those who use it otherwise: nothing.
//   KG_AXE  the file axe.min.js, where axe-core is not installed
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { kArticles, kDesktop, kPhone, noComplaints, open, settled, Site } from "./support/site.mjs";

const kAxe = readFileSync(process.env.KG_AXE ?? createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let site;
const pages = {};
before(async () => {
  site = await Site.open();
});
after(() => site?.close());

/** One page for each screen; axe is injected past the policy, which only these tests may. */
async function pageOf(screen) {
  if (pages[screen]) return pages[screen];
  const page = await site.page({ viewport: { desktop: kDesktop, phone: kPhone }[screen], go: false });
  await page.setBypassCSP(true);
  await page.goto(page.address());
  await page.evaluate(() => window.kernelglass.ready);
  await page.waitForFunction(() => document.getElementById("curtain").hidden && document.querySelector("#article math"));
  await page.evaluate(kAxe);
  return (pages[screen] = page);
}

async function violations(page) {
  await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => {}))));
  const found = await page.evaluate(async () => {
    const { violations: list } = await window.axe.run(document, { resultTypes: ["violations"] });
    return list.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map((node) => `${node.target.join(" ")}: ${node.failureSummary.replace(/\s+/g, " ")}`) }));
  });
  return found.map(({ id, help, nodes }) => `${id} (${help})\n  ${nodes.slice(0, 5).join("\n  ")}`);
}

async function assertNone(page) {
  const found = await violations(page);
  assert.ok(found.length === 0, `axe-core found:\n${found.join("\n")}`);
}

for (const { slug, title } of kArticles) {
  for (const screen of ["desktop", "phone"]) {
    for (const theme of ["light", "dark", "contrast"]) {
      test(`browser/accessible: ${slug}, ${screen}, ${theme}`, async () => {
        const page = await pageOf(screen);
        await open(page, { theme }, slug);
        await page.waitForFunction((name) => document.documentElement.dataset.theme === name, {}, theme);
        await page.waitForFunction((heading) => document.querySelector("#article h1")?.textContent === heading, {}, title);
        await page.$eval(".answer", (answer) => answer.click());
        await settled(page);
        await assertNone(page);
      });
    }
  }
}

for (const [what, show] of [
  ["the help", (page) => page.$eval("#help-open", (button) => button.click())],
  ["About with its licences", async (page) => {
    await page.$eval("#about-open", (button) => button.click());
    await page.$eval("#licences summary", (summary) => summary.click());
    await page.waitForFunction(() => document.getElementById("licences-text").textContent.length > 1000);
  }],
  ["the list of chapters", (page) => page.$eval('[data-opens="chapters"]', (button) => button.click())],
  ["the choice of appearance", (page) => page.$eval('[data-opens="appearance"]', (button) => button.click())],
  ["a message", (page) => page.evaluate(() => {
    location.hash = "#/convolution?stride=99";
  }).then(() => page.waitForSelector("#toasts .toast"))],
]) {
  test(`browser/accessible: with ${what} open`, async () => {
    const page = await pageOf("desktop");
    await page.evaluate(() => window.kernelglass.open("convolution", { theme: "light" }));
    await show(page);
    await assertNone(page);
    await page.evaluate(() => {
      for (const dialog of document.querySelectorAll("dialog[open]")) dialog.close();
      document.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true, cancelable: true }));
    });
  });
}

test("browser/accessible: the stage has a name, a description and a role", async () => {
  const page = await pageOf("desktop");
  const cdp = await page.createCDPSession();
  const { nodes } = await cdp.send("Accessibility.getFullAXTree");
  const stage = nodes.find((node) => node.role?.value === "application");
  assert.ok(stage, "the stage is an application");
  assert.match(stage.name.value, /stage/i);
  assert.match(stage.description?.value ?? "", /Space/);
});

test("browser/accessible: without motion, with twice the letter size, nothing is cut off sideways", async () => {
  const page = await site.page({ viewport: { ...kDesktop, width: 640, height: 360, deviceScaleFactor: 2 }, media: { "prefers-reduced-motion": "reduce" } });
  const wide = await page.evaluate(() => [document.documentElement.scrollWidth - innerWidth, document.getElementById("article").scrollWidth - document.getElementById("article").clientWidth]);
  assert.ok(wide[0] <= 0 && wide[1] <= 0, `wider than the window by ${wide}`);
  await noComplaints(page);
  await page.browserContext().close();
});

test("browser/accessible: the pages did not complain in any of these", async () => {
  for (const page of Object.values(pages)) await noComplaints(page);
});
