// Kernelglass' engine: its WebAssembly with relaxed SIMD and with SIMD, and the machine's ceiling in the same instructions.
import { change_of } from "./reference.mjs";
import { count_of, kAscended, kTraining } from "./workloads.mjs";

const kVariants = { relaxed: "relaxed", simd128: "simd" };  // as they are told, and as they are built
const kTasks = { forward: 0, train: 1, ascend: 2 }; // kgb_task

function add_layer(engine, layer) {
  switch (layer.type) {
    case "conv2d":
      return engine._kgb_conv2d(layer.filters, layer.kernel, layer.padding === "same", layer.activation === "relu");
    case "max_pooling2d":
      return engine._kgb_max_pooling2d();
    case "flatten":
      return engine._kgb_flatten();
    case "dense":
      return engine._kgb_dense(layer.units, layer.activation === "softmax");
  }
}

// Where numbers lie in the module's memory. (Ask again after anything that may make it grow.)
const floats = (engine, address, length) => engine.HEAPF32.subarray(address / 4, address / 4 + length);

function build(engine, { input, layers, task }) {
  engine._kgb_open(...input);
  for (const layer of layers) add_layer(engine, layer);
  const refusal = engine._kgb_build(kTasks[task], kTraining.rate, kTraining.momentum);
  if (refusal) throw new Error(engine.UTF8ToString(refusal));
}

function write_numbers(engine, { input, parameters, labels }, task) {
  floats(engine, engine._kgb_input(), input.length).set(input);
  parameters.forEach((values, at) => floats(engine, engine._kgb_parameter(at), values.length).set(values));
  engine._kgb_parameters_changed();
  if (task === "train") engine.HEAP32.set(labels, engine._kgb_labels() / 4);
}

function train(engine) {
  if (!engine._kgb_train()) throw new Error("training has diverged");
}

// Runs, and copies the result into an array of JavaScript's, which is what the others end with too.
function copying(compute, values) {
  const kept = new Float32Array(values.length);
  return {
    run() {
      compute();
      kept.set(values);
    },
    result: () => kept,
  };
}

const kJobs = {
  forward: (engine, workload) =>
    copying(engine._kgb_forward, floats(engine, engine._kgb_output(), count_of(workload.out))),
  train: (engine, _, { parameters }) => ({
    run: () => train(engine),
    result: () =>
      change_of(parameters, parameters.map((values, at) => floats(engine, engine._kgb_parameter(at), values.length))),
  }),
  ascend: (engine, workload) =>
    copying(() => engine._kgb_ascend(kAscended), floats(engine, engine._kgb_d_input(), count_of(workload.input))),
};

async function prepare(engine, workload, numbers) {
  build(engine, workload);
  write_numbers(engine, numbers, workload.task);
  return {
    ...kJobs[workload.task](engine, workload, numbers),
    dispose: () => engine._kgb_close(),
  };
}

export async function open_engine({ engine: folder }) {
  const contenders = [], ceilings = [];
  for (const [variant, built] of Object.entries(kVariants)) {
    const { default: start } = await import(`${folder}web/kg_bench_engine_${built}.mjs`);
    const engine = await start();
    contenders.push({
      name: "kernelglass",
      variant,
      version: `Kernelglass (${engine.UTF8ToString(engine._kgb_instruction_set())})`,
      notes: {},
      skips: () => false,
      prepare: (workload, numbers) => prepare(engine, workload, numbers),
    });
    ceilings.push({ variant, flops: engine._kgb_ceiling_flops(), run: engine._kgb_ceiling });
  }
  return { contenders, ceilings };
}
