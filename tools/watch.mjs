// ./dev run --watch: serves the page, builds a variant of the wasm when a browser asks for it, and when a source changes builds those
// again that were asked for and reloads the open pages; the address has their state, so they go on where they were.
//   node tools/watch.mjs --builds build/watch --fonts DIR [--deps DIR] [--port 8000]
import { spawn } from "node:child_process";
import { watch } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { serve } from "./serve.mjs";

const kRoot = fileURLToPath(new URL("../", import.meta.url));
const kWatched = ["src", "web", "assets", "shaders", "cmake", "CMakeLists.txt", "tools/page", "tools/build_page.mjs"];
const kSettles = 30;  // ms: an editor may write a file in several goes

// What the pages get besides. The worker takes the place of one that ./dev run has left, which would go on showing its own copy.
const kReload = `
const events = new EventSource("reloads");
events.addEventListener("reload", () => location.reload());
events.addEventListener("trouble", ({ data }) => console.error(JSON.parse(data)));
`;
const kNoWorker = `
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(caches.keys().then((all) => Promise.all(all.map((name) => caches.delete(name))))));
`;

const { values: options } = parseArgs({
  options: {
    builds: { type: "string", default: "build/watch" },
    fonts: { type: "string" },
    deps: { type: "string" },
    port: { type: "string", default: "8000" },
  },
});
const site = path.join(options.builds, "site");
const asked = new Set(["relaxed"]);  // variants; the first that the loader tries
const pages = new Set();             // open connections that wait for news

function run(command, args) {
  return new Promise((done) => {
    const child = spawn(command, args, { cwd: kRoot, stdio: ["ignore", "pipe", "pipe"] });
    const output = [];
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => output.push(data));
    child.on("error", (error) => done({ ok: false, text: error.message }));
    child.on("close", (code) => done({ ok: code === 0, text: Buffer.concat(output).toString() }));
  });
}

/** Builds what was asked for; returns the compiler's words if it does not come to be. */
async function build() {
  const variants = [...asked];
  const compiled = await run("ninja", ["-C", options.builds, "--quiet", ...variants.map((name) => `kernelglass_${name}`)]);
  if (!compiled.ok) return compiled.text;
  const args = ["tools/build_page.mjs", "--out", site, "--builds", options.builds, "--variants", variants.join(","), "--fonts", options.fonts];
  const put = await run(process.execPath, options.deps ? [...args, "--deps", options.deps] : args);
  return put.ok ? "" : put.text;
}

// One build at a time; a change during it makes another one afterwards.
let last = Promise.resolve("");
function rebuild() {
  last = last.then(async () => {
    const start = Date.now();
    const trouble = await build();
    const took = `${((Date.now() - start) / 1000).toFixed(1)} s`;
    console.log(trouble ? `${trouble}\nIt does not build (${took}); the pages keep what they have.` : `Built in ${took}.`);
    return trouble;
  });
  return last;
}

function tell(event, data) {
  for (const page of pages) page.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
}

async function changed() {
  const trouble = await rebuild();
  if (trouble) tell("trouble", trouble);
  else tell("reload", "");
}

function watchSources() {
  let timer;
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(changed, kSettles);
  };
  for (const place of kWatched) watch(path.join(kRoot, place), { recursive: true }, soon);
}

const answer = (response, type, body) => {
  response.writeHead(200, { "Content-Type": type, "Cache-Control": "no-store" }).end(body);
  return true;
};

/** What is not a file of the site. Resolves to whether it has answered. */
async function first(request, response) {
  const name = new URL(request.url, "http://localhost").pathname.slice(1);
  if (name === "reload.js") return answer(response, "text/javascript", kReload);
  if (name === "sw.js") return answer(response, "text/javascript", kNoWorker);
  if (name === "reloads") {
    response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" }).write("\n");
    pages.add(response);
    response.on("close", () => pages.delete(response));
    return true;
  }
  if (name === "" || name === "index.html") {
    const page = await readFile(path.join(site, "index.html"), "utf8");
    return answer(response, "text/html; charset=utf-8", page.replace("</head>", '<script type="module" src="reload.js"></script></head>'));
  }
  const variant = /^wasm\/(relaxed|simd|scalar)\//.exec(name)?.[1];
  if (variant && !asked.has(variant)) {
    asked.add(variant);
    console.log(`A browser asks for the variant ${variant}.`);
    await rebuild();
  }
  return false;
}

console.log("Building …");
const trouble = await rebuild();
if (trouble) process.exit(1);
watchSources();
try {
  const { url } = await serve({ root: site, port: Number(options.port), first });
  console.log(`Kernelglass is at ${url}  It is built again when a source changes (Ctrl+C ends it).`);
} catch (error) {
  console.error(`Port ${options.port} cannot be opened: ${error.message}. Take another with --port N.`);
  process.exit(1);
}
