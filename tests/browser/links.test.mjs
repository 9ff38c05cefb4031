// The address: it says the whole state, brings it back, and bad ones are answered in words.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { act, closeToasts, controlNames, leaveStage, noComplaints, settled, Site, stageShot, state, tabTo, toast, toasts, until, whenReady } from "./support/site.mjs";
import { decode } from "./support/png.mjs";

let site;
let page;
before(async () => {
  site = await Site.open();
  page = await site.page();
});
after(() => site?.close());

/** Goes to an address within the open page, as a click on a link does. */
async function follow(hash) {
  await closeToasts(page);
  await page.evaluate((to) => {
    location.hash = to;
  }, hash);
  await page.waitForFunction(() => !window.__seen.pending());
  await settled(page);
}

/** Waits until the address says what is on stage now. */
async function written(...parts) {
  await page.waitForFunction((wanted) => wanted.every((part) => location.hash.includes(part)), { polling: 30 }, parts);
}

async function reload() {
  await page.reload();
  await whenReady(page);
}

const defaults = async () => page.evaluate(() => window.kernelglass.open("convolution"));

test("browser/links: a link with everything in it brings everything onto the stage, from a cold start", async () => {
  const hash = "#/convolution?digit=3.5&filters=left_edge~c:1,0,-1,2.5,0,-2,1,0,-0.125&stride=2&padding=same&flip=1&at=203&speed=12";
  await site.with({ hash }, async (cold) => {
    const now = await state(cold);
    assert.deepEqual([now.input.source.kind, now.input.source.digit, now.seed], ["digit", 3, 5]);
    assert.deepEqual(now.filters.map((filter) => filter.values), [[-1, 1, 0, -1, 1, 0, -1, 1, 0], [1, 0, -1, 2.5, 0, -2, 1, 0, -0.125]]);
    assert.deepEqual([now.stride, now.padding, now.flipped, now.step, now.speed], [2, "same", true, 203, 12]);
    assert.deepEqual(await toasts(cold), [], "a good link is not commented");
    assert.equal(await cold.evaluate(() => location.hash), hash, "and it is kept as it is");
  });
});

test("browser/links: the order of the keys does not matter, and the same link is the same state as by verbs", async () => {
  await follow("#/convolution?at=20&flip=1&padding=same&stride=3&filters=blur&digit=9.12");
  const linked = await state(page);
  await defaults();
  await act(page, "set_digit", 9, 12);
  await act(page, "set_preset", 0, "blur");
  await act(page, "set_stride", 3);
  await act(page, "set_padding", "same");
  await act(page, "set_flipped", true);
  const { position, ...done } = await act(page, "seek", 20);
  const { position: linkedPosition, ...same } = linked;
  assert.deepEqual(same, done);
  assert.equal(linkedPosition, position);
});

test("browser/links: what is done on the stage is written into the address and survives a reload", async () => {
  await defaults();
  await act(page, "set_digit", 6, 77);
  await act(page, "set_filter", 0, [0.1, -0.2, 0.3, 0, 1, 0, 3, -3, 0.333]);
  await act(page, "add_filter", "random");
  await act(page, "set_stride", 2);
  await act(page, "set_padding", "same");
  await act(page, "set_flipped", true);
  await act(page, "set_speed", 3.5);
  await act(page, "seek", 101);
  const before = await act(page, "step_product", -3);
  await written("digit=6.77", "stride=2", "padding=same", "flip=1", "at=101.6", "speed=3.5");
  await reload();
  // A random filter comes back with the same weights; that they once were random is not kept.
  const strip = (now) => ({ ...now, filters: now.filters.map(({ name, ...filter }) => filter) });
  assert.deepEqual(strip(await state(page)), strip(before));
});

test("browser/links: the end survives a reload", async () => {
  await defaults();
  const before = await act(page, "finish");
  await written("at=end");
  await reload();
  assert.deepEqual(await state(page), before);
});

test("browser/links: a colour digit survives a reload", async () => {
  await defaults();
  const before = await act(page, "set_colour_digit", 5, 31);
  await written("colour=5.31");
  await reload();
  assert.deepEqual((await state(page)).input, before.input);
});

