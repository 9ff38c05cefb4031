// That no case of C++ is forgotten: every TEST_CASE that stands in tests/ has run, in each build that it belongs to.
//   node tools/census.mjs --has PROGRAM FILTER   succeeds if the program has a case with FILTER in its name
//   node tools/census.mjs FOLDER                 FOLDER has the reports of tools/cases.mjs: <program>-<build>.json, and plan.json: {"<program>": ["<build>", …]}
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const kSources = fileURLToPath(new URL("../src", import.meta.url));
const kTests = fileURLToPath(new URL("../tests", import.meta.url));
const kFolders = { engine: ["engine", "data", "fuzz"], lesson: ["lesson"], view: ["view"] };

/** The names of the cases in a file's text; a name may be written in several pieces. Those that a macro makes are left out. */
export function casesIn(text) {
  const names = [];
  for (const [, pieces] of text.matchAll(/^TEST_CASE\(\s*((?:"(?:[^"\\]|\\.)*"\s*)+)/gm)) {
    names.push([...pieces.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, piece]) => piece.replace(/\\(.)/g, "$1")).join(""));
  }
  return names;
}

function written(program) {
  const names = kFolders[program].flatMap((folder) =>
    readdirSync(path.join(kTests, folder))
      .filter((file) => /^test_.*\.cpp$/.test(file))
      .flatMap((file) => casesIn(readFileSync(path.join(kTests, folder, file), "utf8"))));
  return program === "engine" ? names.concat(ofKernels()) : names;
}

/** The cases that tests/engine/test_kernels.cpp makes, one of each row of kernels.inc. */
const ofKernels = () =>
  [...readFileSync(path.join(kSources, "engine/kernels/kernels.inc"), "utf8").matchAll(/^KG_KERNEL\((\w+)/gm)].map(
    ([, name]) => `engine/kernels: ${name}_simd gives what ${name}_ref gives`,
  );

/** Whether doctest would find a case of the program: * stands for anything, large and small letters are the same. */
function has(program, filter) {
  const wanted = new RegExp(filter.split("*").map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, "\\$&")).join(".*"), "is");
  return written(program).some((name) => wanted.test(name));
}

/** What is wrong, a sentence each. `ran(program, build)` is the list of names that ran there; `left` the suite left out in a build. */
export function findForgotten(plan, ran, listed = written) {
  const wrong = [];
  for (const [program, builds] of Object.entries(plan)) {
    const somewhere = new Set(builds.flatMap((build) => ran(program, build)));
    for (const name of listed(program)) {
      if (!somewhere.has(name)) wrong.push(`“${name}” stands in tests/, but no build ran it: is its file in tests/CMakeLists.txt?`);
    }
    for (const build of builds) {
      if (ran(program, build).length === 0) wrong.push(`${program} ran no case in ${build}.`);
    }
  }
  return wrong;
}

function main(folder) {
  const plan = JSON.parse(readFileSync(path.join(folder, "plan.json"), "utf8"));
  const ran = (program, build) => {
    try {
      return JSON.parse(readFileSync(path.join(folder, `${program}-${build}.json`), "utf8")).cases.map(({ name }) => name);
    } catch {
      return [];
    }
  };
  for (const [program, builds] of Object.entries(plan)) {
    console.log(`  ${program.padEnd(8)} ${String(new Set(written(program)).size).padStart(4)} cases written; ran: ` +
      builds.map((build) => `${build} ${ran(program, build).length}`).join(", "));
  }
  const wrong = findForgotten(plan, ran);
  for (const sentence of wrong) console.log(`FAILED: ${sentence}`);
  process.exitCode = wrong.length ? 1 : 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv[2] === "--has") process.exitCode = has(process.argv[3], process.argv[4] ?? "") ? 0 : 1;
  else main(process.argv[2]);
}
