// The host "chromium": the same Host as in Node, but in a page of a headless browser.
import { mkdir, rm, symlink } from "node:fs/promises";
import path from "node:path";
import puppeteer from "puppeteer-core";
import { serve } from "../tools/serve.mjs";
import { kBrowserArguments } from "../tools/shots.mjs";

// One folder to serve, in which everything lies that the page wants: links to where it really is.
async function stage(site, folders) {
  await rm(site, { recursive: true, force: true });
  await mkdir(site, { recursive: true });
  for (const [name, folder] of Object.entries(folders)) await symlink(path.resolve(folder), path.join(site, name));
}

/** A Host in a page, with the same `versions`, `measure` and `scale`, and `close`. `folders` are `engine`, `peers`, `expected`. */
export async function open_chromium({ site, folders, quick }) {
  await stage(site, { bench: import.meta.dirname, ...folders });
  const server = await serve({ root: site });
  const browser = await puppeteer.launch({
    executablePath: process.env.KG_BROWSER,
    headless: true,
    args: kBrowserArguments,
    protocolTimeout: 600_000,
  });
  const close = async () => {
    await browser.close();
    await server.close();
  };
  try {
    const page = await browser.newPage();
    page.on("pageerror", (error) => console.error(`  the page says: ${error.message}`));
    await page.goto(`${server.url}bench/page.html`);
    await page.waitForFunction(() => globalThis.Host);
    const places = Object.fromEntries(Object.keys(folders).map((name) => [name, `${server.url}${name}/`]));
    await page.evaluate(async (...all) => (globalThis.host = await Host.open("chromium", ...all)), places, quick).catch((error) => {
      throw new Error(`the contenders did not start in the browser: ${error.message}`);
    });
    return {
      title: await browser.version(),
      versions: () => page.evaluate(() => host.versions()),
      measure: (name) => page.evaluate((workload) => host.measure(workload), name),
      scale: (group) => page.evaluate((which) => host.scale(which), group),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
