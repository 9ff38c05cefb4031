// window.kernelglass, as pages that embed it rely on it: what it answers, what it refuses, and that a refusal changes nothing.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { act, assertSentence, noComplaints, open, Site, settled, state } from "./support/site.mjs";

let site;
let page;
before(async () => {
  site = await Site.open();
  page = await site.page();
});
beforeEach(() => open(page));
after(() => site?.close());

const isWhole = (value) => Number.isInteger(value) && value >= 0;
const isNumbers = (list, length) => Array.isArray(list) && list.length === length && list.every((value) => Number.isFinite(value));

test("browser/contract: lessons() names every chapter of the list", async () => {
  const lessons = await page.evaluate(() => window.kernelglass.lessons());
  assert.ok(lessons.some((lesson) => lesson.slug === "convolution"), "there is the lesson convolution");
  for (const lesson of lessons) assert.deepEqual(Object.keys(lesson).sort(), ["slug", "title"]);
  const listed = await page.$$eval("#chapters-list .chapter", (links) => links.map((link) => link.dataset.slug));
  assert.deepEqual(listed, lessons.map((lesson) => lesson.slug), "the chapter list shows the same lessons in the same order");
  const titles = await page.$$eval("#chapters-list .chapter-title", (places) => places.map((place) => place.textContent));
  assert.deepEqual(titles, lessons.map((lesson) => lesson.title), "under the same titles");
});

test("browser/contract: state() has the common keys, each of its type", async () => {
  const now = await state(page);
  assert.equal(now.slug, "convolution");
  assert.ok(isWhole(now.step), `step: ${now.step}`);
  assert.ok(isWhole(now.steps) && now.steps > 0, `steps: ${now.steps}`);
  assert.ok(now.step < now.steps);
  assert.equal(now.playing, false);
  assert.ok(isWhole(now.seed), `seed: ${now.seed}`);
  assertSentence(now.narration, "narration");
});

test("browser/contract: state() of the convolution has its keys, with sizes that fit each other", async () => {
  await open(page, { colour: "3.7", filters: "sobel_x~blur", stride: 2, padding: "same" });
  await act(page, "seek", 200);
  const now = await state(page);
  const { input, filters, output } = now;
  for (const [name, map] of Object.entries({ input, output, ...filters })) {
    assert.ok(isWhole(map.height) && isWhole(map.width) && isWhole(map.channels), `${name} has whole sizes`);
    assert.ok(isNumbers(map.values, map.height * map.width * map.channels), `${name} has height × width × channels numbers`);
  }
  assert.deepEqual([input.height, input.width, input.channels], [28, 28, 3]);
  assert.equal(filters.length, 2);
  for (const filter of filters) assert.deepEqual([filter.height, filter.width, filter.channels], [3, 3, 3]);
  assert.deepEqual([output.height, output.width, output.channels], [14, 14, 2]);
  assert.equal(now.steps, 14 * 14 * 2, "a step is one output cell");
  assert.equal(now.stride, 2);
  assert.equal(now.padding, "same");
  assert.equal(now.flipped, false);
  assert.deepEqual(now.window, { row: 0, col: 4, channel: 1 }, "cell 200 of 14×14 is cell 4 of the second filter");
  assert.ok(isNumbers(now.block, 27) && isNumbers(now.products, 27));
  assert.equal(typeof now.sum, "number");
  assert.equal(now.shown, 200);
});

test("browser/contract: verbs() lists at least the issue's verbs with their parameters", async () => {
  const verbs = new Map((await page.evaluate(() => window.kernelglass.verbs())).map((verb) => [verb.name, verb]));
  const wanted = {
    set_digit: ["digit", "seed"],
    set_pixels: ["values", "height", "width", "channels"],
    set_filter: ["index", "values"],
    set_cell: ["index", "row", "col", "value"],
    set_stride: ["n"],
    set_padding: 1,
    set_flipped: 1,
    seek: ["step"],
    step: ["n"],
    play: [],
    pause: [],
    set_speed: ["x"],
  };
  for (const [name, params] of Object.entries(wanted)) {
    const verb = verbs.get(name);
    assert.ok(verb, `there is no verb ${name}`);
    const needed = verb.params.filter((param, i) => !param.optional || i < (params.length ?? params));
    if (Array.isArray(params)) assert.deepEqual(needed.map((param) => param.name), params, name);
    else assert.equal(needed.length, params, name);
  }
  for (const verb of verbs.values()) {
    assertSentence(verb.about, `${verb.name}: about`);
    for (const param of verb.params) assert.ok(param.name && param.type, `${verb.name}: a parameter has a name and a type`);
  }
});

