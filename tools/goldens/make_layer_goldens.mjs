// Writes tests/golden/layers.inc: what TensorFlow.js computes, forward and backward, for our layers and losses to be
// compared with. Run by hand, only when cases are added. TensorFlow.js is no dependency of the project; install it outside
// of the repository (the package that holds all of it, because the one of the core alone registers no gradients in Node):
//
//   mkdir /tmp/goldens && cd /tmp/goldens
//   npm install --no-save @tensorflow/tfjs@4.22.0
//   cp REPOSITORY/tools/goldens/make_layer_goldens.mjs . && node make_layer_goldens.mjs > REPOSITORY/tests/golden/layers.inc
//
// Inputs, weights and gradients given are small multiples of 1/4 or 1/8, so that sums of products of them are exact in single
// precision: what is linear can be asked to be equal, and of the rest only its own roundings have to be allowed for.
//
// Three things TensorFlow.js does not do, or does otherwise than Keras, are written here with other operations of it:
//   - It has no gradient of a convolution with dilation: the filter is spread out, with zeros between its cells.
//   - The gradient of its average pooling with `same` padding divides by the whole window, though forward divides by the
//     pixels inside of the image: here windows are summed by a depthwise convolution and divided by how many there are.
//   - Its batch normalisation takes mean and variance as given: they are computed here, and so are part of the gradient.
import * as tf from "@tensorflow/tfjs";

await tf.setBackend("cpu");

let seed = 1;
function below(n) {  // Lehmer's generator: enough for test data
  seed = (seed * 48271) % 2147483647;
  return seed % n;
}
const count = (shape) => shape.reduce((a, b) => a * b, 1);
const draw = (shape, unit, least = -16) => tf.tensor(Float32Array.from({ length: count(shape) }, () => (below(33) + least) * unit), shape);

// The filter with dilation − 1 zeros between its cells, along its first two axes.
function spread(filter, [down, right]) {
  const [h, w, i, o] = filter.shape;
  const cells = [];
  for (let y = 0; y < h; ++y) {
    for (let x = 0; x < w; ++x) {
      const before = [y * down, x * right], after = [(h - 1 - y) * down, (w - 1 - x) * right];
      cells.push(tf.pad(tf.slice(filter, [y, x, 0, 0], [1, 1, i, o]),
        [[before[0], after[0]], [before[1], after[1]], [0, 0], [0, 0]]));
    }
  }
  return tf.addN(cells);
}

function window_sums(x, pool, strides, padding) {
  return tf.depthwiseConv2d(x, tf.ones([...pool, x.shape[3], 1]), strides, padding);
}

// One function of (x, …parameters) per layer; the text is the layer in C++.
const pair = (sizes) => `{${sizes.join(", ")}}`;
const padding_text = (padding) => (padding === "same" ? ", .padding = Padding::same" : "");

function conv2d({ name, image, filters, kernel, strides = [1, 1], padding = "valid", dilation = [1, 1], images = 1 }) {
  return {
    name: `conv2d, ${name}`,
    layer: `Conv2D{.filters = ${filters}, .kernel = ${pair(kernel)}, .strides = ${pair(strides)}${padding_text(padding)}, ` +
      `.dilation = ${pair(dilation)}}`,
    in: image, images,
    parameters: [draw([...kernel, image[2], filters], 1 / 8), draw([filters], 1 / 8)],
    run: (x, weights, bias) => tf.add(tf.conv2d(x, spread(weights, dilation), strides, padding), bias),
    check: dilation.some((d) => d > 1) &&
      ((x, weights, bias) => tf.add(tf.conv2d(x, weights, strides, padding, "NHWC", dilation), bias)),
  };
}

function dense({ name, shape, units, images }) {
  const inputs = shape.at(-1);
  return {
    name: `dense, ${name}`, layer: `Dense{.units = ${units}}`, in: shape, images,
    parameters: [draw([inputs, units], 1 / 8), draw([units], 1 / 8)],
    run: (x, weights, bias) => tf.add(tf.matMul(x.reshape([-1, inputs]), weights), bias).reshape([images, ...shape.slice(0, -1), units]),
  };
}