test("browser/links: a drawing survives a reload exactly", async () => {
  await defaults();
  await act(page, "add_stroke", [0.31, 0.1, 0.32, 0.33, 0.3, 0.52, 0.29, 0.91]);
  const before = await act(page, "add_stroke", [0.1, 0.5, 0.77, 0.48]);
  assert.equal(before.input.source.strokes, 2);
  await written("drawing=");
  await reload();
  assert.deepEqual(await state(page), before);
  const undone = await act(page, "undo_stroke");
  assert.equal(undone.input.source.strokes, 1, "its strokes can still be taken back one by one");
});

test("browser/links: own numbers survive a reload exactly, also large pictures", async () => {
  for (const [height, width, channels] of [[5, 7, 2], [64, 60, 3]]) {
    await defaults();
    const values = Array.from({ length: height * width * channels }, (_, i) => Math.fround(Math.sin(i) * 3));
    const before = await act(page, "set_pixels", values, height, width, channels);
    await written(`pixels=${height}x${width}x${channels}f`);
    await reload();
    const { input } = await state(page);
    assert.deepEqual(input.values, before.input.values);
    assert.deepEqual([input.height, input.width, input.channels], [height, width, channels]);
  }
});

test("browser/links: the address is not rewritten while it plays", async () => {
  await defaults();
  await act(page, "seek", 0);
  await written("at=0");
  await act(page, "set_speed", 30);
  await act(page, "play");
  await until(page, "it has gone on", (now) => now.step > 20);
  assert.match(await page.evaluate(() => location.hash), /at=0(&|$)/);
  const { step } = await act(page, "pause");
  await written(`at=${step}`);
});

test("browser/links: bad values fall back to the default, and one message names each of them", async () => {
  const fresh = await defaults();
  await follow("#/convolution?stride=99&padding=diagonal&flip=maybe&speed=fast&at=soon&digit=twelve&filters=nonsense&pixels=1x1&colour=&drawing=!&shoe_size=43");
  const now = await state(page);
  assert.deepEqual({ ...now, position: 0 }, { ...fresh, position: 0 }, "the state is that of a fresh lesson");
  const shown = await toasts(page);
  assert.equal(shown.length, 1, `one message, not ${shown.length}: ${shown.join(" // ")}`);
  for (const key of ["stride", "padding", "flip", "speed", "at", "digit", "filters", "pixels", "colour", "drawing", "shoe_size"]) {
    assert.ok(shown[0].includes(`"${key}"`) || shown[0].includes(`“${key}”`), `the message does not name ${key}: ${shown[0]}`);
  }
  await page.waitForFunction(() => !location.hash.includes("shoe_size"));
});

test("browser/links: good values next to bad ones are used", async () => {
  await follow("#/convolution?stride=2&padding=diagonal");
  assert.equal((await state(page)).stride, 2);
  assert.match(await toast(page, "padding"), /padding/);
});

for (const [key, values] of Object.entries({
  stride: ["0", "-1", "1.5", "29", "1e9", "99999999999999999999", "", "NaN", "0x2", " 2", "٣"],
  at: ["-1", "676", "1.5.2", "1.10", "1e3", "", "99999999999999999999", "ends", "5.-1"],
  speed: ["0", "-3", "inf", "nan", "1e99", ""],
  digit: ["10.1", "7", "7.", ".7", "7.-1", "7.99999999999999999999", "7.9007199254740992", "", "77.1"],
  flip: ["2", "", "yes"],
  filters: ["", "~", "blur~", "c:", "c:1,2,3", "c:1,2,3,4,5,6,7,8,x", "c:1,2,3,4,5,6,7,8,1e9", "c:1,2,3,4,5,6,7,8,nan", "random", new Array(9).fill("blur").join("~")],
  pixels: ["", "28x28", "28x28x1:", "0x0x1:", "99999x99999x1:AAAA", "3x3x1:AAAA", "3x3x1:****", "-3x-3x1:AAAAAAAAAAAA", "3x3x1f:AAAA", "2x2x1:AAAAAA"],
  drawing: ["!!!!", "AAAA", "A".repeat(5000)],
})) {
  test(`browser/links: bad values of ${key} are refused one and all`, async () => {
    const fresh = await defaults();
    const answers = await page.evaluate(async (name, list) => {
      const seen = [];
      for (const value of list) {
        for (const button of document.querySelectorAll("#toasts .toast .tool")) button.click();
        const now = await window.kernelglass.open("convolution", { [name]: value });
        seen.push({ said: document.getElementById("toasts").innerText.trim(), now });
      }
      return seen;
    }, key, values);
    answers.forEach(({ said, now }, i) => {
      const link = `${key}=${values[i].slice(0, 40)}`;
      assert.ok(said.includes(`"${key}"`), `nothing is said about ${link}: “${said}”`);
      assert.ok(said.length < 700, `the message about ${link} has ${said.length} characters`);
      assert.deepEqual(now, fresh, `${link} changed the state`);
    });
  });
}

