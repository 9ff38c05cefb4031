// ./dev bench: the engine beside its peers, in Chromium and in Node.
//   node bench/run.mjs [--quick] [--json FILE] [--host chromium|node|native]… [--workload A1]… [--builds build] [--peers FOLDER]
// The full run adds our engine natively, how its cost grows with the work, and its size.
import path from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { open_chromium } from "./chromium.mjs";
import { write_expected } from "./expected.mjs";
import { Host } from "./host.mjs";
import { open_native } from "./native.mjs";
import { kConventions, print_header, print_scaling, print_sizes, print_workload, write_json } from "./report.mjs";
import { kPlanned, kScaling } from "./workloads.mjs";

async function open_node({ folders, quick }) {
  const places = Object.fromEntries(Object.entries(folders).map(([name, folder]) => [name, `${pathToFileURL(folder)}/`]));
  const host = await Host.open("node", places, quick);
  return {
    title: `Node ${process.version}`,
    versions: () => host.versions(),
    measure: (name) => host.measure(name),
    scale: (group) => host.scale(group),
    close() {},
  };
}

const kOpen = { chromium: open_chromium, node: open_node, native: open_native };

function one_of(what, names, known) {
  const unknown = names.find((name) => !known.includes(name));
  if (unknown) throw new Error(`there is no ${what} "${unknown}"; there are ${known.join(", ")}.`);
  return names;
}

function read_options() {
  const text = { type: "string" }, list = { type: "string", multiple: true };
  const { values } = parseArgs({
    options: {
      quick: { type: "boolean", default: false },
      json: text,
      host: list,
      workload: list,
      builds: { type: "string", default: "build" },
      peers: { type: "string", default: ".toolchain/bench/node_modules" },
    },
  });
  const all = kPlanned.map(({ name }) => name);
  const wanted = one_of("workload", values.workload ?? all, all);
  return {
    ...values,
    hosts: one_of("host", values.host ?? (values.quick ? ["chromium", "node"] : Object.keys(kOpen)), Object.keys(kOpen)),
    workloads: kPlanned.filter(({ name }) => wanted.includes(name)),
    everything: !values.quick && !values.workload,
  };
}

/** Measures and prints one host; returns its rows and adds to the notes. */
async function run_host(name, options, places, notes) {
  const host = await kOpen[name](places);
  const alone = !host.scale;
  const rows = [];
  try {
    print_header({ title: host.title, versions: await host.versions(), alone });
    for (const workload of options.workloads) {
      const measured = await host.measure(workload.name);
      print_workload(workload, measured, { alone });
      measured.notes.forEach((note) => notes.add(note));
      rows.push(...measured.rows);
    }
    if (options.everything && host.scale) {
      console.log("\n  Cost grows with the work: Kernelglass (relaxed), one convolution, 3×3, as many channels out as in\n");
      for (const group of Object.keys(kScaling)) {
        const scaled = await host.scale(group);
        print_scaling(group, scaled);
        rows.push(...scaled);
      }
    }
  } finally {
    await host.close();
  }
  return rows;
}

async function main() {
  const options = read_options();
  if (options.json) await write_json(options.json, []); // rather now than after minutes: can it be written?
  const scratch = path.join(options.builds, "bench");
  const expected = await write_expected(options.workloads, path.join(scratch, "expected"), console.log);
  const places = {
    site: path.join(scratch, "site"),
    folders: { engine: options.builds, peers: options.peers, expected },
    quick: options.quick,
  };
  console.log(kConventions);
  const rows = [], notes = new Set();
  for (const name of options.hosts) rows.push(...(await run_host(name, options, places, notes)));
  await print_sizes(options.builds);
  if (notes.size > 0) console.log(`\n== Notes\n${[...notes].map((note) => `  ${note}.`).join("\n")}`);
  if (options.json) await write_json(options.json, rows);
}

try {
  await main();
} catch (error) {
  console.error(`bench: ${error.message}`);
  process.exitCode = 1;
}
