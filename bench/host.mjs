// One host (Chromium or Node; this module runs in both): its contenders, checked and measured workload by workload.
import { open_convnetjs } from "./convnetjs.mjs";
import { open_engine } from "./engine.mjs";
import { measure } from "./measure.mjs";
import { numbers_of } from "./numbers.mjs";
import { open_ort } from "./ort.mjs";
import { in_page } from "./peers.mjs";
import { difference, tolerance_of } from "./reference.mjs";
import { open_tfjs } from "./tfjs.mjs";
import { kScaling, kTraining, workload_named } from "./workloads.mjs";

// See measure.mjs.
const kPaces = {
  quick: { turns: 11, turn_ms: 6, warm_ms: 80, most_ms: 300 },
  full: { turns: 31, turn_ms: 10, warm_ms: 150, most_ms: 3000 },
};

async function read_expected(file) {
  if (in_page()) return new Float64Array(await (await fetch(file)).arrayBuffer());
  const { readFile } = await import("node:fs/promises");
  const bytes = await readFile(new URL(file));
  return new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

// The first calls: how far their result is from the reference, and how long one took.
async function checked(job, workload, expected) {
  const steps = workload.task === "train" ? kTraining.checked_steps : 1;
  const start = performance.now();
  for (let step = 0; step < steps; ++step) await job.run();
  const first_ms = (performance.now() - start) / steps;
  return { apart: difference(await job.result(), expected), first_ms };
}

const gflops_of = (flops, { median_ms }) => (flops / median_ms) * 1e-6;

export class Host {
  /** `places`: where things lie, as URLs that end with a slash: `engine`, `peers`, `expected`. */
  static async open(name, places, quick) {
    const host = new Host();
    Object.assign(host, { name, places, quick, pace: quick ? kPaces.quick : kPaces.full });
    const { contenders, ceilings } = await open_engine(places);
    const peers = await Promise.all([open_tfjs(places), open_ort(places), open_convnetjs(places)]);
    host.contenders = [...contenders, ...peers.flat()];
    host.ceilings = ceilings;
    return host;
  }

  versions() {
    return this.contenders.map(({ version }) => version);
  }

  // The contenders that can do this workload and agree with the reference, as jobs; notes on how they do it; and what went
  // wrong.
  async prepare(workload) {
    const jobs = [], notes = [], troubles = [];
    const numbers = numbers_of(workload);
    const expected = await read_expected(`${this.places.expected}${workload.name}.f64`);
    const tolerance = tolerance_of(workload);
    for (const contender of this.contenders) {
      const who = `${contender.name}, ${workload.name}:`;
      if (contender.notes[workload.name]) notes.push(`${who} ${contender.notes[workload.name]}`);
      if (contender.skips(workload, this.quick)) continue;
      let job = null;
      try {
        job = await contender.prepare(workload, numbers);
        job.before_turn?.();
        const { apart, first_ms } = await checked(job, workload, expected);
        if (!(apart <= tolerance)) throw new Error(`its result is ${apart.toExponential(1)} off, allowed is ${tolerance.toExponential(1)}`);
        jobs.push({ ...job, contender, apart, first_ms });
      } catch (error) {
        troubles.push(`${contender.name} (${contender.variant}) was not timed: ${error.message}`);
        await job?.dispose?.();
      }
    }
    return { jobs, notes, troubles };
  }

  #row(contender, workload, times, ceilings) {
    const gflops = gflops_of(workload.flops, times);
    const ceiling = ceilings[contender.variant] ?? ceilings.simd128;
    const percent_of_ceiling = (100 * gflops) / ceiling;
    const { name, variant } = contender;
    return { host: this.name, workload: workload.name, contender: name, variant, ...times, gflops, percent_of_ceiling };
  }

  // Times of the jobs, and the GFLOP/s of the ceilings measured in turn with them.
  async #measure(jobs, ceilings) {
    const times = await measure([...jobs, ...ceilings], this.pace);
    const of_ceilings = ceilings.map(({ variant, flops }, k) => [variant, gflops_of(flops, times[jobs.length + k])]);
    return { times: times.slice(0, jobs.length), ceilings: Object.fromEntries(of_ceilings) };
  }

  /** `{rows, notes, troubles}` of one workload: rows as the JSON file has them, and `apart`, the difference from the reference. */
  async measure(name) {
    const workload = workload_named(name);
    const { jobs, notes, troubles } = await this.prepare(workload);
    const { times, ceilings } = await this.#measure(jobs, this.ceilings);
    for (const job of jobs) await job.dispose?.();
    const rows = jobs.map(({ contender, apart }, k) => ({ ...this.#row(contender, workload, times[k], ceilings), apart }));
    return { rows, notes, troubles };
  }

  /** The rows of one group of kScaling, of our engine alone. */
  async scale(group) {
    const [contender] = this.contenders;
    const rows = [];
    for (const workload of kScaling[group]) {
      const job = await contender.prepare(workload, numbers_of(workload));
      const { times, ceilings } = await this.#measure([job], this.ceilings.slice(0, 1));
      await job.dispose();
      rows.push(this.#row(contender, workload, times[0], ceilings));
    }
    return rows;
  }
}
