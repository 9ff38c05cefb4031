// The worked examples of the course, through the page's own interface.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { act, noComplaints, open, Site, tabTo } from "./support/site.mjs";

let site;
let page;
before(async () => {
  site = await Site.open();
  page = await site.page();
});
after(() => site?.close());

const near = (value, wanted) => assert.ok(Math.abs(value - wanted) < 1e-6, `${value} instead of ${wanted}`);

test("browser/worked: image: a digit is 28×28 numbers, in colour 28×28×3; a number drawn is a number read", async () => {
  const grey = await open(page, { digit: "7.3" }, "image");
  assert.deepEqual([grey.input.height, grey.input.width, grey.input.channels, grey.numbers], [28, 28, 1, 784]);
  assert.equal(grey.histogram.reduce((sum, count) => sum + count), 784, "every pixel is in one bar");
  const near = await act(page, "set_zoom", 7, 12, 5, 5);
  assert.deepEqual(near.zoom, { top: 7, left: 12, height: 5, width: 5 });
  const looked = await act(page, "look_at", 9, 14);
  assert.equal(looked.pixel.value, looked.input.values[9 * 28 + 14]);
  assert.equal(looked.pixel.byte, Math.round(looked.pixel.value * 255));
  const drawn = await act(page, "set_pixel", 9, 14, 0.2);
  assert.equal(drawn.pixel.byte, 51);
  const colour = await act(page, "set_colour_digit", 7, 3);
  assert.deepEqual([colour.input.channels, colour.numbers, colour.pixel.values.length], [3, 2352, 3]);
});

const kEdges = {
  top_edge: [-1, -1, -1, 1, 1, 1, 0, 0, 0],
  bottom_edge: [0, 0, 0, 1, 1, 1, -1, -1, -1],
  left_edge: [-1, 1, 0, -1, 1, 0, -1, 1, 0],
  right_edge: [0, 1, -1, 0, 1, -1, 0, 1, -1],
};
test("browser/worked: filter: the four edge detectors, and what they make of the digit", async () => {
  await open(page, {}, "filter");
  const now = await act(page, "edge_detectors");
  assert.deepEqual(Object.fromEntries(now.filters.map(({ name, values }) => [name, values])), kEdges);
  const pixel = (row, col) => now.input.values[row * 28 + col];
  Object.values(kEdges).forEach((weights, filter) => {
    const { height, width, values } = now.outputs[filter];
    assert.deepEqual([height, width], [26, 26]);
    values.forEach((value, cell) => {
      const row = Math.floor(cell / 26), col = cell % 26;
      const sum = weights.reduce((all, weight, k) => all + weight * pixel(row + Math.floor(k / 3), col + (k % 3)), 0);
      assert.ok(Math.abs(value - sum) < 1e-5, `filter ${filter}, row ${row}, column ${col}: ${value} instead of ${sum}`);
    });
  });
});

for (const [name, edge] of [["top_edge", "top"], ["bottom_edge", "bottom"], ["left_edge", "left"], ["right_edge", "right"]]) {
  test(`browser/worked: filter: the strongest place of ${name} is told to be a ${edge} edge`, async () => {
    await open(page, {}, "filter");
    const inside = (at) => at >= 3 && at < 9;
    await act(page, "set_pixels", Array.from({ length: 144 }, (_, k) => Number(inside(Math.floor(k / 12)) && inside(k % 12))), 12, 12, 1);  // a light square
    await act(page, "set_filter", 0, kEdges[name]);  // its numbers, not its name
    const { strongest, outputs } = await act(page, "choose", 0);
    assert.match(strongest.positive.words, new RegExp(`: a ${edge} edge\\.`));
    assert.equal(strongest.positive.value, outputs[0].values[strongest.positive.row * outputs[0].width + strongest.positive.col]);
    near(strongest.positive.value, Math.max(...outputs[0].values));
    near(strongest.negative.value, Math.min(...outputs[0].values));
  });
}

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

