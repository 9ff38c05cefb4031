// The worked examples of the course, through the page's own interface.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { act, noComplaints, open, Site } from "./support/site.mjs";

let site;
let page;
before(async () => {
  site = await Site.open();
  page = await site.page();
});
after(() => site?.close());

const near = (value, wanted) => assert.ok(Math.abs(value - wanted) < 1e-6, `${value} instead of ${wanted}`);

test("browser/worked: padding: 4×4 and a 3×3 filter give 2×2; a border of one keeps 28", async () => {
  await open(page, {}, "padding");
  await act(page, "set_n", 4);
  await act(page, "set_f", 3);
  await act(page, "set_s", 1);
  const valid = await act(page, "set_p", 0);
  assert.deepEqual([valid.n, valid.f, valid.p, valid.s, valid.output], [4, 3, 0, 1, 2]);
  await act(page, "set_n", 28);
  assert.equal((await act(page, "set_mode", "same")).output, 28);
});

const kDense16 = { output: [20, 20, 16], params: 64 };
const kModels = {
  model_valid: {
    rows: [kDense16, { output: [18, 18, 32], params: 4640 }, { output: [14, 14, 64], params: 51264 }, { output: [8, 8, 128], params: 401536 }, { output: [8192], params: 0 }, { output: [2], params: 16386 }],
    total: 473890,
  },
  model_same: {
    rows: [kDense16, { output: [20, 20, 32], params: 4640 }, { output: [20, 20, 64], params: 51264 }, { output: [20, 20, 128], params: 401536 }, { output: [51200], params: 0 }, { output: [2], params: 102402 }],
    total: 559906,
  },
  model_pool: {
    rows: [kDense16, { output: [20, 20, 32], params: 4640 }, { output: [10, 10, 32], params: 0 }, { output: [10, 10, 64], params: 51264 }, { output: [6400], params: 0 }, { output: [2], params: 12802 }],
    total: 68770,
  },
};
for (const [name, { rows, total }] of Object.entries(kModels)) {
  test(`browser/worked: shapes: ${name}`, async () => {
    await open(page, {}, "shapes");
    const now = await act(page, "load_preset", name);
    assert.deepEqual(now.rows.map(({ output, params }) => ({ output, params })), rows);
    assert.deepEqual([now.total, now.trainable, now.non_trainable], [total, total, 0]);
  });
}

test("browser/worked: pooling: the 4×4 example's maxima are 9, 8, 6, 5", async () => {
  await open(page, {}, "pooling");
  const now = await act(page, "load_preset", "4x4");
  assert.deepEqual([now.input.height, now.input.width, now.window, now.stride, now.mode], [4, 4, 2, 2, "max"]);
  assert.deepEqual(now.output.values, [9, 8, 6, 5]);
  const average = await act(page, "set_mode", "average");
  average.output.values.forEach((mean, cell) => {
    const corner = Math.floor(cell / 2) * 8 + (cell % 2) * 2;
    near(mean, [0, 1, 4, 5].reduce((sum, place) => sum + now.input.values[corner + place], 0) / 4);
  });
});

test("browser/worked: pooling: 26×26 becomes 13×13", async () => {
  await open(page, {}, "pooling");
  const { input, output } = await act(page, "load_preset", "26x26");
  assert.deepEqual([input.height, input.width, output.height, output.width], [26, 26, 13, 13]);
  const largest = (row, col) => Math.max(...[0, 1, 26, 27].map((place) => input.values[row * 52 + col * 2 + place]));
  assert.deepEqual(output.values, Array.from({ length: 169 }, (_, cell) => largest(Math.floor(cell / 13), cell % 13)));
});

test("browser/worked: bias: silent with bias 0, firing with bias 1, from a weighted sum of −1 on", async () => {
  await open(page, {}, "bias");
  await act(page, "set_inputs", [1, 2]);
  await act(page, "set_weights", [-0.55, 0.1]);
  const silent = await act(page, "set_bias", 0);
  near(silent.weighted_sum, -0.35);
  assert.deepEqual([silent.activation, silent.firing], [0, false]);
  near(silent.threshold, 0);
  const firing = await act(page, "set_bias", 1);
  near(firing.weighted_sum, -0.35);
  near(firing.activation, 0.65);
  assert.deepEqual([firing.firing, firing.threshold], [true, -1]);
  assert.equal((await act(page, "set_bias", -5)).threshold, 5);
});

test("browser/worked: parameters: 17 and 2515", async () => {
  await open(page, {}, "parameters");
  const dense = await act(page, "load_preset", "dense_2_3_2");
  assert.deepEqual(dense.layers.filter(({ total }) => total > 0).map(({ weights, biases, total }) => [weights, biases, total]), [[6, 3, 9], [6, 2, 8]]);
  assert.equal(dense.total, 17);
  const cnn = await act(page, "load_preset", "cnn_2515");
  assert.deepEqual(cnn.layers.filter(({ total }) => total > 0).map(({ weights, biases, total }) => [weights, biases, total]), [[54, 2, 56], [54, 3, 57], [2400, 2, 2402]]);
  assert.equal(cnn.total, 2515);
});

test("browser/worked: batch: 1000 images in batches of 10 are 100 batches an epoch", async () => {
  await open(page, {}, "batch");
  const { images, batch_size, batches_per_epoch, steps } = await act(page, "load_preset", "1000_10");
  assert.deepEqual([images, batch_size, batches_per_epoch, steps], [1000, 10, 100, 100]);
  const { batches_per_epoch: rounded, last_batch } = await act(page, "load_preset", "1000_64");
  assert.deepEqual([rounded, last_batch], [16, 40]);
});

test("browser/worked: the page did not complain in any of these", () => noComplaints(page));
