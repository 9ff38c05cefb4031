// Pictures of every lesson at every size, from the site in dist/.
//   node tools/shots.mjs DIR [--theme light|dark|contrast] [--params "stride=2&…"] [--lesson SLUG] [--viewport NAME] [--root dist]
// Writes DIR/<slug>-<viewport>.png. Exits with 1 if a page complained on its console or could not be drawn.
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import puppeteer from "puppeteer-core";
import { serve } from "./serve.mjs";

const kViewports = {
  desktop: { width: 1280, height: 720, deviceScaleFactor: 1 },
  projector: { width: 1920, height: 1080, deviceScaleFactor: 1 },
  phone: { width: 390, height: 844, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
};
const kThemes = ["light", "dark", "contrast"];

/** How Chromium draws WebGL2 on a machine without a graphics card, and stays off the network. */
export const kBrowserArguments = [
  "--no-sandbox",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
  "--ignore-gpu-blocklist",
];

function readOptions() {
  const text = { type: "string" };
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { theme: text, params: text, lesson: text, viewport: text, root: { type: "string", default: "dist" } },
  });
  if (positionals.length !== 1) throw new Error("give one folder to write to.");
  if (values.theme && !kThemes.includes(values.theme)) throw new Error(`--theme is one of ${kThemes.join(", ")}.`);
  if (values.viewport && !Object.hasOwn(kViewports, values.viewport)) {
    throw new Error(`--viewport is one of ${Object.keys(kViewports).join(", ")}.`);
  }
  return { ...values, folder: positionals[0] };
}

/** A page of its own storage, whose complaints are collected. */
async function openPage(browser, viewport, complaints) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.setViewport(viewport);
  page.on("console", (message) => {
    if (["error", "warn"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  return { page, close: () => context.close() };
}

function address(url, slug, { theme, params }) {
  const query = new URLSearchParams(params ?? "");
  if (theme) query.set("theme", theme);
  return `${url}#/${slug}${query.size ? `?${query}` : ""}`;
}

/** Ready, typeface loaded, and two frames later: what a person would see. */
async function settle(page) {
  await page.waitForFunction(() => window.kernelglass, { timeout: 60_000 });
  await page.evaluate(async () => {
    await window.kernelglass.ready;
    await document.fonts.ready;
    for (let frame = 0; frame < 2; ++frame) await new Promise(requestAnimationFrame);
  });
  await new Promise((done) => setTimeout(done, 400));
}

async function lessonsOf(browser, url) {
  const { page, close } = await openPage(browser, kViewports.desktop, []);
  await page.goto(url);
  await settle(page);
  const lessons = await page.evaluate(() => window.kernelglass.lessons());
  await close();
  return lessons.map((lesson) => lesson.slug);
}

async function main() {
  const options = readOptions();
  await mkdir(options.folder, { recursive: true });
  const site = await serve({ root: options.root });
  const browser = await puppeteer.launch({
    executablePath: process.env.KG_BROWSER,
    headless: true,
    args: kBrowserArguments,
    protocolTimeout: 120_000,
  });
  let troubled = false;
  try {
    const slugs = (await lessonsOf(browser, site.url)).filter((slug) => !options.lesson || slug === options.lesson);
    if (slugs.length === 0) throw new Error(`there is no lesson "${options.lesson}".`);
    for (const slug of slugs) {
      for (const [name, viewport] of Object.entries(kViewports)) {
        if (options.viewport && options.viewport !== name) continue;
        const complaints = [];
        const { page, close } = await openPage(browser, viewport, complaints);
        await page.goto(address(site.url, slug, options));
        await settle(page);
        const file = path.join(options.folder, `${slug}-${name}.png`);
        await page.screenshot({ path: file });
        console.log(file);
        for (const complaint of complaints) console.error(`  ${file}: the page says: ${complaint}`);
        troubled ||= complaints.length > 0;
        await close();
      }
    }
  } finally {
    await browser.close();
    await site.close();
  }
  return troubled ? 1 : 0;
}

if (process.argv[1] && import.meta.url === new URL(`file://${path.resolve(process.argv[1])}`).href) {
  try {
    process.exitCode = await main();
  } catch (error) {
    console.error(`shots: ${error.message}`);
    process.exitCode = 1;
  }
}