function pooling({ name, kind, image, pool, strides, padding = "valid", images = 1 }) {
  const max = kind === "max";
  const average = (x) => tf.div(window_sums(x, pool, strides, padding), window_sums(tf.onesLike(x), pool, strides, padding));
  return {
    name: `${kind} pooling, ${name}`,
    layer: `${max ? "MaxPooling2D" : "AveragePooling2D"}{.pool = ${pair(pool)}, .strides = ${pair(strides)}${padding_text(padding)}}`,
    in: image, images, parameters: [], few: name.includes("ties"),
    run: max ? (x) => tf.maxPool(x, pool, strides, padding) : average,
    check: !max && ((x) => tf.avgPool(x, pool, strides, padding)),
  };
}

function activation(kind, run, slope) {
  return { name: kind, layer: `Activation{ActivationKind::${kind}${slope ? `, ${slope}f` : ""}}`, in: [3, 5], images: 2, parameters: [], run };
}

function batch_normalization({ name, shape, images, training, epsilon }) {
  const channels = [shape.at(-1)];
  const axes = Array.from({ length: shape.length }, (_, k) => k);
  const normal = (x, mean, variance, gamma, beta) =>
    tf.add(tf.mul(gamma, tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, epsilon)))), beta);
  return {
    name: `batch normalization, ${name}`, layer: `BatchNormalization{.epsilon = ${epsilon}f}`, in: shape, images, training,
    parameters: [draw(channels, 1 / 8), draw(channels, 1 / 8), draw(channels, 1 / 8), draw(channels, 1 / 8, 1)],
    learned: 2,
    run: (x, gamma, beta, moving_mean, moving_variance) => {
      if (!training) return normal(x, moving_mean, moving_variance, gamma, beta);
      const mean = tf.mean(x, axes);
      return normal(x, mean, tf.mean(tf.square(tf.sub(x, mean)), axes), gamma, beta);
    },
  };
}

const layers = [
  conv2d({ name: "3×3 valid, two images", image: [5, 6, 2], filters: 3, kernel: [3, 3], images: 2 }),
  conv2d({ name: "2×2 same, even filter", image: [4, 5, 1], filters: 4, kernel: [2, 2], padding: "same" }),
  conv2d({ name: "4×4 same, even filter", image: [6, 5, 2], filters: 5, kernel: [4, 4], padding: "same" }),
  conv2d({ name: "3×3 same, stride 2, even image", image: [6, 6, 1], filters: 4, kernel: [3, 3], strides: [2, 2], padding: "same" }),
  conv2d({ name: "3×3 same, stride 2, odd image", image: [7, 5, 5], filters: 2, kernel: [3, 3], strides: [2, 2], padding: "same" }),
  conv2d({ name: "4×2 same, stride 2 down, 3 right", image: [7, 8, 2], filters: 3, kernel: [4, 2], strides: [2, 3], padding: "same" }),
  conv2d({ name: "3×2 valid, stride 3 down, 2 right: pixels left over", image: [8, 7, 2], filters: 2, kernel: [3, 2], strides: [3, 2] }),
  conv2d({ name: "3×3 valid, dilation 2", image: [7, 8, 2], filters: 3, kernel: [3, 3], dilation: [2, 2] }),
  conv2d({ name: "2×3 same, dilation 3 down, 2 right", image: [5, 6, 2], filters: 4, kernel: [2, 3], padding: "same", dilation: [3, 2] }),
  conv2d({ name: "5×5 same, filter larger than the image", image: [2, 3, 1], filters: 4, kernel: [5, 5], padding: "same" }),
  dense({ name: "a list", shape: [7], units: 5, images: 3 }),
  dense({ name: "a sequence", shape: [3, 4], units: 6, images: 2 }),
  dense({ name: "a picture", shape: [2, 3, 5], units: 2, images: 2 }),
  pooling({ name: "2×2", kind: "max", image: [5, 6, 3], pool: [2, 2], strides: [2, 2], images: 2 }),
  pooling({ name: "3×3 at stride 2, same, even image", kind: "max", image: [6, 6, 5], pool: [3, 3], strides: [2, 2], padding: "same" }),
  pooling({ name: "3×2 at stride 1, overlapping, with ties", kind: "max", image: [6, 5, 4], pool: [3, 2], strides: [1, 1] }),
  pooling({ name: "2×2 at stride 1, same, with ties", kind: "max", image: [5, 4, 2], pool: [2, 2], strides: [1, 1], padding: "same" }),
  pooling({ name: "2×2", kind: "average", image: [5, 6, 3], pool: [2, 2], strides: [2, 2], images: 2 }),
  pooling({ name: "3×3 at stride 2, same, even image", kind: "average", image: [6, 6, 5], pool: [3, 3], strides: [2, 2], padding: "same" }),
  pooling({ name: "3×2 at stride 1, overlapping", kind: "average", image: [6, 5, 4], pool: [3, 2], strides: [1, 1] }),
  pooling({ name: "5×5 at stride 1, same", kind: "average", image: [4, 3, 2], pool: [5, 5], strides: [1, 1], padding: "same" }),
  activation("relu", (x) => tf.relu(x)),
  activation("leaky_relu", (x) => tf.leakyRelu(x, 0.25), 0.25),
  activation("sigmoid", (x) => tf.sigmoid(x)),
  activation("tanh", (x) => tf.tanh(x)),
  activation("softmax", (x) => tf.softmax(x)),
  batch_normalization({ name: "training, pictures", shape: [3, 2, 5], images: 2, training: true, epsilon: 0.001 }),
  batch_normalization({ name: "training, lists", shape: [3], images: 6, training: true, epsilon: 0.125 }),
  batch_normalization({ name: "inference, pictures", shape: [3, 2, 5], images: 2, training: false, epsilon: 0.001 }),
];

