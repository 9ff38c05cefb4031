// What a visitor meets: the page opens from a sub-folder under the strict policy, says what it is, and draws.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { colours } from "./support/png.mjs";
import { act, assertSentence, kArticles, kDist, kPhone, noComplaints, open, settled, Site, stageShot, state, until } from "./support/site.mjs";

const kVariants = ["relaxed", "simd", "scalar"];
const kVariantNames = { relaxed: "WebAssembly with relaxed SIMD", simd: "WebAssembly with SIMD", scalar: "WebAssembly without SIMD" };

let site;
before(async () => {
  site = await Site.open();
});
after(() => site?.close());

test("browser/first frame: the page opens as a visitor opens it, without a complaint", async () => {
  await site.with({ hash: "", query: "" }, async (page) => {
    const { count, commonest } = colours(await stageShot(page));
    assert.ok(count > 30, `the stage shows only ${count} colours: it looks blank`);
    assert.ok(commonest < 0.9, `one colour covers ${Math.round(commonest * 100)} % of the stage: it looks blank`);
    const [first] = kArticles;
    assert.equal((await state(page)).slug, first.slug, "who brings no link begins with the first chapter");
    assert.equal(await page.title(), `${first.title} · Kernelglass`);
    await page.waitForFunction(() => document.getElementById("curtain").hidden);
    assert.equal(await page.$eval("#about-variant", (place) => place.textContent), kVariantNames.relaxed, "the best variant runs");
    await page.waitForFunction(() => document.getElementById("about-offline").textContent !== "no");
    await noComplaints(page);
  });
});

test("browser/first frame: the phone's first frame, without a complaint", async () => {
  await site.with({ viewport: kPhone }, async (page) => {
    const { count, commonest } = colours(await stageShot(page));
    assert.ok(count > 30 && commonest < 0.9, `the stage looks blank: ${count} colours, one covers ${Math.round(commonest * 100)} %`);
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(sideways <= 0, `the page is ${sideways} px wider than the phone`);
  });
});

