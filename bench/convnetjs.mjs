// ConvNetJS: plain JavaScript in double precision, one image at a time. Its volumes are (H, W, C), as ours.
import { load_peer, version_of } from "./peers.mjs";
import { change_of } from "./reference.mjs";
import { kAscended, kTraining } from "./workloads.mjs";

const kSlow = ["A6", "D"]; // half a minute a call

function definition(layer) {
  switch (layer.type) {
    case "conv2d":
      return [{ type: "conv", sx: layer.kernel, filters: layer.filters, stride: 1, pad: layer.pad, activation: layer.activation ?? undefined }];
    case "max_pooling2d":
      return [{ type: "pool", sx: 2, stride: 2 }];
    case "dense": // its softmax layer brings the fully connected one along
      return [{ type: "softmax", num_classes: layer.units }];
    default:
      return []; // its fully connected layer flattens by itself
  }
}

// Our (H, W, I, O) is one volume (H, W, I) per filter there.
function filter_of(weights, filters, filter) {
  return Float64Array.from({ length: weights.length / filters }, (_, k) => weights[k * filters + filter]);
}

const weighted = (net) => net.layers.filter((layer) => layer.filters);

function write_parameters(net, parameters) {
  weighted(net).forEach((layer, at) => {
    layer.filters.forEach((volume, filter) => volume.w.set(filter_of(parameters[2 * at], layer.filters.length, filter)));
    layer.biases.w.set(parameters[2 * at + 1]);
  });
}

function read_parameters(net) {
  return weighted(net).flatMap((layer) => {
    const count = layer.filters.length;
    const weights = Float64Array.from({ length: count * layer.filters[0].w.length }, (_, k) => layer.filters[k % count].w[Math.floor(k / count)]);
    return [weights, layer.biases.w];
  });
}

function build(library, workload, parameters) {
  const [, h, w, c] = workload.input;
  const net = new library.Net();
  net.makeLayers([{ type: "input", out_sx: w, out_sy: h, out_depth: c }, ...workload.layers.flatMap(definition)]);
  write_parameters(net, parameters);
  return net;
}

function images_of(library, workload, input) {
  const [n, h, w, c] = workload.input;
  return Array.from({ length: n }, (_, image) => {
    const volume = new library.Vol(w, h, c, 0);
    volume.w.set(input.subarray(image * h * w * c, (image + 1) * h * w * c));
    return volume;
  });
}

function forward_job(library, workload, numbers) {
  const net = build(library, workload, numbers.parameters);
  const images = images_of(library, workload, numbers.input);
  const each = images.map(() => null);
  return {
    run: () => images.forEach((image, k) => (each[k] = net.forward(image).w)),
    result: () => Float64Array.from(each.flatMap((values) => Array.from(values))),
  };
}

function train_job(library, workload, numbers) {
  const net = build(library, workload, numbers.parameters);
  const images = images_of(library, workload, numbers.input);
  const { rate, momentum } = kTraining;
  const trainer = new library.SGDTrainer(net, { learning_rate: rate, momentum, batch_size: images.length, l2_decay: 0 });
  return {
    run: () => images.forEach((image, k) => trainer.train(image, numbers.labels[k])),
    result: () => change_of(numbers.parameters, read_parameters(net)),
  };
}

function ascend_job(library, workload, numbers) {
  const net = build(library, workload, numbers.parameters);
  const [image] = images_of(library, workload, numbers.input);
  const [, h, w, channels] = workload.out;
  return {
    run() {
      const out = net.forward(image);
      out.dw.fill(0);
      for (let k = kAscended; k < out.dw.length; k += channels) out.dw[k] = 1 / (h * w);
      for (let k = net.layers.length - 1; k > 0; --k) net.layers[k].backward();
    },
    result: () => image.dw,
  };
}

export async function open_convnetjs({ peers }) {
  const library = await load_peer(peers, "convnetjs", "build/convnet.js", "convnetjs");
  const jobs = { forward: forward_job, train: train_job, ascend: ascend_job };
  return [
    {
      name: "convnetjs",
      variant: "js",
      version: `ConvNetJS ${await version_of(peers, "convnetjs")}`,
      notes: { D: "computes the gradient of the filters too, it cannot leave it out" },
      skips: (workload, quick) => quick && kSlow.includes(workload.name),
      prepare: async (workload, numbers) => jobs[workload.task](library, workload, numbers),
    },
  ];
}
