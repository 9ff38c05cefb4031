// Runs a doctest program on all cores: its cases are dealt out in small hands to as many processes as there are cores. Every case has
// a limit of time of its own: one that hangs or crashes is named, and the others still run.
//   node tools/cases.mjs --report FILE [--filter TEXT] [--without SUITE] [--limit SECONDS] [--jobs N] -- PROGRAM ARGUMENT…
// Prints what failed, then the slowest cases, then "N passed, N failed". FILE gets {passed, failed, cases: [{name, seconds}]}.
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import os from "node:os";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";

const kHandsEach = 12;  // so many hands per process: small enough that both cores end together

const { values: options, positionals: program } = parseArgs({
  allowPositionals: true,
  options: {
    report: { type: "string" },
    filter: { type: "string", default: "" },
    without: { type: "string", default: "" },
    limit: { type: "string", default: "600" },
    jobs: { type: "string", default: String(os.availableParallelism()) },
  },
});

const chosen = ["--no-colors"];
if (options.filter) chosen.push(`--test-case=*${options.filter}*`);
if (options.without) chosen.push(`--test-suite-exclude=${options.without}`);

const running = new Set();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => {
    for (const child of running) child.kill("SIGKILL");
    process.exit(130);
  });
}

/** Starts the program; `line` gets what it prints. Resolves to how it ended, in words: "" is well. */
function start(args, line, began = () => {}) {
  return new Promise((done) => {
    const child = spawn(program[0], [...program.slice(1), ...chosen, ...args], { stdio: ["ignore", "pipe", "pipe"] });
    running.add(child);
    began(child);
    for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on("line", line);
    child.on("error", (error) => done(`could not be started: ${error.message}`));
    child.on("close", (code, signal) => {
      running.delete(child);
      done(code === 0 ? "" : `ended with ${signal ?? `status ${code}`}`);
    });
  });
}

async function allCases() {
  const lines = [];
  const end = await start(["--list-test-cases"], (line) => lines.push(line));
  const bars = lines.flatMap((line, at) => (/^={20,}$/.test(line) ? [at] : []));
  if (end || bars.length < 2) throw new Error(`${program.join(" ")} ${end || "lists no cases"}\n${lines.join("\n")}`);
  return lines.slice(bars[0] + 1, bars.at(-1));
}

/** One process for the cases first … last (counted from 0). Returns what came of it. */
async function play(names, first, last) {
  const output = [], seconds = [];
  let summary = null, hung = false, timer;
  const end = await start(
    ["--duration=true", `--first=${first + 1}`, `--last=${last + 1}`],
    (line) => {
      const took = /^(\d+\.\d+) s: (.*)$/.exec(line);
      if (took && took[2] === names[first + seconds.length]) {
        seconds.push(Number(took[1]));
        timer?.refresh();
        return;
      }
      const sums = /^\[doctest\] test cases: .*\| +(\d+) failed/.exec(line);
      if (sums) summary = { failed: Number(sums[1]) };
      if (!/^(\[doctest\] (doctest version|run with|assertions|test cases)|variant |=+$)/.test(line)) output.push(line);
    },
    (child) => (timer = setTimeout(() => (hung = true) && child.kill("SIGKILL"), Number(options.limit) * 1000)),
  );
  clearTimeout(timer);
  return { output: output.join("\n").trim(), seconds, summary, hung, end };
}

async function main() {
  const names = await allCases();
  const jobs = Math.max(1, Number(options.jobs));
  const size = Math.max(1, Math.ceil(names.length / (jobs * kHandsEach)));
  const hands = [];
  for (let first = 0; first < names.length; first += size) hands.push([first, Math.min(first + size, names.length) - 1]);
  const cases = [];
  let passed = 0, failed = 0;

  const worker = async () => {
    for (let hand; (hand = hands.shift()); ) {
      const [first, last] = hand;
      const { output, seconds, summary, hung, end } = await play(names, first, last);
      if (summary) {
        // doctest counts as passed also what lies before the hand.
        passed += seconds.length - summary.failed;
        failed += summary.failed;
        cases.push(...seconds.map((s, at) => ({ name: names[first + at], seconds: s })));
        if (end || summary.failed) console.log(output);
        if (end && !summary.failed) ++failed, console.log(`FAILED: after its summary the program ${end} (${names[first]} … ${names[last]}).`);
        continue;
      }
      // It did not come to its end: the case at work then is the reason; the others are played again without it.
      const at = first + seconds.length;
      ++failed;
      console.log(`${output}\nFAILED: ${names[at] ?? names[last]}: ${hung ? `took longer than ${options.limit} s and was ended` : `the program ${end}`}.`);
      if (at > first) hands.push([first, at - 1]);
      if (at < last) hands.push([at + 1, last]);
    }
  };
  await Promise.all(Array.from({ length: jobs }, worker));

  if (passed + failed < names.length) ++failed, console.log(`FAILED: only ${passed + failed - 1} of ${names.length} cases ran.`);
  const slow = [...cases].sort((a, b) => b.seconds - a.seconds).filter(({ seconds }) => seconds >= 2).slice(0, 5);
  for (const { name, seconds } of slow) console.log(`  ${seconds.toFixed(1).padStart(6)} s  ${name}`);
  console.log(`${passed} passed, ${failed} failed`);
  if (options.report) writeFileSync(options.report, JSON.stringify({ passed, failed, cases }));
  process.exitCode = failed ? 1 : 0;
}

try {
  await main();
} catch (error) {
  console.log(`FAILED: ${error.message}\n0 passed, 1 failed`);
  process.exitCode = 1;
}