test("browser/worked: a stack from shapes is counted in parameters, and the way back leads to it", async () => {
  await open(page, {}, "shapes");
  const { total } = await act(page, "set_filters", 3, 96);
  const link = await page.waitForSelector('#article a[data-to="count_link"]');
  // The text follows the stage a frame later.
  await page.waitForFunction((place) => place.getAttribute("href") === `#/${window.kernelglass.state().count_link}`, {}, link);
  await link.evaluate((place) => place.click());
  await page.waitForFunction(() => window.kernelglass.state().slug === "parameters");
  const there = await page.evaluate(() => window.kernelglass.state());
  assert.deepEqual([there.preset, there.total], ["stack", total]);
  await page.goBack();
  await page.waitForFunction(() => window.kernelglass.state().slug === "shapes");
  assert.equal((await page.evaluate(() => window.kernelglass.state())).total, total);
  // The same by the press on the stage, and back by the one there.
  await tabTo(page, "Count this network’s parameters");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => window.kernelglass.state().slug === "parameters");
  await tabTo(page, "Change its layers");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => window.kernelglass.state().slug === "shapes");
  assert.equal((await page.evaluate(() => window.kernelglass.state())).total, total);
  await act(page, "load_preset", "broken");
  await page.waitForFunction(() => document.querySelector('#article a[data-to="count_link"]')?.hasAttribute("href") === false);
});

test("browser/worked: backprop: every gradient is its chain-rule product, and an update lowers the loss", async () => {
  await open(page, {}, "backprop");
  const start = await act(page, "set_view", "small");
  const [x, h, a] = start.values;
  const [wishes, slopes] = [start.activation_gradients, start.slopes];
  near(start.loss, ((a[0] - start.targets[0]) ** 2 + (a[1] - start.targets[1]) ** 2) / 2);
  assert.equal(start.prediction, a[1] > a[0] ? 1 : 0);
  [[x, 0], [h, 1]].forEach(([inputs, layer]) => {
    const outputs = wishes[layer].length;
    start.gradients[layer].weights.forEach((gradient, k) => near(gradient, wishes[layer][k % outputs] * slopes[layer][k % outputs] * inputs[Math.floor(k / outputs)]));
    start.gradients[layer].biases.forEach((gradient, k) => near(gradient, wishes[layer][k] * slopes[layer][k]));
    start.new_weights[layer].weights.forEach((weight, k) => near(weight, start.weights[layer].weights[k] - start.learning_rate * start.gradients[layer].weights[k]));
  });
  wishes[0].forEach((wish, j) => near(wish, [0, 1].reduce((sum, k) => sum + wishes[1][k] * slopes[1][k] * start.weights[1].weights[j * 2 + k], 0)));
  const next = await act(page, "update", 1);
  near(next.loss, start.loss_after);
  assert.ok(next.loss < start.loss);
  await act(page, "set_view", "digits");
  const digit = await act(page, "rewind");
  assert.ok((await act(page, "update", 1)).loss < digit.loss);
});

test("browser/worked: gradients: they vanish, explode and are cured, layer by layer", async () => {
  await open(page, {}, "gradients");
  const sizes = ({ per_layer }) => per_layer.map(({ gradient }) => gradient);
  const isProduct = ({ per_layer, ratio_first_last }) => {
    const product = per_layer.slice(0, -1).reduce((all, { factor }) => all * factor, 1);
    assert.ok(Math.abs(product / ratio_first_last - 1) < 1e-6);
    assert.ok(Math.abs(per_layer[0].gradient / per_layer.at(-1).gradient / ratio_first_last - 1) < 1e-6);
  };
  const vanishing = await act(page, "load_preset", "vanishing");
  assert.equal(vanishing.per_layer.length, 20);
  assert.deepEqual(vanishing.per_layer.map(({ layer }) => layer), Array.from({ length: 20 }, (_, k) => k + 1));
  isProduct(vanishing);
  assert.ok(sizes(vanishing).every((size, k, all) => k === 0 || size > all[k - 1]));
  assert.ok(vanishing.ratio_first_last < 1e-12 && vanishing.per_layer[0].update_ratio < 1e-12);
  const cured = await act(page, "load_preset", "relu_he");
  isProduct(cured);
  assert.ok(cured.ratio_first_last > 0.05 && cured.ratio_first_last < 20, `${cured.ratio_first_last}`);
  const exploding = await act(page, "load_preset", "exploding");
  isProduct(exploding);
  assert.ok(exploding.ratio_first_last > 1e6 && exploding.per_layer[0].update_ratio > 100);
});

test("browser/worked: init: 250 inputs of 1 and weights N(0, 1): the variance is 250, its root 15.81", async () => {
  await open(page, {}, "init");
  const now = await act(page, "set_view", "neuron");
  assert.deepEqual([now.n, now.weights, now.expected_variance], [250, "normal", 250]);
  assert.equal(now.expected_deviation.toFixed(2), "15.81");
  // Of 5000 draws the variance is off by 2 %, √(2/4999); five times that never happens.
  assert.ok(Math.abs(now.z_variance - 250) < 25, `${now.z_variance}`);
  assert.ok(now.saturated > 0.7);
  const tamed = await act(page, "set_weights", "xavier");
  assert.ok(Math.abs(tamed.z_variance - 1) < 0.1 && tamed.saturated < 0.05);
});