// The shortest decimal that is read as this float, as C++ writes it.
function decimal(value) {
  for (let digits = 1; ; ++digits) {
    const text = Number(value.toPrecision(digits));
    if (Math.fround(text) === Math.fround(value)) return Number.isInteger(text) ? String(text) : `${text}f`;
  }
}

function lines(values) {
  const list = `{${Array.from(values, decimal).join(", ")}}`;
  return list.replace(/(.{1,108})(?: |$)/g, "   $1\n").trimEnd();
}
const lists = (tensors) => (tensors.length === 0 ? "   {}" : `   {\n${tensors.map((t) => lines(t.dataSync())).join(",\n")}}`);

function same(a, b) {
  const [x, y] = [a.dataSync(), b.dataSync()];
  return x.length === y.length && x.every((value, k) => Math.abs(value - y[k]) <= 1e-6);
}

console.log("// Written by tools/goldens/make_layer_goldens.mjs with TensorFlow.js 4.22.0 (cpu). Do not edit.");
console.log("// LAYER: name, layer, input shape, images, training; input, parameters, output, dout, din, their gradients");
console.log("// LOSS: name, loss, images, values each; values, targets, loss, gradient");
console.log("// clang-format off");
for (const c of layers) {
  // With few different values there are ties.
  const x = c.few ? tf.tensor(Float32Array.from({ length: c.images * count(c.in) }, () => below(3)), [c.images, ...c.in])
    : draw([c.images, ...c.in], 1 / 4);
  const out = c.run(x, ...c.parameters);
  if (c.check && !same(out, c.check(x, ...c.parameters))) throw new Error(`${c.name}: written with other operations it differs`);
  const dout = draw(out.shape, 1 / 4);
  const learned = c.parameters.slice(0, c.learned ?? c.parameters.length), others = c.parameters.slice(learned.length);
  const [din, ...gradients] = tf.grads((...args) => c.run(...args, ...others))([x, ...learned], dout);
  console.log(`LAYER("${c.name}", ${c.layer}, SampleShape(${c.in.join(", ")}), ${c.images}, ${Boolean(c.training)},`);
  console.log([lines(x.dataSync()), lists(c.parameters), lines(out.dataSync()), lines(dout.dataSync()), lines(din.dataSync()),
    lists(gradients)].join(",\n") + ")");
}

const losses = [
  {
    name: "softmax and cross-entropy", loss: "cross_entropy", shape: [5, 4],
    targets: (shape) => tf.oneHot(Array.from({ length: shape[0] }, () => below(shape[1])), shape[1]).toFloat(),
    run: (x, targets) => tf.losses.softmaxCrossEntropy(targets, x),
  },
  {
    name: "mean squared error", loss: "mean_squared_error", shape: [3, 5], targets: (shape) => draw(shape, 1 / 4),
    run: (x, targets) => tf.losses.meanSquaredError(targets, x),
  },
];
for (const c of losses) {
  const x = draw(c.shape, 1 / 4), targets = c.targets(c.shape);
  const dx = tf.grad((values) => c.run(values, targets))(x);
  console.log(`LOSS("${c.name}", Loss::${c.loss}, ${c.shape.join(", ")},`);
  console.log([lines(x.dataSync()), lines(targets.dataSync()), `   ${decimal(c.run(x, targets).dataSync()[0])}`, lines(dx.dataSync())].join(",\n") + ")");
}
