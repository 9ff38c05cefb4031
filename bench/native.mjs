// The host "native": our engine compiled for this machine, for orientation.
import { execFileSync } from "node:child_process";
import path from "node:path";
import { workload_named } from "./workloads.mjs";

function words_of(layer) {
  switch (layer.type) {
    case "conv2d":
      return ["conv2d", layer.filters, layer.kernel, +(layer.padding === "same"), +(layer.activation === "relu")];
    case "dense":
      return ["dense", layer.units, +(layer.activation === "softmax")];
    default:
      return [layer.type];
  }
}

export async function open_native({ folders, quick }) {
  const program = path.join(folders.engine, "native", "kg_bench_engine_native");
  const pace = quick ? [5, 5] : [31, 10];
  return {
    title: "Native, for orientation (Kernelglass alone, random weights, not checked here)",
    versions: () => [],
    measure(name) {
      const { task, input, layers, flops } = workload_named(name);
      const words = [...pace, task, ...input, ...layers.flatMap(words_of)].map(String);
      const [median, least, ceiling, variant] = execFileSync(program, words, { encoding: "utf8" }).trim().split(" ");
      const gflops = (flops / median) * 1e-6;
      const measured = { median_ms: +median, min_ms: +least, gflops, percent_of_ceiling: (100 * gflops) / ceiling };
      return { rows: [{ host: "native", workload: name, contender: "kernelglass", variant, ...measured }], notes: [], troubles: [] };
    },
    close() {},
  };
}