test("browser/first frame: the article is there with real formulas", async () => {
  await site.with({}, async (page) => {
    const article = await page.$eval("#article", (panel) => ({
      words: panel.innerText.split(/\s+/).length,
      formulas: [...panel.querySelectorAll("math")].map((math) => math.namespaceURI),
      width: panel.querySelector("math[display=block], math")?.getBoundingClientRect().width,
      dollars: panel.innerText.match(/\$[^$]*\$|\\[a-z]+\{|\{\{/g),
    }));
    assert.ok(article.words > 200, `the article has only ${article.words} words`);
    assert.ok(article.formulas.length >= 2, "formulas are MathML");
    assert.ok(article.formulas.every((namespace) => namespace === "http://www.w3.org/1998/Math/MathML"), "in MathML's own namespace");
    assert.ok(article.width > 20, "a formula takes room on the page");
    assert.equal(article.dollars, null, "no TeX or placeholder is left over");
    assert.match(await page.$eval('[data-live="code"] code', (code) => code.textContent), /Conv2D\(filters=1, kernel_size=\(3, 3\)/);
  });
});

test("browser/first frame: every variant that the link forces is the one that runs, and all compute the same", async () => {
  const outputs = {};
  for (const variant of kVariants) {
    const loaded = [];
    const page = await site.page({ query: `variant=${variant}`, go: false });
    page.on("request", (request) => request.url().includes("/wasm/") && loaded.push(request.url().split("/wasm/")[1].split("/")[0]));
    await page.goto(page.address());
    await page.evaluate(() => window.kernelglass.ready);
    assert.deepEqual([...new Set(loaded)], [variant], `?variant=${variant} loads that one only`);
    assert.equal(await page.$eval("#about-variant", (place) => place.textContent), kVariantNames[variant]);
    await open(page, { digit: "5.3", filters: "sobel_x~blur~c:0.1,0.2,0.3,-0.4,0.5,-0.6,0.7,-0.8,0.9", padding: "same", stride: 2 });
    outputs[variant] = (await state(page)).output;
    await noComplaints(page);
    await page.browserContext().close();
  }
  assert.deepEqual(outputs.simd, outputs.scalar, "SIMD and scalar agree to the last bit");
  const { values, ...size } = outputs.relaxed;
  const { values: exact, ...exactSize } = outputs.scalar;
  assert.deepEqual(size, exactSize);
  // A sum of 9 products in another order or with fused steps: each is off by at most 9 roundings of the largest partial sum.
  const most = 9 * 2 ** -23 * 9;
  values.forEach((value, i) => assert.ok(Math.abs(value - exact[i]) <= most, `relaxed: cell ${i} is ${value}, not ${exact[i]}`));
});

test("browser/first frame: the site has three different variants", () => {
  const digests = kVariants.map((variant) =>
    createHash("sha256").update(readFileSync(path.join(kDist, "wasm", variant, "kernelglass.wasm"))).digest("hex"));
  assert.equal(new Set(digests).size, kVariants.length, `some of them are the same file: ${digests.join(", ")}`);
});

test("browser/first frame: a browser without relaxed SIMD gets SIMD, one without SIMD gets scalar", async () => {
  const withoutRelaxed = () => {
    const validate = WebAssembly.validate;
    // f32x4.relaxed_madd is fd 85 02.
    WebAssembly.validate = (bytes) => !new Uint8Array(bytes.buffer ?? bytes).join().includes("253,133,2") && validate.call(WebAssembly, bytes);
  };
  const withoutSimd = () => {
    WebAssembly.validate = () => false;
  };
  for (const [take, variant] of [[withoutRelaxed, "simd"], [withoutSimd, "scalar"]]) {
    await site.with({ query: "", before: take }, async (page) => {
      assert.equal(await page.$eval("#about-variant", (place) => place.textContent), kVariantNames[variant]);
      await page.waitForFunction(() => document.getElementById("about-offline").textContent !== "no");
    });
  }
});

async function saysWhatIsMissing(take, word) {
  const page = await site.page({ before: take, ready: false });
  await page.waitForFunction(() => window.kernelglass && document.querySelector("#curtain.trouble"));
  const text = await page.$eval("#curtain-text", (place) => place.innerText);
  assert.match(text, word, `the curtain says: ${text}`);
  const reason = await page.evaluate(() => window.kernelglass.ready.then(() => null, (error) => error.message));
  assertSentence(reason, "kernelglass.ready");
  assert.match(reason, word);
  const place = await page.$eval("#curtain", (curtain) => curtain.getBoundingClientRect().toJSON());
  assert.ok(place.width > 200 && place.height > 200, "the words stand where the stage would be");
  await page.waitForFunction(() => document.getElementById("article").innerText.length > 1000);
  assert.match(await page.$eval("#errors", (live) => live.textContent), word, "a screen reader hears it");
  await noComplaints(page);
  await page.browserContext().close();
}

test("browser/first frame: without WebGL 2 the page says so and the text is there", () =>
  saysWhatIsMissing(() => {
    const get = HTMLCanvasElement.prototype.getContext;
    HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
      return kind === "webgl2" ? null : get.call(this, kind, ...rest);
    };
  }, /WebGL 2/));

test("browser/first frame: without WebAssembly the page says so and the text is there", () =>
  saysWhatIsMissing(() => {
    delete globalThis.WebAssembly;
  }, /WebAssembly/));

test("browser/first frame: with reduced motion nothing moves by itself and the window does not glide", async () => {
  // Within the first fifth of a step the window glides to its place; both positions have one product in.
  const early = 30.09;
  const later = 30.15;
  const glides = async (page) => {
    await act(page, "scrub", early);
    const first = await stageShot(page, { x: 0, y: 0, width: 400, height: 400 });
    await act(page, "scrub", later);
    return !first.equals(await stageShot(page, { x: 0, y: 0, width: 400, height: 400 }));
  };
  await site.with({ media: { "prefers-reduced-motion": "reduce" } }, async (page) => {
    await page.waitForFunction(() => document.getElementById("curtain").hidden);
    await settled(page);
    const moving = await page.evaluate(() => document.getAnimations().filter((a) => a.playState === "running").length);
    assert.equal(moving, 0, "no animation of the page runs");
    const before = await state(page);
    assert.equal(before.playing, false, "the lesson opens at rest");
    assert.equal(await glides(page), false, "the window jumps from place to place");
    await act(page, "set_speed", 50);
    await act(page, "play");
    await until(page, "a play button still plays", (now) => now.step > 35);
    await act(page, "pause");
  });
  await site.with({}, async (page) => {
    assert.equal(await glides(page), true, "without that wish the window glides (else this test proves nothing)");
  });
});