test("browser/contract: do() resolves to the new state", async () => {
  for (const [verb, args, key, value] of [
    ["set_stride", [3], "stride", 3],
    ["set_padding", ["same"], "padding", "same"],
    ["set_flipped", [true], "flipped", true],
    ["seek", [17], "step", 17],
    ["step", [-2], "step", 15],
    ["set_digit", [4, 99], "seed", 99],
    ["play", [], "playing", true],
    ["pause", [], "playing", false],
  ]) {
    const now = await act(page, verb, ...args);
    assert.equal(now[key], value, `${verb}(${args})`);
    if (verb !== "play") assert.deepEqual(now, await state(page), `${verb}(${args}) answers what state() answers`);
  }
});

test("browser/contract: do() takes typed arrays as numbers", async () => {
  const input = await page.evaluate(async () =>
    (await window.kernelglass.do("set_pixels", Float32Array.of(0, 0.5, 1, -1, 2, 3, 4, 5, 6), 3, 3, 1)).input);
  assert.deepEqual(input.values, [0, 0.5, 1, -1, 2, 3, 4, 5, 6]);
});

test("browser/contract: the same digit and seed are the same picture, another seed is another", async () => {
  const first = (await act(page, "set_digit", 8, 5)).input.values;
  const other = (await act(page, "set_digit", 8, 6)).input.values;
  const again = (await act(page, "set_digit", 8, 5)).input.values;
  assert.deepEqual(again, first);
  assert.notDeepEqual(other, first);
  await act(page, "set_digit", 8);
  assert.notDeepEqual((await act(page, "set_digit", 8)).input.values, (await act(page, "set_digit", 8)).input.values, "without a seed each is a fresh one");
});