test("browser/links: a chapter that does not exist leads to the first one, and it is said", async () => {
  await follow("#/no-such-chapter?stride=3");
  const now = await state(page);
  const lessons = await page.evaluate(() => window.kernelglass.lessons());
  assert.equal(now.slug, lessons[0].slug);
  await toast(page, "no-such-chapter");
  const hash = await page.evaluate(() => location.hash);
  assert.match(hash, new RegExp(`^#/${lessons[0].slug}\\?`));
  assert.doesNotMatch(hash, /stride=3/, "its parameters belong to the chapter that does not exist");
});

test("browser/links: malformed percent signs, empty parts and odd separators do no harm", async () => {
  for (const hash of ["#/convolution?stride=%E0%A4%A", "#/convolution?%zz=%", "#/convolution?&&=&=3&", "#/convolution/?stride=2", "#/convolution??stride=2", "#/convolution?stride=2&stride=3", "#/convolution?__proto__=1&constructor=2"]) {
    await follow(hash);
    assert.equal((await state(page)).slug, "convolution", hash);
  }
  const lessons = await page.evaluate(() => window.kernelglass.lessons());
  for (const hash of ["#/%", "#//", "#/"]) {
    await follow("#/padding");
    await follow(hash);
    assert.equal((await state(page)).slug, lessons[0].slug, hash);
  }
  await follow("#/convolution?stride=2&stride=3");
  assert.equal((await state(page)).stride, 3, "the last of equal keys wins");
  await noComplaints(page);
});

test("browser/links: back and forward go between two links, with what was done in between", async () => {
  await follow("#/convolution?digit=1.1&stride=2");
  await page.evaluate(() => {
    const link = Object.assign(document.createElement("a"), { href: "#/convolution?digit=8.8&stride=3", id: "go", textContent: "go" });
    document.getElementById("article").prepend(link);
  });
  await act(page, "set_padding", "same");
  await page.$eval("#go", (link) => link.click());
  await until(page, "the second link is open", (now) => now.seed === 8 && now.stride === 3 && now.padding === "valid");
  await page.goBack();
  await until(page, "back is as it was left", (now) => now.seed === 1 && now.stride === 2 && now.padding === "same");
  await page.goForward();
  await until(page, "forward is the second again", (now) => now.seed === 8 && now.stride === 3 && now.padding === "valid");
  await page.$eval("#go", (link) => link.remove());
});

test("browser/links: an anchor that is no place in the course changes nothing", async () => {
  await act(page, "set_stride", 4);
  await page.evaluate(() => {
    location.hash = "#somewhere";
  });
  await settled(page);
  assert.equal((await state(page)).stride, 4);
});

test("browser/links: stage=only shows the stage alone, over the whole window", async () => {
  await follow("#/convolution?stage=only&stride=2");
  const seen = await page.evaluate(() => ({
    header: document.querySelector("header.bar").checkVisibility(),
    article: document.getElementById("article").checkVisibility(),
    stage: document.getElementById("stage").getBoundingClientRect().toJSON(),
    window: [innerWidth, innerHeight],
  }));
  assert.deepEqual([seen.header, seen.article], [false, false]);
  assert.deepEqual([seen.stage.width, seen.stage.height], seen.window);
  assert.equal((await state(page)).stride, 2);
  await act(page, "set_stride", 3);
  await written("stride=3", "stage=only");
  await follow("#/convolution");
  assert.equal(await page.$eval("header.bar", (bar) => bar.checkVisibility()), true, "the next link without it shows all again");
});

