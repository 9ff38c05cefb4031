// The reference's results, kept in a folder, for the large workloads take it seconds.
import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { numbers_of } from "./numbers.mjs";
import { expected_of } from "./reference.mjs";

// Whatever the results follow from: if it changes, they are computed anew.
async function recipe() {
  const hash = createHash("sha256");
  for (const file of ["workloads.mjs", "numbers.mjs", "reference.mjs"]) hash.update(await readFile(new URL(file, import.meta.url)));
  return hash.digest("hex").slice(0, 16);
}

/** Writes `folder`/<workload>.f64 for each of the workloads that has none yet; returns the name of the folder. */
export async function write_expected(workloads, folder, say) {
  const place = path.join(folder, await recipe());
  await mkdir(place, { recursive: true });
  for (const workload of workloads) {
    const file = path.join(place, `${workload.name}.f64`);
    if (await readFile(file).catch(() => null)) continue;
    say(`  Computing what ${workload.name} should give …`);
    await writeFile(file, expected_of(workload, numbers_of(workload)));
  }
  return place;
}
