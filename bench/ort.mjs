// ONNX Runtime Web, its WebAssembly (SIMD) with one thread. It takes models as ONNX files, so they are written here, in its
// layout: images (N, C, H, W), filters (O, I, H, W). It does not train; the gradient of an image is a graph like any other.
import { OnnxGraph } from "./onnx.mjs";
import { load_peer_module, version_of } from "./peers.mjs";
import { count_of, kAscended } from "./workloads.mjs";

/** Values of `shape` with the axes in the order `axes`: out(i[axes[0]], i[axes[1]], …) = values(i). */
function transposed(values, shape, axes) {
  const out = new Float32Array(values.length);
  const steps = shape.map((_, axis) => count_of(shape.slice(axis + 1)));
  const sizes = axes.map((axis) => shape[axis]);
  const index = sizes.map(() => 0);
  for (let k = 0; k < out.length; ++k) {
    out[k] = values[index.reduce((sum, at, axis) => sum + at * steps[axes[axis]], 0)];
    for (let axis = sizes.length - 1; axis >= 0 && ++index[axis] === sizes[axis]; --axis) index[axis] = 0;
  }
  return out;
}

const kToChannelsFirst = [0, 3, 1, 2], kToChannelsLast = [0, 2, 3, 1];
const channels_first = ([n, h, w, c]) => [n, c, h, w];

const conv_attributes = ({ kernel, pad }) => ({ kernel_shape: [kernel, kernel], pads: [pad, pad, pad, pad] });

// (I, O) behind a flatten: its I are (H, W, C) with us, and (C, H, W) here.
function dense_weights(weights, layer, before) {
  if (before?.type !== "flatten") return weights;
  const [, h, w, c] = before.input;
  return transposed(weights, [h, w, c, layer.units], [2, 0, 1, 3]);
}

/** Adds the layers to the graph; returns the names of all values, the input first and the output last. */
function add_forward(graph, workload, parameters, input) {
  const values = [input];
  let next = 0;
  workload.layers.forEach((layer, at) => {
    const x = values.at(-1);
    let y = x;
    if (layer.type === "conv2d") {
      const [, , inputs, filters] = layer.parameters[0];
      const weights = transposed(parameters[next++], layer.parameters[0], [3, 2, 0, 1]);
      const shape = [filters, inputs, layer.kernel, layer.kernel];
      y = graph.node("Conv", [x, graph.constant(shape, weights), graph.constant([filters], parameters[next++])], conv_attributes(layer));
    } else if (layer.type === "max_pooling2d") {
      y = graph.node("MaxPool", [x], { kernel_shape: [2, 2], strides: [2, 2] });
    } else if (layer.type === "flatten") {
      y = graph.node("Flatten", [x]);
    } else if (layer.type === "dense") {
      const weights = dense_weights(parameters[next++], layer, workload.layers[at - 1]);
      y = graph.node("Gemm", [x, graph.constant(layer.parameters[0], weights), graph.constant([layer.units], parameters[next++])]);
    }
    if (layer.activation === "relu") y = graph.node("Relu", [y]);
    if (layer.activation === "softmax") y = graph.node("Softmax", [y], { axis: 1 });
    values.push(y);
  });
  return values;
}

// The greatest of each 2×2 window gets the gradient: the image seen as windows, compared with their greatest values.
function add_pool_gradient(graph, layer, x, y, d_y, zero) {
  const [n, h, w, c] = layer.input;
  const windows = (value, size) => graph.reshape(value, [n, c, h / 2, size, w / 2, size]);
  const is_greatest = graph.node("Equal", [windows(x, 2), windows(y, 1)]);
  return graph.reshape(graph.node("Where", [is_greatest, windows(d_y, 1), zero]), channels_first(layer.input));
}

/** The gradient of the mean activation of one filter with respect to the image. */
function add_ascent(graph, workload, parameters, input) {
  const values = add_forward(graph, workload, parameters, input);
  const [, h, w, channels] = workload.out;
  const start = new Float32Array(count_of(workload.out));
  start.fill(1 / (h * w), kAscended * h * w, (kAscended + 1) * h * w);
  const zero = graph.constant([], new Float32Array(1));
  const positive_part = (value, d_value) => graph.node("Where", [graph.node("Greater", [value, zero]), d_value, zero]);
  let d_value = graph.constant([1, channels, h, w], start);
  let next = parameters.length;
  for (let k = workload.layers.length - 1; k >= 0; --k) {
    const layer = workload.layers[k];
    if (layer.type === "max_pooling2d") {
      // What lies before it is a relu's output: where the greatest is 0, nothing passes.
      d_value = add_pool_gradient(graph, layer, values[k], values[k + 1], positive_part(values[k + 1], d_value), zero);
    } else {
      if (workload.layers[k + 1]?.type !== "max_pooling2d") d_value = positive_part(values[k + 1], d_value);
      next -= 2;
      const [kernel, , inputs, filters] = layer.parameters[0];
      const turned = transposed(parameters[next], layer.parameters[0], [2, 3, 0, 1]);
      for (let at = 0; at < turned.length; at += kernel * kernel) turned.subarray(at, at + kernel * kernel).reverse();
      d_value = graph.node("Conv", [d_value, graph.constant([inputs, filters, kernel, kernel], turned)], conv_attributes(layer));
    }
  }
  return d_value;
}

function model_of(workload, parameters) {
  const graph = new OnnxGraph();
  const input = graph.input("input", channels_first(workload.input));
  const ascends = workload.task === "ascend";
  const result = ascends ? add_ascent(graph, workload, parameters, input) : add_forward(graph, workload, parameters, input).at(-1);
  const last = ascends ? workload.input : workload.out;
  const shape = last.length === 4 ? channels_first(last) : last;
  graph.node("Identity", [result], {}, "result");
  graph.output("result", shape);
  return { model: graph.model(), shape };
}

async function prepare(ort, workload, { input, parameters }) {
  const { model, shape } = model_of(workload, parameters);
  const session = await ort.InferenceSession.create(model, { executionProviders: ["wasm"], graphOptimizationLevel: "all" });
  const feeds = {
    input: new ort.Tensor("float32", transposed(input, workload.input, kToChannelsFirst), channels_first(workload.input)),
  };
  let values = null;
  return {
    asynchronous: true,
    async run() {
      values = (await session.run(feeds)).result.data;
    },
    result: () => (shape.length === 4 ? transposed(values, shape, kToChannelsLast) : values),
    dispose: () => session.release(),
  };
}

export async function open_ort({ peers }) {
  const folder = "onnxruntime-web/dist/";
  const ort = await load_peer_module(peers, { page: `${folder}ort.wasm.min.mjs`, node: `${folder}ort.node.min.mjs` });
  ort.env.wasm.numThreads = 1;
  return [
    {
      name: "ort-web",
      variant: "simd128",
      version: `ONNX Runtime Web ${await version_of(peers, "onnxruntime-web")}, wasm`,
      notes: { D: "runs a graph of forward and backward made by hand" },
      skips: (workload) => workload.task === "train" && "does not train",
      prepare: (workload, numbers) => prepare(ort, workload, numbers),
    },
  ];
}
