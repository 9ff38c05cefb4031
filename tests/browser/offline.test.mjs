// The copy that the browser keeps: once opened, the page needs no network.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { colours } from "./support/png.mjs";
import { act, countAnswers, noComplaints, open, Site, stageShot, state, whenReady } from "./support/site.mjs";

let site;
before(async () => {
  site = await Site.open();
});
after(() => site?.close());

test("browser/offline: after one visit the page opens without its server, at any link", async () => {
  const page = await site.page({ query: "", before: countAnswers });
  await page.waitForFunction(() => document.getElementById("about-offline").textContent !== "no");
  await page.evaluate(() => navigator.serviceWorker.ready);
  await site.server.close();
  await assert.rejects(fetch(site.url), "the server is really gone");

  await page.goto(page.address("#/convolution?digit=4.9&stride=2", ""));
  await page.reload();
  await whenReady(page);
  const now = await state(page);
  assert.deepEqual([now.input.source.digit, now.stride], [4, 2]);
  assert.ok((await act(page, "seek", 3)).step === 3);
  await page.waitForFunction(() => document.querySelector("#article math"));
  assert.ok(colours(await stageShot(page)).count > 30, "the stage is drawn");
  const typeface = await page.evaluate(async () => {
    await document.fonts.ready;
    return [...document.fonts].filter((font) => font.status === "loaded").length;
  });
  assert.ok(typeface > 0, "its typeface is there");
  await open(page, {}, "network");
  await act(page, "train", 300);
  assert.ok((await page.evaluate(() => window.__answers)) > 0, "its other thread trains");
  await page.$eval("#about-open", (button) => button.click());
  await page.$eval("#licences summary", (summary) => summary.click());
  await page.waitForFunction(() => document.getElementById("licences-text").textContent.length > 1000);
  // The browser itself looks for a newer service worker and for the icon of its tab, past our copy, and says so when it finds nobody.
  page.complaints = page.complaints.filter((text) => !/ERR_CONNECTION_REFUSED.*\/(sw\.js|icons\/kernelglass\.svg)/.test(text));
  await noComplaints(page);
});
