// TensorFlow.js, its WebAssembly (SIMD, XNNPACK) and its plain JavaScript backend, with one thread, through its core operations
// (the layers API on top of them is slower).
import { change_of } from "./reference.mjs";
import { forget_loaded, in_page, load_peer, version_of } from "./peers.mjs";
import { conv2d_relu } from "./tfjs_gradients.mjs";
import { kAscended, kTraining } from "./workloads.mjs";

const kSlowWithCpu = ["A6", "D"]; // seconds a call

// Layer by layer from `x`; `conv` and the last layer's activation are the caller's choice.
function walk(tf, layers, parameters, x, conv, head) {
  let next = 0;
  for (const layer of layers) {
    if (layer.type === "conv2d") x = conv(layer, x, parameters[next++], parameters[next++]);
    if (layer.type === "max_pooling2d") x = tf.maxPool(x, 2, 2, "valid");
    if (layer.type === "flatten") x = tf.reshape(x, layer.out);
    if (layer.type === "dense") x = head(tf.fused.matMul({ a: x, b: parameters[next++], bias: parameters[next++] }));
  }
  return x;
}

const fused = (tf) => (layer, x, filter, bias) =>
  tf.fused.conv2d({ x, filter, strides: 1, pad: layer.padding, bias, activation: layer.activation ?? "linear" });

const stock = (tf) => (layer, x, filter, bias) => tf.relu(tf.add(tf.conv2d(x, filter, 1, layer.padding), bias));

// Ends with the numbers in an array of JavaScript's, as every contender's run does.
function reading(compute) {
  let kept = null;
  return {
    run() {
      const tensor = compute();
      kept = tensor.dataSync();
      tensor.dispose();
    },
    result: () => kept,
    dispose() {},
  };
}

function forward_job(tf, workload, { input, parameters }) {
  return reading(() => tf.tidy(() => walk(tf, workload.layers, parameters, input, fused(tf), tf.softmax)));
}

function train_job(tf, workload, { input, parameters, labels }, numbers, own_gradients) {
  const variables = parameters.map((tensor) => tf.variable(tensor));
  const targets = tf.oneHot(labels, workload.out[1]);
  const optimizer = tf.train.momentum(kTraining.rate, kTraining.momentum);
  const conv = own_gradients ? conv2d_relu(tf, { of_filter: true }) : stock(tf);
  const loss = () => tf.losses.softmaxCrossEntropy(targets, walk(tf, workload.layers, variables, input, conv, (x) => x));
  return {
    run: () => optimizer.minimize(loss, false, variables),
    result: () => change_of(numbers.parameters, variables.map((variable) => variable.dataSync())),
    dispose: () => [targets, optimizer, ...variables].forEach((each) => each.dispose()),
  };
}

function ascend_job(tf, workload, { input, parameters }, numbers, own_gradients) {
  const conv = own_gradients ? conv2d_relu(tf, { of_filter: false }) : stock(tf);
  const [n, h, w] = workload.out;
  const activation = (x) =>
    tf.mean(tf.slice(walk(tf, workload.layers, parameters, x, conv), [0, 0, 0, kAscended], [n, h, w, 1]));
  const gradient = tf.grad(activation);
  const job = reading(() => gradient(input));
  return { ...job, dispose: () => [job, conv].forEach((each) => each.dispose?.()) };
}

const kJobs = { forward: forward_job, train: train_job, ascend: ascend_job };

async function prepare(tf, own_gradients, workload, numbers) {
  const shapes = workload.layers.flatMap((layer) => layer.parameters);
  make_current(tf);
  const tensors = {
    input: tf.tensor(numbers.input, workload.input),
    parameters: numbers.parameters.map((values, at) => tf.tensor(values, shapes[at])),
    labels: tf.tensor1d(numbers.labels, "int32"),
  };
  const job = kJobs[workload.task](tf, workload, tensors, numbers, own_gradients);
  return {
    ...job,
    before_turn: () => make_current(tf),
    dispose() {
      make_current(tf);
      [job, tensors.input, tensors.labels, ...tensors.parameters].forEach((each) => each.dispose());
    },
  };
}

// Where all copies of the library look for their state. (Each knows its own, but tensors ask here.)
const kShared = ["tf", "_tfengine", "_tfGlobals"];
const make_current = (tf) => (globalThis._tfengine = tf.engine());

// A copy of the library for one backend: as in a page that uses but this one, and V8 learns nothing from the other's calls.
async function open_copy(peers, backend) {
  for (const name of kShared) delete globalThis[name];
  await forget_loaded(peers);
  const tf = await load_peer(peers, "@tensorflow/tfjs", "dist/tf.min.js", "tf");
  tf.enableProdMode();
  if (backend === "wasm") {
    await load_peer(peers, "@tensorflow/tfjs-backend-wasm", "dist/tf-backend-wasm.min.js");
    tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
    if (in_page()) tf.wasm.setWasmPaths(`${peers}@tensorflow/tfjs-backend-wasm/dist/`);
  }
  if (!(await tf.setBackend(backend))) throw new Error(`the backend ${backend} of TensorFlow.js did not start.`);
  return tf;
}

export async function open_tfjs({ peers }) {
  const wasm = await open_copy(peers, "wasm");
  const cpu = await open_copy(peers, "cpu");
  const version = `TensorFlow.js ${await version_of(peers, "@tensorflow/tfjs")}`;
  return [
    {
      name: "tfjs-wasm",
      variant: "simd128",
      version: `${version} wasm and cpu`,
      notes: {
        C: "has no gradient for filters, so model.fit fails; here its forward convolution computes them (a custom gradient)",
        D: "its own gradient for inputs is slow; here its forward convolution computes it (a custom gradient)",
      },
      skips: () => false,
      prepare: (workload, numbers) => prepare(wasm, true, workload, numbers),
    },
    {
      name: "tfjs-cpu",
      variant: "js",
      version: `${version} wasm and cpu`,
      notes: {},
      skips: (workload, quick) => quick && kSlowWithCpu.includes(workload.name),
      prepare: (workload, numbers) => prepare(cpu, false, workload, numbers),
    },
  ];
}
