// The convolution on the page against one computed here, with plain loops and the padding formula of the literature.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { act, assertSentence, noComplaints, open, random, refusal, Site, state } from "./support/site.mjs";

const kCases = 72;
const kSeeksPerCase = 5;
const kUnitRoundoff = 2 ** -24;  // of a float32

let site;
let page;
before(async () => {
  site = await Site.open();
  page = await site.page();
});
after(() => site?.close());

/** Output size and zeros before the first pixel, along one side. "same" as TensorFlow documents it: the odd zero goes to the end. */
function along(size, stride, padding) {
  if (padding === "valid") return { out: Math.floor((size - 3) / stride) + 1, before: 0 };
  const out = Math.ceil(size / stride);
  return { out, before: Math.floor(Math.max((out - 1) * stride + 3 - size, 0) / 2) };
}

/** All that state() should say of every step: step k is output cell k, filter by filter, row by row. */
function expected({ height, width, channels, pixels, filters, stride, padding, flipped }) {
  const rows = along(height, stride, padding);
  const cols = along(width, stride, padding);
  const steps = [];
  const output = [];
  filters.forEach((weights, channel) => {
    for (let row = 0; row < rows.out; ++row) {
      for (let col = 0; col < cols.out; ++col) {
        const block = [];
        const products = [];
        for (let y = 0; y < 3; ++y) {
          for (let x = 0; x < 3; ++x) {
            for (let c = 0; c < channels; ++c) {
              const py = row * stride - rows.before + y;
              const px = col * stride - cols.before + x;
              const inside = py >= 0 && py < height && px >= 0 && px < width;
              const pixel = inside ? pixels[(py * width + px) * channels + c] : 0;
              const weight = flipped ? weights[((2 - y) * 3 + (2 - x)) * channels + c] : weights[(y * 3 + x) * channels + c];
              block.push(pixel);
              products.push(pixel * weight);
            }
          }
        }
        const sum = products.reduce((total, product) => total + product, 0);
        steps.push({ window: { row, col, channel }, block, products, sum });
        output[(row * cols.out + col) * filters.length + channel] = sum;
      }
    }
  });
  return { height: rows.out, width: cols.out, steps, output };
}

function randomCase(number) {
  const dice = random(9000 + number);
  const side = () => (dice.below(8) === 0 ? 28 : 1 + dice.below(12));
  const height = side();
  const width = side();
  const channels = 1 + dice.below(4);
  const small = height < 3 || width < 3;
  // Quarters are exact in float32 and so are all their sums here; every third case has numbers that are not.
  const exact = number % 3 !== 0;
  const value = (reach) => (exact ? (dice.below(8 * reach + 1) - 4 * reach) / 4 : Math.fround((dice.next() * 2 - 1) * reach));
  return {
    number,
    exact,
    height,
    width,
    channels,
    pixels: Array.from({ length: height * width * channels }, () => value(2)),
    filters: Array.from({ length: 1 + dice.below(4) }, () => Array.from({ length: 9 * channels }, () => value(3))),
    stride: Math.min(1 + dice.below(4), Math.max(height, width)),
    padding: small || dice.below(2) ? "same" : "valid",
    flipped: dice.below(2) === 1,
    dice,
  };
}

const recipe = (c) =>
  `case ${c.number}: input ${c.height}×${c.width}×${c.channels}, ${c.filters.length} filters, stride ${c.stride}, ${c.padding}${c.flipped ? ", flipped" : ""}`;

/** Sets a case up by verbs and asks for the state at some steps, in one go. */
const played = (c, seeks) =>
  page.evaluate(async ({ height, width, channels, pixels, filters, stride, padding, flipped }, at) => {
    const { open, do: act, state } = window.kernelglass;
    await open("convolution", { padding: "same" });
    await act("set_pixels", pixels, height, width, channels);
    for (const [index, values] of filters.entries()) await act("set_filter", index, values);
    await act("set_stride", stride);
    await act("set_padding", padding);
    await act("set_flipped", flipped);
    const states = [];
    for (const k of at) states.push(await act("seek", k));
    return { whole: state(), states };
  }, c, seeks);

function close(actual, wanted, products, c, about) {
  if (c.exact) return assert.ok(actual === wanted, `${recipe(c)}, ${about}: ${actual} instead of ${wanted}`);
  // n products and n sums in float32, each off by a rounding of at most the sum of magnitudes.
  const most = 2 * products.length * kUnitRoundoff * products.reduce((total, product) => total + Math.abs(product), 0);
  assert.ok(Math.abs(actual - wanted) <= most, `${recipe(c)}, ${about}: ${actual} instead of ${wanted} (at most ${most} apart)`);
}

