// What should come out: every workload in plain loops and double precision. Slow, and easy to believe.
import { kAscended, kTraining, count_of } from "./workloads.mjs";

// Calls visit(in_pixel, out_pixel, cell) for each cell of each window that lies inside of the image: indices of pixels, and of
// the cell of the kernel.
function for_each_cell(layer, visit) {
  const [n, h, w] = layer.input;
  const [, out_h, out_w] = layer.out;
  const { kernel, pad } = layer;
  for (let image = 0; image < n; ++image) {
    for (let y = 0; y < out_h; ++y) {
      for (let x = 0; x < out_w; ++x) {
        const out_pixel = (image * out_h + y) * out_w + x;
        for (let ky = Math.max(0, pad - y); ky < Math.min(kernel, h + pad - y); ++ky) {
          for (let kx = Math.max(0, pad - x); kx < Math.min(kernel, w + pad - x); ++kx) {
            visit((image * h + y + ky - pad) * w + x + kx - pad, out_pixel, ky * kernel + kx);
          }
        }
      }
    }
  }
}

// A dense layer is a convolution of one pixel.
const as_conv = (layer) =>
  layer.type === "conv2d"
    ? layer
    : { input: [layer.input[0], 1, 1, layer.input[1]], out: [layer.out[0], 1, 1, layer.out[1]], kernel: 1, pad: 0 };

function conv_forward(layer, input, weights, bias) {
  const inputs = layer.input[3], outputs = layer.out[3];
  const out = new Float64Array(count_of(layer.out));
  for (let k = 0; k < out.length; ++k) out[k] = bias[k % outputs];
  for_each_cell(layer, (in_pixel, out_pixel, cell) => {
    const to = out_pixel * outputs;
    for (let i = 0; i < inputs; ++i) {
      const value = input[in_pixel * inputs + i], from = (cell * inputs + i) * outputs;
      if (value !== 0) for (let o = 0; o < outputs; ++o) out[to + o] += value * weights[from + o];
    }
  });
  return out;
}

function conv_input_gradient(layer, weights, d_out) {
  const inputs = layer.input[3], outputs = layer.out[3];
  const d_in = new Float64Array(count_of(layer.input));
  for_each_cell(layer, (in_pixel, out_pixel, cell) => {
    for (let i = 0; i < inputs; ++i) {
      const from = (cell * inputs + i) * outputs;
      let sum = 0;
      for (let o = 0; o < outputs; ++o) sum += d_out[out_pixel * outputs + o] * weights[from + o];
      d_in[in_pixel * inputs + i] += sum;
    }
  });
  return d_in;
}

function conv_weight_gradient(layer, input, d_out) {
  const inputs = layer.input[3], outputs = layer.out[3];
  const d_weights = new Float64Array(layer.kernel * layer.kernel * inputs * outputs);
  for_each_cell(layer, (in_pixel, out_pixel, cell) => {
    for (let i = 0; i < inputs; ++i) {
      const value = input[in_pixel * inputs + i], to = (cell * inputs + i) * outputs;
      if (value !== 0) for (let o = 0; o < outputs; ++o) d_weights[to + o] += value * d_out[out_pixel * outputs + o];
    }
  });
  return d_weights;
}

function bias_gradient(d_out, outputs) {
  const d_bias = new Float64Array(outputs);
  for (let k = 0; k < d_out.length; ++k) d_bias[k % outputs] += d_out[k];
  return d_bias;
}

// Which value of each 2×2 window is the greatest: its index in the input.
function pool_winners(layer, input) {
  const [n, h, w, c] = layer.input;
  const winners = [];
  for (let image = 0; image < n; ++image) {
    for (let y = 0; y + 1 < h; y += 2) {
      for (let x = 0; x + 1 < w; x += 2) {
        for (let channel = 0; channel < c; ++channel) {
          const at = (dy, dx) => ((image * h + y + dy) * w + x + dx) * c + channel;
          winners.push([at(0, 1), at(1, 0), at(1, 1)].reduce((best, k) => (input[k] > input[best] ? k : best), at(0, 0)));
        }
      }
    }
  }
  return winners;
}

function softmax(values, classes) {
  for (let at = 0; at < values.length; at += classes) {
    const row = values.subarray(at, at + classes);
    const greatest = Math.max(...row);
    row.forEach((value, k) => (row[k] = Math.exp(value - greatest)));
    const sum = row.reduce((a, b) => a + b, 0);
    row.forEach((value, k) => (row[k] = value / sum));
  }
  return values;
}

