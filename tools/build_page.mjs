// Puts the site together: the page, the articles as HTML with MathML, the wasm in its variants, fonts, licences,
// and the list of all of it for the service worker. The same input gives the same bytes.
//   node tools/build_page.mjs --out dist --builds build/web --variants relaxed,simd,scalar --fonts DIR [--deps DIR]
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { renderArticle } from "./page/article.mjs";
import { licencesText } from "./page/licences.mjs";
import { digest, Site } from "./page/site.mjs";
import { Trouble } from "./page/trouble.mjs";

const kRoot = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const kFonts = ["kernelglass-sans-regular.woff2", "kernelglass-sans-semibold.woff2"];

function main() {
  const options = readOptions();
  const site = new Site();
  site.addFolder("", path.join(kRoot, "web"));
  site.addFolder("icons", path.join(kRoot, "assets/icons"));
  addVersion(site);
  addArticles(site);
  for (const variant of options.variants.split(",")) {
    for (const file of ["kernelglass.mjs", "kernelglass.wasm"]) {
      site.addFile(`wasm/${variant}/${file}`, path.join(options.builds, variant, file), `build kernelglass_${variant} first`);
    }
  }
  for (const font of kFonts) site.addFile(`fonts/${font}`, path.join(options.fonts, font), "the set-up makes it");
  if (options.deps && !existsSync(options.deps)) throw new Trouble(`the folder ${options.deps} (--deps) is missing.`);
  site.add("licences.txt", licencesText(readFileSync(path.join(kRoot, "LICENSE"), "utf8"), options.deps));
  addFileList(site);
  site.write(options.out);
  console.log(`${options.out}: ${site.files.size} files`);
}

function readOptions() {
  const kUsage = "usage: node tools/build_page.mjs --out DIR --builds DIR --variants LIST --fonts DIR [--deps DIR]";
  let values;
  try {
    const text = { type: "string" };
    ({ values } = parseArgs({ options: { out: text, builds: text, variants: text, fonts: text, deps: text } }));
  } catch (error) {
    throw new Trouble(`${error.message} (${kUsage})`);
  }
  if (!values.out || !values.builds || !values.variants || !values.fonts) throw new Trouble(kUsage);
  return values;
}

function addVersion(site) {
  const { version } = JSON.parse(readFileSync(path.join(kRoot, "package.json"), "utf8"));
  site.add("index.html", site.text("index.html").replaceAll("@VERSION@", version));
}

function addArticles(site) {
  const folder = path.join(kRoot, "assets/lessons/en");
  const index = [];
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".md")).sort()) {
    const slug = file.replace(/\.md$/, "");
    const text = readFileSync(path.join(folder, file), "utf8");
    const { entry, html } = renderArticle(slug, text, `assets/lessons/en/${file}`);
    index.push(entry);
    site.add(`lessons/en/${slug}.html`, html);
  }
  if (index.length === 0) throw new Trouble("there are no articles in assets/lessons/en.");
  index.sort((a, b) => a.chapter - b.chapter);
  site.add("lessons/en/index.json", `${JSON.stringify(index, null, 2)}\n`);
}

/** What the service worker keeps: not itself, which the browser looks after. */
function addFileList(site) {
  const files = site.digests(["sw.js"]);
  const rows = files.map((row) => `    ${JSON.stringify(row)}`).join(",\n");
  site.add("files.json", `{\n  "version": "${digest(JSON.stringify(files))}",\n  "files": [\n${rows}\n  ]\n}\n`);
}

try {
  main();
} catch (error) {
  if (!(error instanceof Trouble)) throw error;
  console.error(`build_page: ${error.message}`);
  process.exitCode = 1;
}
