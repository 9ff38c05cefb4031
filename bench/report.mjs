// The results as tables for people and as a list for programs.
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { brotliCompressSync } from "node:zlib";

const kOurs = "kernelglass";
const kPlain = "simd128";
const kPeers = ["tfjs-wasm", "ort-web", "tfjs-cpu", "convnetjs"];
const kOwnWidth = 23, kPeerWidth = 17, kTitleWidth = 38;

export const kConventions = `One thread. Contenders take turns; a time is the median over the turns of the milliseconds per call from JavaScript. Brackets:
how many times as long as Kernelglass (relaxed SIMD). A call ends with its result in an array of JavaScript's: ours is copied
into one, TensorFlow.js' is read out of its tensor, the others hand out arrays. (Training leaves its weights where they are.)
Before anything is timed, each contender's result is compared with a plain reference in double precision.
GFLOP/s: two operations per product of the direct convolutions and dense layers, those with the border of zeros too; training
is forward, all gradients of weights, and those of inputs but the first layer's. Who needs fewer products (Winograd) can pass
100 % of the ceiling: multiply-adds on registers only, measured in turn with the contenders (relaxed SIMD for the relaxed
variant; multiply and add, in plain SIMD, for everybody else).`;

const cell = (text, width) => `${text}`.padStart(width);
const milliseconds = (value) => (value < 100 ? value.toPrecision(3) : value.toFixed(0));
const times = (value) => `(${value < 10 ? value.toFixed(1) : value.toFixed(0)}×)`;
const percent = (value) => `${value.toFixed(0)} %`;

const own_cells = (row) =>
  row ? cell(milliseconds(row.median_ms), 9) + cell(row.gflops.toFixed(1), 7) + cell(percent(row.percent_of_ceiling), 7) : cell("–", kOwnWidth);

function peer_cells(row, ours) {
  if (!row) return cell("–", kPeerWidth);
  return cell(milliseconds(row.median_ms), 9) + cell(ours ? times(row.median_ms / ours.median_ms) : "", 8);
}

const is_ours = (row) => row.contender === kOurs;

export function print_header({ title, versions, alone }) {
  console.log(`\n== ${title}`);
  if (versions.length > 0) console.log(`   ${[...new Set(versions)].join(" · ")}`);
  const own = alone ? [kOurs] : [`${kOurs} relaxed`, `${kOurs} ${kPlain}`];
  const names = [...own.map((name) => cell(name, kOwnWidth)), ...(alone ? [] : kPeers.map((name) => cell(name, kPeerWidth)))];
  const units = [...own.map(() => "       ms GFLOP/s  ceil."), ...(alone ? [] : kPeers.map(() => cell("ms", 9).padEnd(kPeerWidth)))];
  console.log(`\n${"".padEnd(kTitleWidth)}${names.join("")}\n${"".padEnd(kTitleWidth)}${units.join("")}`.trimEnd());
}

export function print_workload({ name, title }, { rows, troubles }, { alone }) {
  const ours = rows.find((row) => is_ours(row) && row.variant !== kPlain);
  const plain = rows.find((row) => is_ours(row) && row.variant === kPlain);
  const peers = kPeers.map((contender) => peer_cells(rows.find((row) => row.contender === contender), ours));
  const others = alone ? "" : own_cells(plain) + peers.join("");
  console.log(`${name.padEnd(4)}${title.padEnd(kTitleWidth - 4)}${own_cells(ours)}${others}`);
  for (const trouble of troubles) console.log(`    ! ${trouble}`);
}

export function print_scaling(group, rows) {
  const label = (row) => row.workload.replace(/^\D+/, "");
  console.log(`  ${group.padEnd(12)}${rows.map((row) => cell(label(row), 9)).join("")}`);
  console.log(`  ${"ms".padEnd(12)}${rows.map((row) => cell(milliseconds(row.median_ms), 9)).join("")}`);
  console.log(`  ${"GFLOP/s".padEnd(12)}${rows.map((row) => cell(row.gflops.toFixed(1), 9)).join("")}`);
  console.log(`  ${"of ceiling".padEnd(12)}${rows.map((row) => cell(percent(row.percent_of_ceiling), 9)).join("")}\n`);
}

/** What a page has to load to have the engine: kernels, layers, training, and nothing else. */
export async function print_sizes(builds) {
  console.log("\n== The engine alone, in bytes");
  for (const variant of ["relaxed", "simd"]) {
    const wasm = await readFile(path.join(builds, "web", `kg_bench_engine_${variant}.wasm`));
    console.log(`  ${variant.padEnd(12)} ${cell(wasm.length, 7)}, brotli ${brotliCompressSync(wasm).length}`);
  }
}

/** The JSON file's rows: what is promised to its readers, and nothing else. */
export async function write_json(file, rows) {
  const list = rows.map(({ host, workload, contender, variant, median_ms, min_ms, gflops, percent_of_ceiling }) => ({
    host, workload, contender, variant, median_ms, min_ms, gflops, percent_of_ceiling,
  }));
  await writeFile(file, `${JSON.stringify(list, null, 1)}\n`);
}