test("browser/links: hide= takes controls off the stage, and says which name it does not know", async () => {
  await follow("#/convolution");
  const all = await controlNames(page);
  const whole = await stageShot(page);
  await follow("#/convolution?hide=presets,editor");
  assert.deepEqual(await toasts(page), []);
  const fewer = await controlNames(page);
  assert.ok(!whole.equals(await stageShot(page)), "the stage looks the same");
  assert.ok(all.some((name) => name.startsWith("Sobel x")) && all.some((name) => name.startsWith("Weight in row")));
  assert.ok(!fewer.some((name) => /^(Sobel|Weight|Blur|Random)/.test(name)), `still there: ${fewer.join(" | ")}`);
  assert.ok(fewer.includes("Play"), "what was not named stays");
  for (const [control, label] of [["picture", /^Digit/], ["stride", /^Stride/], ["padding", /^Padding/], ["flip", /^Operation/], ["transport", /^Play/], ["speed", /^Speed/]]) {
    await follow(`#/convolution?hide=${control}`);
    const names = await controlNames(page);
    assert.ok(!names.some((name) => label.test(name)), `hide=${control}: still there: ${names.join(" | ")}`);
  }
  await follow("#/convolution?hide=presets,wallpaper");
  await toast(page, "wallpaper");
  await follow("#/convolution?hide=article,header");
  const shown = await page.evaluate(() => ["article", "header.bar"].map((what) => document.querySelector(what === "article" ? "#article" : what).checkVisibility()));
  assert.deepEqual(shown, [false, false]);
  await follow("#/convolution");
});

test("browser/links: theme= gives stage and page that theme, whatever the system says", async () => {
  const brightness = async () => {
    const picture = decode(await stageShot(page));
    return picture.at(6, 6).reduce((sum, value) => sum + value, 0) / 3;
  };
  const ground = () => page.evaluate(() => getComputedStyle(document.getElementById("article")).backgroundColor.match(/\d+/g).slice(0, 3).reduce((sum, value) => sum + Number(value), 0) / 3);
  for (const [theme, low, high] of [["light", 200, 255], ["dark", 5, 60], ["contrast", 0, 1]]) {
    await follow(`#/convolution?theme=${theme}`);
    assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), theme);
    const [stage, text] = [await brightness(), await ground()];
    assert.ok(stage >= low && stage <= high, `${theme}: the stage's ground is ${stage} bright`);
    assert.ok(text >= low && text <= high, `${theme}: the text's ground is ${text} bright`);
    await act(page, "set_stride", 2);
    await written("stride=2", `theme=${theme}`);
  }
  await follow("#/convolution?theme=pink");
  await toast(page, "pink");
  await follow("#/convolution");
});

test("browser/links: without theme= stage and page follow the system, also when it changes", async () => {
  await follow("#/convolution");
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "dark" }]);
  await page.waitForFunction(() => document.documentElement.dataset.theme === "dark");
  assert.ok(decode(await stageShot(page)).at(6, 6)[0] < 60, "the stage is dark");
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "light" }]);
  await page.waitForFunction(() => document.documentElement.dataset.theme === "light");
  assert.ok(decode(await stageShot(page)).at(6, 6)[0] > 200, "the stage is light");
  // Puppeteer does not know this one.
  const cdp = await page.createCDPSession();
  await cdp.send("Emulation.setEmulatedMedia", { features: [{ name: "prefers-contrast", value: "more" }] });
  await page.waitForFunction(() => document.documentElement.dataset.theme === "contrast");
  await page.emulateMediaFeatures([]);
});

test("browser/links: a link followed while the drawing sheet is open shows what it says", async () => {
  await follow("#/convolution?digit=2.2");
  const plain = await stageShot(page);
  await follow("#/convolution?digit=4.4");
  await tabTo(page, "Draw");
  await page.keyboard.press("Enter");
  await settled(page);
  await leaveStage(page);
  await follow("#/convolution?digit=2.2");
  const names = await controlNames(page);
  await page.focus("#stage");
  await page.keyboard.press("Escape");
  await leaveStage(page);
  assert.ok(names.includes("Digit 2, chosen") || names.includes("Digit 2"), `the sheet still covers the lesson that the link asks for: ${names.join(" | ")}`);
  assert.ok(plain.equals(await stageShot(page)), "it looks different from the same link before");
});

test("browser/links: the page did not complain in any of these", () => noComplaints(page));