test("browser/worked: l2: λ = 8 and 400 digits are Keras’ 0.01; the penalty is factor · Σw²", async () => {
  await open(page, {}, "l2");
  await act(page, "set_size", 400);
  const now = await act(page, "set_lambda", 8);
  near(now.factor, 0.01);
  const after = await act(page, "train", 20);
  assert.equal(after.updates, 20);
  near(after.runs[1].penalty, 0.01 * after.runs[1].weight_norm);
  near(after.runs[0].penalty, 0);
  near(after.runs[1].gap, after.runs[1].validation_loss - after.runs[1].loss);
});

test("browser/worked: batch: 1000 images in batches of 10 are 100 batches an epoch", async () => {
  await open(page, {}, "batch");
  const { images, batch_size, batches_per_epoch, steps } = await act(page, "load_preset", "1000_10");
  assert.deepEqual([images, batch_size, batches_per_epoch, steps], [1000, 10, 100, 100]);
  const { batches_per_epoch: rounded, last_batch } = await act(page, "load_preset", "1000_64");
  assert.deepEqual([rounded, last_batch], [16, 40]);
  await act(page, "set_view", "race");
  const { runs, standings } = await act(page, "train_epoch");
  assert.deepEqual(runs.map((run) => [run.batch_size, run.updates]), [[1, 1000], [10, 100], [100, 10], [1000, 1]]);
  assert.ok(runs.every(({ images_seen, seconds }) => images_seen === 1000 && seconds >= 0));
  assert.ok(standings.epochs.at === 1 && standings.epochs.leader <= 10, "per epoch the small batches lead");
  const { surface } = await act(page, "set_view", "surface");
  assert.deepEqual(surface.paths.map((path) => path.left.length), [101, 101, 101, 101]);
  const [one, ten] = surface.paths.map(({ noise, batch_size }) => noise * Math.sqrt(batch_size));
  assert.ok(ten / one > 0.7 && ten / one < 1.4, `${one} and ${ten}: the noise falls with the root of the batch`);
  assert.ok(surface.paths[3].noise < 1e-6 && surface.paths[0].times_as_long > 2);
});

test("browser/worked: finetune: 7333 parameters, of which 1445 are trained; what is frozen changes by exactly 0", async () => {
  await open(page, {}, "finetune");
  await act(page, "set_view", "second");
  const now = await act(page, "train", 10);
  assert.equal(now.total, 7333); // 80 + 1168 + 4640 + 1445
  assert.equal(now.trainable, 1445);
  assert.equal(now.non_trainable, 5888);
  assert.deepEqual(now.runs[2].change.slice(0, 3), [0, 0, 0]);
  assert.ok(now.runs[2].change[3] > 0);
  assert.ok(now.runs[1].validation_accuracy > now.runs[0].validation_accuracy + 0.1, "transfer is ahead");
  assert.equal((await act(page, "set_frozen", 2, false)).trainable, 1445 + 4640);
});

test("browser/worked: batchnorm: x, z, z·g, z·g + b of a batch; miles and age standardised", async () => {
  await open(page, {}, "batchnorm");
  await act(page, "load_preset", "three_steps");
  await act(page, "set_gamma", 2);
  const now = await act(page, "set_beta", 1);
  const x = now.three_steps[0].values;
  const mean = x.reduce((sum, v) => sum + v, 0) / x.length;
  const variance = x.reduce((sum, v) => sum + (v - mean) ** 2, 0) / x.length;
  near(now.mean, mean);
  near(now.std, Math.sqrt(variance));
  x.forEach((v, i) => assert.ok(Math.abs(now.three_steps[3].values[i] - (2 * (v - mean)) / Math.sqrt(variance + now.epsilon) - 1) < 1e-4, `digit ${i}`));
  assert.ok(Math.abs(now.three_steps[1].mean) < 1e-5 && Math.abs(now.three_steps[3].mean - 1) < 1e-5);
  await act(page, "set_view", "miles_age");
  const drivers = await act(page, "set_scaling", "standardised");
  for (const { miles, miles_shown } of drivers.table)
    assert.ok(Math.abs(miles_shown - (miles - drivers.miles.mean) / drivers.miles.std) < 1e-5);
});

test("browser/worked: the page did not complain in any of these", () => noComplaints(page));