// Arguments that are impossible for each verb. It runs in the page, since JSON knows no NaN.
function impossibleCalls() {
  const nan = [NaN];
  const huge = new Array(300_000).fill(0);
  const long = "x".repeat(200_000);
  const deep = [];
  for (let i = 0, at = deep; i < 2000; ++i) at.push((at = []));
  const nine = [1, 2, 3, 4, 5, 6, 7, 8, 9];
  const withNan = [1, 2, 3, 4, NaN, 6, 7, 8, 9];
  const withInfinity = [1, 2, 3, 4, Infinity, 6, 7, 8, 9];
  const noWholes = [undefined, null, "1", "", true, [], [1], {}, NaN, Infinity, -Infinity, 0.5, 2 ** 60, 1e300, () => 1, new Date(0)];
  const noNumbers = noWholes.filter((value) => typeof value !== "number" || !Number.isFinite(value));
  const each = (values, make) => values.map(make);
  return {
    set_digit: [[], [1, 2, 3], [10], [-1], [1, -1], [1, -5], ...each(noWholes, (v) => [v]), ...each(noWholes, (v) => [1, v])],
    set_colour_digit: [[], [1, 2, 3], [10], [-1], [1, -5], ...each(noWholes, (v) => [v])],
    set_pixels: [
      [], [nine], [nine, 3, 3], [nine, 3, 3, 1, 1], [nine, 3, 3, 2], [nine, 2, 4, 1], [nine, 3, 0, 1], [nine, -3, -3, 1], [[], 0, 0, 0],
      [nine, 9, 1, 1], [nine, 1.5, 6, 1], [withNan, 3, 3, 1], [withInfinity, 3, 3, 1], [[...nine.slice(1), "9"], 3, 3, 1],
      [[...nine.slice(1), null], 3, 3, 1], [[...nine.slice(1), 1e39], 3, 3, 1], [[nine], 3, 3, 1], ["123456789", 3, 3, 1], [{}, 3, 3, 1], [9, 3, 3, 1],
      [huge, 1000, 300, 1], [huge, 3, 3, 1], [nine, 1e9, 1e9, 1e9], [nine, 2 ** 31, 2 ** 31, 1], [new Uint8Array(9), 3, 3, 1], [deep, 3, 3, 1],
      ...each(noWholes, (v) => [nine, v, 3, 1]), ...each(noWholes, (v) => [nine, 3, v, 1]), ...each(noWholes, (v) => [nine, 3, 3, v]),
    ],
    set_filter: [
      [], [0], [nine], [0, nine, 1], [0, []], [0, nine.slice(1)], [0, [...nine, 10]], [2, nine], [8, nine], [-1, nine], [1e9, nine], [0, withNan], [0, withInfinity],
      [0, [...nine.slice(1), 1001]], [0, [...nine.slice(1), -1e30]], [0, huge], [0, "123456789"], [0, { length: 9 }], [0, deep], ...each(noWholes, (v) => [v, nine]),
    ],
    set_cell: [
      [], [0], [0, 0], [0, 0, 0], [0, 0, 0, 1, 0, 0], [1, 0, 0, 1], [-1, 0, 0, 1], [0, 3, 0, 1], [0, -1, 0, 1], [0, 0, 3, 1], [0, 0, -1, 1], [0, 0, 0, 1001], [0, 0, 0, -1e30],
      [0, 0, 0, 1, 1], [0, 0, 0, 1, -1], ...each(noWholes, (v) => [v, 0, 0, 1]), ...each(noWholes, (v) => [0, v, 0, 1]), ...each(noWholes, (v) => [0, 0, v, 1]),
      ...each(noNumbers, (v) => [0, 0, 0, v]), ...each(noWholes, (v) => [0, 0, 0, 1, v]),
    ],
    set_preset: [[], [0], ["blur"], [0, "blurr"], [0, ""], [0, "BLUR"], [0, long], [0, "\u0000"], [0, "\ud800"], [0, 5], [0, null], [0, ["blur"]], [2, "blur"], [-1, "blur"], ...each(noWholes, (v) => [v, "blur"])],
    add_filter: [[], ["blurr"], [5], [null], [long], ["blur", "blur"]],
    remove_filter: [[], [0], [1], [-1], [0, 0], ...each(noWholes, (v) => [v])],
    set_stride: [[], [1, 1], [0], [-1], [29], [1e9], ...each(noWholes, (v) => [v])],
    set_padding: [[], ["valid", "valid"], ["Same"], [""], ["full"], [long], [0], [true], [null], nan, [["same"]], [{}]],
    set_flipped: [[], [true, true], [0], [1], ["true"], [null], nan, [[]], [{}], [undefined]],
    seek: [[], [1, 1], [-1], [676], [1e9], ...each(noWholes, (v) => [v])],
    step: [[], [1, 1], ...each(noWholes, (v) => [v])],
    step_product: [[], [1, 1], ...each(noWholes, (v) => [v])],
    scrub: [[], [1, 1], ...each(noNumbers, (v) => [v])],
    predict: [[], [1, 1], [2e6], ...each(noNumbers, (v) => [v])],
    play: [[1], [null], [[]]],
    pause: [[1], [null]],
    finish: [[1]],
    set_speed: [[], [1, 1], [0], [-1], [-0.5], [20001], [1e300], [0.001], ...each(noNumbers, (v) => [v])],
    add_stroke: [[], [[]], [[0.5]], [[0.1, 0.2, 0.3]], [[0.1, 0.2], [1, 1]], [[0.1, NaN]], [[0.1, Infinity]], [["0.1", "0.2"]], [huge.map((_, i) => (i % 997) / 997)], ["0.1,0.2"], [{}], [[0.1, 0.2], 1]],
    undo_stroke: [[], [1]],
    clear_drawing: [[1]],
    select_image: [[], [0], [-1], ...each(noWholes, (v) => [v])],
    set_photo_colour: [[], [true], [1], [null]],
    load_idx: [[], ["a"], ["a", "b"], ["a", [0, 0, 8, 3]], ["a", new Uint8Array(0)], ["a", Uint8Array.of(0, 0, 8, 3)], [1, Uint8Array.of(0, 0, 8, 3)], ["a", { $bytes: 0 }], ["a", { $bytes: 1e9 }]],
    load_image: [
      [], ["a", new Uint8Array(16)], ["a", new Uint8Array(16), 2, 3], ["a", new Uint8Array(16), 0, 0], ["a", new Uint8Array(16), -2, -2], ["a", new Uint8Array(0), 2, 2],
      ["a", new Uint8Array(16), 1e9, 1e9], ["a", new Uint8Array(16), 2 ** 31, 2 ** 33], ["a", "bytes", 2, 2], ["a", new Uint8Array(16), 2, 2],
    ],
    reset: [[-1], ["1"], [1, 1], [0.5], [NaN], [Infinity], [null], [2 ** 60]],
    no_such_verb: [[], [1]],
    "": [[]],
    __proto__x: [[]],
    constructor: [[]],
    Play: [[]],
    [long]: [[]],
  };
}

