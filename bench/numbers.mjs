// The numbers that all contenders get: inputs, weights and labels from one seed (the workload's name), the same everywhere.
import { count_of } from "./workloads.mjs";

// Marsaglia's xorshift with 32 bits, seeded with the FNV-1a hash of a text: enough for test data.
function generator(text) {
  let state = 2166136261;
  for (const character of text) state = Math.imul(state ^ character.codePointAt(0), 16777619);
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 4294967296;
  };
}

function uniform(shape, low, high, next) {
  const values = new Float32Array(count_of(shape));
  for (let k = 0; k < values.length; ++k) values[k] = low + (high - low) * next();
  return values;
}

/**
 * `input` (N, H, W, C), `labels` (N), and `parameters`: weights (H, W, I, O) or (I, O), then bias, layer by layer. The weights
 * are He's uniform ones, so that no layer dies out or blows up.
 */
export function numbers_of(workload) {
  const next = generator(workload.name);
  const input = uniform(workload.input, 0, 1, next);
  const parameters = workload.layers.flatMap((layer) => {
    if (layer.parameters.length === 0) return [];
    const limit = Math.sqrt(6 / layer.sum_length);
    const [weights, bias] = layer.parameters;
    return [uniform(weights, -limit, limit, next), uniform(bias, -0.1, 0.1, next)];
  });
  const classes = workload.out.at(-1);
  const labels = Int32Array.from({ length: workload.input[0] }, () => Math.floor(classes * next()));
  return { input, parameters, labels };
}