/** All layers' inputs and, last, the output. `parameters` are as numbers_of gives them. */
function forward(workload, input, parameters) {
  const values = [Float64Array.from(input)];
  let next = 0;
  for (const layer of workload.layers) {
    const before = values.at(-1);
    if (layer.type === "flatten") {
      values.push(before);
    } else if (layer.type === "max_pooling2d") {
      values.push(Float64Array.from(pool_winners(layer, before), (k) => before[k]));
    } else {
      const out = conv_forward(as_conv(layer), before, parameters[next], parameters[next + 1]);
      next += 2;
      if (layer.activation === "relu") out.forEach((value, k) => (out[k] = Math.max(value, 0)));
      if (layer.activation === "softmax") softmax(out, layer.units);
      values.push(out);
    }
  }
  return values;
}

/** From the gradient of the last layer's sums back: the gradients of all parameters (if wanted) and of the input (if wanted). */
function backward(workload, values, parameters, d_sums, { of_parameters, of_input }) {
  const gradients = [];
  let next = parameters.length;
  let d_out = d_sums;
  for (let k = workload.layers.length - 1; k >= 0; --k) {
    const layer = workload.layers[k];
    if (layer.type === "max_pooling2d") {
      const d_in = new Float64Array(values[k].length);
      pool_winners(layer, values[k]).forEach((winner, at) => (d_in[winner] += d_out[at]));
      d_out = d_in;
    } else if (layer.type !== "flatten") {
      next -= 2;
      if (layer.activation === "relu") d_out = d_out.map((value, at) => (values[k + 1][at] > 0 ? value : 0));
      if (of_parameters) {
        gradients.unshift(conv_weight_gradient(as_conv(layer), values[k], d_out), bias_gradient(d_out, layer.out.at(-1)));
      }
      if (k > 0 || of_input) d_out = conv_input_gradient(as_conv(layer), parameters[next], d_out);
    }
  }
  return { gradients, d_input: d_out };
}

function train(workload, { input, labels, parameters }) {
  const [images, classes] = workload.out;
  const weights = parameters.map((values) => Float64Array.from(values));
  const speeds = parameters.map((values) => new Float64Array(values.length));
  for (let step = 0; step < kTraining.checked_steps; ++step) {
    const values = forward(workload, input, weights);
    // Softmax and cross-entropy together: the probability, minus one at the right class; the loss is the batch's mean.
    const d_sums = values.at(-1).map((p, k) => (p - (labels[Math.floor(k / classes)] === k % classes ? 1 : 0)) / images);
    const { gradients } = backward(workload, values, weights, d_sums, { of_parameters: true });
    weights.forEach((weight, at) => {
      const speed = speeds[at];
      weight.forEach((value, k) => {
        speed[k] = kTraining.momentum * speed[k] - kTraining.rate * gradients[at][k];
        weight[k] = value + speed[k];
      });
    });
  }
  return change_of(parameters, weights);
}

function ascend(workload, { input, parameters }) {
  const [, h, w, channels] = workload.out;
  const values = forward(workload, input, parameters);
  const d_out = new Float64Array(count_of(workload.out));
  for (let k = kAscended; k < d_out.length; k += channels) d_out[k] = 1 / (h * w);
  return backward(workload, values, parameters, d_out, { of_input: true }).d_input;
}

/** What training is compared by: how far it has moved each parameter, all in one list. */
export function change_of(before, after) {
  return Float64Array.from(before.flatMap((values, at) => Array.from(values, (value, k) => after[at][k] - value)));
}

/** The workload's result: the output; how training changed the parameters; or the gradient with respect to the image. */
export function expected_of(workload, numbers) {
  switch (workload.task) {
    case "train":
      return train(workload, numbers);
    case "ascend":
      return ascend(workload, numbers);
    default:
      return forward(workload, numbers.input, numbers.parameters).at(-1);
  }
}

/** ‖got − expected‖ / ‖expected‖, or infinity if they are of different lengths. */
export function difference(got, expected) {
  if (got.length !== expected.length) return Infinity;
  let apart = 0, size = 0;
  for (let k = 0; k < expected.length; ++k) {
    apart += (got[k] - expected[k]) ** 2;
    size += expected[k] ** 2;
  }
  return Math.sqrt(apart / size);
}

/**
 * How far from the reference (see `difference`) single precision may lead. The rounding errors of a sum of K products grow as
 * √K·ε; layers add theirs; 8 leaves room for the order of adding and for Winograd's transforms. In a gradient, a value within
 * that error of zero may moreover fall on the other side of a relu. About that part of all values does, each of them changes
 * the gradient by its share of the norm, and so the part's root comes on top.
 */
export function tolerance_of(workload) {
  const sums = workload.layers.filter((layer) => layer.sum_length).flatMap((layer) => {
    const there = Math.sqrt(layer.sum_length);
    const positions = layer.type === "conv2d" ? count_of(layer.out.slice(0, 3)) : layer.out[0];
    return { forward: [there], train: [there, Math.sqrt(positions), there], ascend: [there, there] }[workload.task];
  });
  const rounding = 8 * 2 ** -24 * sums.reduce((a, b) => a + b, 0);
  return workload.task === "forward" ? rounding : rounding + Math.sqrt(rounding);
}