test("browser/contract: impossible arguments of every verb are refused in a sentence, and nothing has changed", async () => {
  const result = await page.evaluate(async (source) => {
    const calls = new Function(`return (${source})()`)();
    const kernelglass = window.kernelglass;
    const before = JSON.stringify(kernelglass.state());
    const seen = [];
    for (const [verb, list] of Object.entries(calls)) {
      for (const args of list) {
        const call = `${verb.slice(0, 30)}(${args.map((arg) => String(typeof arg === "object" ? JSON.stringify(arg) : typeof arg === "string" ? `"${arg}"` : arg).slice(0, 40)).join(", ")})`;
        let error = null;
        try {
          await kernelglass.do(verb, ...args);
        } catch (caught) {
          error = caught;
        }
        const changed = JSON.stringify(kernelglass.state()) !== before;
        seen.push({ call, isError: error instanceof Error, message: error?.message, changed });
        if (changed) await kernelglass.open("convolution", {});
      }
    }
    return { seen, verbs: kernelglass.verbs().map((verb) => verb.name), tried: Object.keys(calls) };
  }, impossibleCalls.toString());

  const untried = result.verbs.filter((verb) => !result.tried.includes(verb) && verb !== "show_drawing");
  assert.deepEqual(untried, [], "every verb is in this table");
  const problems = [];
  for (const { call, isError, message, changed } of result.seen) {
    if (!isError) problems.push(`${call} was done`);
    else {
      try {
        assertSentence(message, call);
        assert.match(message, /^[^a-z]|^[a-z]+_[a-z]+|^(seek|step|scrub|predict|play|pause|finish|reset)/, `${call}: “${message.slice(0, 200)}” does not begin like a sentence`);
        assert.ok(message.length <= 400, `${call}: the sentence has ${message.length} characters: ${message.slice(0, 100)}…`);
      } catch (error) {
        problems.push(error.message.split("\n")[0]);
      }
    }
    if (changed) problems.push(`${call} changed the state`);
  }
  assert.ok(result.seen.length > 300, "the table was run");
  assert.ok(problems.length === 0, `of ${result.seen.length} calls these were not refused as they should be:\n${problems.join("\n")}`);
});

test("browser/contract: a verb that is not a text is refused, too", async () => {
  const messages = await page.evaluate(async () => {
    const answers = [];
    for (const verb of [undefined, null, 5, {}, [], NaN]) answers.push(await window.kernelglass.do(verb).then(() => "done", (error) => error.message));
    return answers;
  });
  for (const message of messages) assertSentence(message, "do(not a text)");
});

test("browser/contract: a refused verb tells nobody of a change", async () => {
  await settled(page);
  const heard = await page.evaluate(async () => {
    let count = 0;
    const off = window.kernelglass.on("change", () => ++count);
    await window.kernelglass.do("set_stride", 0).catch(() => {});
    for (let i = 0; i < 6; ++i) await new Promise((resolve) => window.__seen.native(resolve));
    off();
    return count;
  });
  assert.equal(heard, 0);
});

test("browser/contract: open() takes parameters as numbers or texts and resolves to the state", async () => {
  const first = await page.evaluate(() => window.kernelglass.open("convolution", { digit: "2.11", stride: 2, padding: "same", flip: true, at: 5 }));
  assert.deepEqual([first.seed, first.stride, first.padding, first.flipped, first.step], [11, 2, "same", true, 5]);
  const second = await page.evaluate(() => window.kernelglass.open("convolution", { digit: "2.11", stride: "2", padding: "same", flip: "1", at: "5" }));
  assert.deepEqual(second, first);
  const bare = await page.evaluate(() => window.kernelglass.open("convolution"));
  assert.deepEqual([bare.stride, bare.padding, bare.flipped], [1, "valid", false], "what is not named is as in a fresh lesson");
});

test("browser/contract: open() of a chapter that does not exist rejects in a sentence and leaves the stage alone", async () => {
  await act(page, "set_stride", 3);
  const before = await state(page);
  for (const slug of ["no-such-chapter", "", null, 7]) {
    const message = await page.evaluate((name) => window.kernelglass.open(name).then(() => null, (error) => error.message), slug);
    assertSentence(message, `open(${slug})`);
    assert.deepEqual(await state(page), before);
  }
});

test("browser/contract: on(\"change\") is called with the state after a change, until it is unsubscribed", async () => {
  await settled(page);
  const heard = await page.evaluate(async () => {
    const frames = async () => {
      for (let i = 0; i < 6; ++i) await new Promise((resolve) => window.__seen.native(resolve));
    };
    const steps = [];
    const off = window.kernelglass.on("change", (now) => steps.push(now.step));
    await window.kernelglass.do("seek", 11);
    await frames();
    await window.kernelglass.do("seek", 12);
    await frames();
    const told = [...steps];
    off();
    await window.kernelglass.do("seek", 13);
    await frames();
    return { told, after: steps.length - told.length };
  });
  assert.deepEqual(heard.told.at(0), 11);
  assert.deepEqual(heard.told.at(-1), 12);
  assert.equal(heard.after, 0, "after unsubscribing it hears nothing");
});

test("browser/contract: on() of another event is refused in a sentence", async () => {
  const message = await page.evaluate(() => {
    try {
      window.kernelglass.on("changed", () => {});
      return null;
    } catch (error) {
      return error.message;
    }
  });
  assertSentence(message, "on(changed)");
});

test("browser/contract: nobody can replace a part of window.kernelglass by mistake", async () => {
  const same = await page.evaluate(() => {
    const before = window.kernelglass.state;
    try {
      window.kernelglass.state = () => "mine";
    } catch {
      // Strict code hears of it.
    }
    return window.kernelglass.state === before;
  });
  assert.equal(same, true);
});

test("browser/contract: the page did not complain in any of these", () => noComplaints(page));