test(`browser/oracle: ${kCases} random convolutions agree with an independent computation, step by step`, async () => {
  for (let number = 0; number < kCases; ++number) {
    const c = randomCase(number);
    const want = expected(c);
    const seeks = Array.from({ length: kSeeksPerCase }, () => c.dice.below(want.steps.length));
    seeks.push(0, want.steps.length - 1);
    const { whole, states } = await played(c, seeks);
    const { output } = whole;
    assert.deepEqual(whole.input.values, c.pixels, `${recipe(c)}: the input came through`);
    assert.deepEqual(whole.filters.map((filter) => filter.values), c.filters, `${recipe(c)}: the filters came through`);
    assert.deepEqual([output.height, output.width, output.channels], [want.height, want.width, c.filters.length], `${recipe(c)}: size of the output`);
    assert.equal(whole.steps, want.steps.length, `${recipe(c)}: steps`);
    assert.deepEqual([whole.stride, whole.padding, whole.flipped], [c.stride, c.padding, c.flipped], recipe(c));
    assert.equal(output.values.length, want.output.length, recipe(c));
    for (const [k, { window: cell, products }] of want.steps.entries()) {
      const i = (cell.row * want.width + cell.col) * c.filters.length + cell.channel;
      close(output.values[i], want.output[i], products, c, `output cell ${k} (${JSON.stringify(cell)})`);
    }
    for (const [i, k] of seeks.entries()) {
      const now = states[i];
      const step = want.steps[k];
      assert.equal(now.step, k, recipe(c));
      assert.equal(now.shown, k, `${recipe(c)}: at seek(${k}), cells 0 to ${k - 1} are written`);
      assert.deepEqual(now.window, step.window, `${recipe(c)}: window at seek(${k})`);
      assert.deepEqual(now.block, step.block, `${recipe(c)}: block at seek(${k})`);
      assert.equal(now.products.length, step.products.length, `${recipe(c)}: products at seek(${k})`);
      now.products.forEach((product, p) => close(product, step.products[p], [step.products[p]], c, `product ${p} at seek(${k})`));
      close(now.sum, step.sum, step.products, c, `sum at seek(${k})`);
      assert.equal(now.sum, output.values[(step.window.row * want.width + step.window.col) * c.filters.length + step.window.channel], `${recipe(c)}: the sum at seek(${k}) is the cell that it writes`);
    }
  }
});

test("browser/oracle: numbers worked by hand", async () => {
  await open(page);
  await act(page, "set_pixels", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16], 4, 4, 1);
  await act(page, "set_filter", 0, [1, 0, 0, 0, 10, 0, 0, 0, 100]);
  assert.deepEqual((await state(page)).output, { height: 2, width: 2, channels: 1, values: [1 + 60 + 1100, 2 + 70 + 1200, 5 + 100 + 1500, 6 + 110 + 1600] });
  await act(page, "set_flipped", true);
  assert.deepEqual((await state(page)).output.values, [100 + 60 + 11, 200 + 70 + 12, 500 + 100 + 15, 600 + 110 + 16]);
  await act(page, "set_flipped", false);
  await act(page, "set_padding", "same");
  await act(page, "set_stride", 2);
  // 4 pixels, stride 2: 2 cells, one zero in all, and it goes to the end.
  assert.deepEqual((await state(page)).output.values, [1161, 3 + 80, 9 + 140, 11 + 160]);
});

test("browser/oracle: flipped is the filter turned by half a turn", async () => {
  await open(page, { digit: "6.4" });
  const weights = [1, 2, 3, 4, 5, 6, 7, 8, 9];
  await act(page, "set_filter", 0, weights);
  const flipped = await act(page, "set_flipped", true);
  await act(page, "set_flipped", false);
  const turned = await act(page, "set_filter", 0, [...weights].reverse());
  assert.deepEqual(turned.output, flipped.output);
});

test("browser/oracle: a picture smaller than the filter is refused with valid padding and welcome with same", async () => {
  await open(page);
  for (const [height, width] of [[1, 1], [2, 2], [2, 9], [9, 2]]) {
    const values = Array.from({ length: height * width }, (_, i) => i + 1);
    const before = await state(page);
    assertSentence(await refusal(page, "set_pixels", values, height, width, 1), `set_pixels ${height}×${width}, valid`);
    assert.deepEqual(await state(page), before, "the refused picture changed nothing");
  }
  await act(page, "set_padding", "same");
  const small = await act(page, "set_pixels", [1, 2, 3, 4], 2, 2, 1);
  assert.deepEqual([small.output.height, small.output.width], [2, 2]);
  assertSentence(await refusal(page, "set_padding", "valid"), "set_padding(valid) on 2×2");
  assert.equal((await state(page)).padding, "same");
});

test("browser/oracle: the page did not complain in any of these", () => noComplaints(page));
