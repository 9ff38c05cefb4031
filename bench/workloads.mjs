// What is measured: small nets, each as a list of layers in Keras' terms, and what is done with them. Every contender builds
// its own from this list; `planned` adds the sizes.

const conv = (filters, kernel, padding, activation = null) => ({ type: "conv2d", filters, kernel, padding, activation });
const pool = { type: "max_pooling2d" }; // 2×2, stride 2
const flatten = { type: "flatten" };
const dense = (units, activation = null) => ({ type: "dense", units, activation });
const relu_block = (filters, count) => Array.from({ length: count }, () => conv(filters, 3, "same", "relu"));

const digit_net = [conv(8, 3, "same", "relu"), pool, conv(16, 3, "same", "relu"), pool, flatten, dense(10, "softmax")];
const vgg_to_block3 = [...relu_block(64, 2), pool, ...relu_block(128, 2), pool, ...relu_block(256, 3)];
const vgg = [...vgg_to_block3, pool, ...relu_block(512, 3), pool, ...relu_block(512, 3), pool];

/** The rate and momentum of training, and how many steps are compared with the reference. */
export const kTraining = { rate: 0.01, momentum: 0.9, checked_steps: 3 };

/** The filter whose mean activation the gradient ascent climbs. */
export const kAscended = 7;

// task: "forward", "train" (a step of SGD with momentum on the softmax cross-entropy), or "ascend" (the gradient of the mean
// activation of one filter of the last layer, with respect to the image).
const kWorkloads = [
  { name: "A1", title: "28×28×1, 3×3 valid, 8", task: "forward", input: [1, 28, 28, 1], layers: [conv(8, 3, "valid")] },
  { name: "A2", title: "28×28×8, 3×3 same, 16", task: "forward", input: [1, 28, 28, 8], layers: [conv(16, 3, "same")] },
  { name: "A3", title: "14×14×16, 3×3 same, 32", task: "forward", input: [1, 14, 14, 16], layers: [conv(32, 3, "same")] },
  { name: "A4a", title: "20×20×16, 3×3 valid, 32", task: "forward", input: [1, 20, 20, 16], layers: [conv(32, 3, "valid")] },
  { name: "A4b", title: "18×18×32, 5×5 valid, 64", task: "forward", input: [1, 18, 18, 32], layers: [conv(64, 5, "valid")] },
  { name: "A4c", title: "14×14×64, 7×7 valid, 128", task: "forward", input: [1, 14, 14, 64], layers: [conv(128, 7, "valid")] },
  { name: "A5", title: "64×64×64, 3×3 same, 64", task: "forward", input: [1, 64, 64, 64], layers: [conv(64, 3, "same")] },
  { name: "A6", title: "VGG16's 13 conv layers, 128×128", task: "forward", input: [1, 128, 128, 3], layers: vgg },
  { name: "B1", title: "digit net, forward, 1 image", task: "forward", input: [1, 28, 28, 1], layers: digit_net },
  { name: "B32", title: "digit net, forward, 32 images", task: "forward", input: [32, 28, 28, 1], layers: digit_net },
  { name: "C", title: "digit net, training, 32 images", task: "train", input: [32, 28, 28, 1], layers: digit_net },
  { name: "D", title: "gradient ascent, VGG16 to block 3", task: "ascend", input: [1, 128, 128, 3], layers: vgg_to_block3 },
];

export const count_of = (shape) => shape.reduce((product, size) => product * size, 1);

function planned_layer(layer, input) {
  const [n, h, w, c] = input;
  switch (layer.type) {
    case "conv2d": {
      const { kernel, filters, padding } = layer;
      const out = padding === "same" ? [n, h, w, filters] : [n, h - kernel + 1, w - kernel + 1, filters];
      const pad = padding === "same" ? (kernel - 1) / 2 : 0; // all kernels here are odd
      const parameters = [[kernel, kernel, c, filters], [filters]];
      return { ...layer, input, out, pad, parameters, sum_length: kernel * kernel * c };
    }
    case "max_pooling2d":
      return { ...layer, input, out: [n, h >> 1, w >> 1, c], parameters: [] };
    case "flatten":
      return { ...layer, input, out: [n, h * w * c], parameters: [] };
    case "dense":
      return { ...layer, input, out: [n, layer.units], parameters: [[input[1], layer.units], [layer.units]], sum_length: input[1] };
  }
  throw new Error(`no layer "${layer.type}"`);
}

// Two FLOPs per product of the direct convolution (and of dense); products with the border of zeros count, as usual. Training
// is forward, the gradient for all weights, and the gradient for the input of all layers but the first; ascending is forward
// and the gradient for all inputs.
function flops_of(task, layers) {
  const weighted = layers.filter((layer) => layer.parameters.length > 0);
  const once = weighted.map((layer) => 2 * count_of(layer.out) * layer.sum_length);
  const all = once.reduce((sum, flops) => sum + flops, 0);
  return { forward: all, train: 3 * all - once[0], ascend: 2 * all }[task];
}

/** The workload with every layer's `input` and `out` shape, the shapes of its `parameters`, and its `flops`. */
function planned(workload) {
  let shape = workload.input;
  const layers = workload.layers.map((layer, at) => {
    const plan = { ...planned_layer(layer, shape), first: at === 0 };
    shape = plan.out;
    return plan;
  });
  return { ...workload, layers, out: shape, flops: flops_of(workload.task, layers) };
}

export const kPlanned = kWorkloads.map(planned);

function one_conv(name, { size = 28, channels = 16, images = 1 }) {
  const input = [images, size, size, channels];
  return planned({ name, title: name, task: "forward", input, layers: [conv(channels, 3, "same")] });
}

const varied = (what, values) => values.map((value) => one_conv(`${what} ${value}`, { [what]: value }));

/** One 3×3 convolution, larger and larger: its cost should grow with the work. 28×28 and 16 channels unless said otherwise. */
export const kScaling = {
  "image size": varied("size", [28, 56, 112, 224, 512]),
  channels: varied("channels", [1, 2, 4, 8, 16, 32, 64, 128]),
  batch: varied("images", [1, 2, 4, 8, 16, 32, 64, 128]),
};

export const workload_named = (name) => kPlanned.find((workload) => workload.name === name);
