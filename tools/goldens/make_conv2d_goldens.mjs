// Writes tests/golden/conv2d.inc: what TensorFlow.js computes, for our conv2d to be compared with. Run by hand, only
// when cases are added. TensorFlow.js is no dependency of the project; install it outside of the repository:
//
//   mkdir /tmp/goldens && cd /tmp/goldens
//   npm install --no-save @tensorflow/tfjs-core@4.22.0 @tensorflow/tfjs-backend-cpu@4.22.0
//   cp REPOSITORY/tools/goldens/make_conv2d_goldens.mjs . && node make_conv2d_goldens.mjs > REPOSITORY/tests/golden/conv2d.inc
//
// Inputs are multiples of 1/4 and weights of 1/8, all small: then every product and every sum is exact in single
// precision, so that the results do not depend on the order of adding and the test can ask for equality.
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";

const cases = [
  { name: "3×3 valid", in: [1, 5, 6, 1], filters: [3, 3, 1, 1], strides: [1, 1], padding: "valid" },
  { name: "3×3 same, colour picture, several filters", in: [1, 4, 5, 3], filters: [3, 3, 3, 5], strides: [1, 1], padding: "same" },
  { name: "2×2 same: the odd zeros at the bottom and right", in: [1, 4, 4, 1], filters: [2, 2, 1, 2], strides: [1, 1], padding: "same" },
  { name: "4×4 same, even kernel", in: [1, 6, 5, 2], filters: [4, 4, 2, 4], strides: [1, 1], padding: "same" },
  { name: "3×3 same, stride 2, even image", in: [1, 6, 6, 1], filters: [3, 3, 1, 4], strides: [2, 2], padding: "same" },
  { name: "3×3 same, stride 2, odd image", in: [1, 7, 7, 1], filters: [3, 3, 1, 4], strides: [2, 2], padding: "same" },
  { name: "5×5 same, stride 3", in: [1, 8, 7, 2], filters: [5, 5, 2, 3], strides: [3, 3], padding: "same" },
  { name: "2×3 valid, stride 1 down and 2 right", in: [1, 5, 8, 2], filters: [2, 3, 2, 2], strides: [1, 2], padding: "valid" },
  { name: "2×3 same, stride 2 down and 1 right", in: [1, 5, 4, 1], filters: [2, 3, 1, 6], strides: [2, 1], padding: "same" },
  { name: "1×1, channels mixed pixel by pixel", in: [1, 3, 3, 4], filters: [1, 1, 4, 9], strides: [1, 1], padding: "valid" },
  { name: "filter larger than the image, same", in: [1, 2, 3, 1], filters: [5, 5, 1, 4], strides: [1, 1], padding: "same" },
  { name: "a batch of three, 17 filters", in: [3, 3, 3, 2], filters: [2, 2, 2, 17], strides: [1, 1], padding: "valid" },
];

let seed = 1;
function below(n) {  // Lehmer's generator: enough for test data
  seed = (seed * 48271) % 2147483647;
  return seed % n;
}
const count = (shape) => shape.reduce((a, b) => a * b, 1);
const draw = (n, unit) => Float32Array.from({ length: n }, () => (below(33) - 16) * unit);

function lines(values) {
  const list = `{${Array.from(values, (value) => String(value)).join(", ")}}`;
  return list.replace(/(.{1,108})(?: |$)/g, "   $1\n").trimEnd();
}

console.log("// Written by tools/goldens/make_conv2d_goldens.mjs with TensorFlow.js 4.22.0 (cpu). Do not edit.");
console.log("// name, input (N,H,W,I), filters (H,W,I,O), settings, output (N,H,W,O); input, weights, bias, output values");
console.log("// clang-format off");
for (const c of cases) {
  const input = draw(count(c.in), 1 / 4);
  const weights = draw(count(c.filters), 1 / 8);
  const bias = draw(c.filters[3], 1 / 8);
  const out = tf.add(tf.conv2d(tf.tensor4d(input, c.in), tf.tensor4d(weights, c.filters), c.strides, c.padding),
    tf.tensor1d(bias));
  console.log(`{"${c.name}", {${c.in.join(", ")}}, {${c.filters.join(", ")}}, ` +
    `{${c.strides.join(", ")}, Padding::${c.padding}, false}, {${out.shape.join(", ")}},`);
  console.log([input, weights, bias, out.dataSync()].map(lines).join(",\n") + "},");
}
