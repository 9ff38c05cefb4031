// One browser and one server for a file of tests, and pages that remember what went wrong on them.
//   KG_DIST     the folder of the site (default: dist in the root of the repository)
//   KG_BROWSER  the Chromium to use (default: the first one on the PATH)
import { accessSync, constants, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import assert from "node:assert/strict";
import puppeteer from "puppeteer-core";
import { serve } from "../../../tools/serve.mjs";
import { kBrowserArguments } from "../../../tools/shots.mjs";

const kRoot = fileURLToPath(new URL("../../../", import.meta.url));
const kBrowserNames = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

export const kPrefix = "/some/deep/folder/";
export const kDesktop = { width: 1280, height: 720, deviceScaleFactor: 1 };
export const kPhone = { width: 390, height: 844, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

export const kDist = path.resolve(kRoot, process.env.KG_DIST ?? "dist");

/** The rows of the list of chapters: {slug, title, chapter, tasks, quiz, …}. */
export const kArticles = JSON.parse(readFileSync(path.join(kDist, "lessons/en/index.json"), "utf8"));

function browserPath() {
  if (process.env.KG_BROWSER) return process.env.KG_BROWSER;
  for (const folder of (process.env.PATH ?? "").split(path.delimiter)) {
    for (const name of kBrowserNames) {
      const file = path.join(folder, name);
      try {
        accessSync(file, constants.X_OK);
        return file;
      } catch {
        // Not in this folder.
      }
    }
  }
  throw new Error("No Chromium was found on the PATH; name one in KG_BROWSER.");
}

/** Runs in every page before its own scripts: counts frames that are asked for, and writes down broken rules. */
function instrument() {
  const native = window.requestAnimationFrame.bind(window);
  const cancel = window.cancelAnimationFrame.bind(window);
  const pending = new Set();
  const seen = { frames: 0, violations: [], native, pending: () => pending.size };
  window.requestAnimationFrame = (callback) => {
    ++seen.frames;
    const id = native((time) => {
      pending.delete(id);
      callback(time);
    });
    pending.add(id);
    return id;
  };
  window.cancelAnimationFrame = (id) => {
    pending.delete(id);
    cancel(id);
  };
  document.addEventListener("securitypolicyviolation", (event) => {
    seen.violations.push(`${event.violatedDirective}: ${event.blockedURI} (${event.sourceFile}:${event.lineNumber})`);
  });
  Object.defineProperty(window, "__seen", { value: seen });
}

export class Site {
  static async open() {
    const site = new Site();
    accessSync(path.join(kDist, "index.html"));
    site.server = await serve({ root: kDist, prefix: kPrefix, csp: true, port: 0 });
    site.url = site.server.url;
    site.browser = await puppeteer.launch({
      executablePath: browserPath(),
      headless: true,
      args: kBrowserArguments,
      protocolTimeout: 60_000,
    });
    return site;
  }

  async close() {
    await this.browser?.close();
    await this.server?.close();
  }

  /**
   * A page of its own storage. Options: hash ("#/convolution?stride=2"; "" is how a newcomer comes, and opens the first
   * chapter), query ("variant=simd"), viewport, media ({"prefers-color-scheme": "dark"}), before (runs in the page before its
   * scripts), go (false: do not open the address yet), ready (false: do not wait for the first frame).
   */
  async page({ hash = "#/convolution", query = "variant=relaxed", viewport = kDesktop, media = {}, before, go = true, ready = true } = {}) {
    const context = await this.browser.createBrowserContext();
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    page.complaints = [];
    page.on("console", (message) => {
      if (["error", "warn", "assert"].includes(message.type())) page.complaints.push(`console ${message.type()}: ${message.text()} (${message.location().url ?? ""})`);
    });
    page.on("pageerror", (error) => page.complaints.push(`uncaught: ${error.message ?? error}`));
    page.on("request", (request) => {
      const url = request.url();
      if (!url.startsWith(this.url) && !/^(data|blob):/.test(url)) page.complaints.push(`request outside of the folder: ${url}`);
    });
    page.on("response", (response) => {
      if (response.status() >= 400) page.complaints.push(`status ${response.status()}: ${response.url()}`);
    });
    await page.evaluateOnNewDocument(instrument);
    if (before) await page.evaluateOnNewDocument(before);
    await page.setViewport(viewport);
    const features = Object.entries(media).map(([name, value]) => ({ name, value }));
    if (features.length > 0) await page.emulateMediaFeatures(features);
    page.address = (tail = hash, search = query) => `${this.url}${search ? `?${search}` : ""}${tail}`;
    if (go) {
      await page.goto(page.address());
      if (ready) await whenReady(page);
    }
    return page;
  }

  /** Opens a page, runs the test on it, and is not content if the page complained meanwhile. */
  async with(options, test) {
    const page = await this.page(options);
    try {
      await test(page);
      await noComplaints(page);
    } finally {
      await page.browserContext().close();
    }
  }
}

export async function whenReady(page) {
  await page.waitForFunction(() => window.kernelglass);
  await page.evaluate(() => window.kernelglass.ready);
  await page.waitForSelector("#curtain", { hidden: true });  // it fades over the stage, and pictures would show it
  await settled(page);
}

export async function noComplaints(page) {
  const violations = await page.evaluate(() => window.__seen.violations);
  assert.deepEqual([...page.complaints, ...violations], [], "the page complained");
}

/** Until the stage asks for no further frame and the last one is on the screen; but no longer than a few frames. */
export async function settled(page, most = 12) {
  await page.evaluate(async (frames) => {
    for (let quiet = 0; quiet < 2 && frames > 0; --frames) {
      await new Promise((resolve) => window.__seen.native(() => setTimeout(resolve)));
      quiet = window.__seen.pending() === 0 ? quiet + 1 : 0;
    }
  }, most);
}

// window.kernelglass from outside.
export const state = (page) => page.evaluate(() => window.kernelglass.state());
export const act = (page, verb, ...args) => page.evaluate((v, a) => window.kernelglass.do(v, ...a), verb, args);
export const open = (page, params = {}, slug = "convolution") => page.evaluate((s, p) => window.kernelglass.open(s, p), slug, params);

/** The sentence with which a verb is refused; null when it is done. */
export const refusal = (page, verb, ...args) =>
  page.evaluate((v, a) => window.kernelglass.do(v, ...a).then(() => null, (error) => error.message), verb, args);

/** Waits until a function of the state (it runs in the page) is true; says what the state was if it never is. */
export async function until(page, what, condition, ...args) {
  const question = `(${condition})(window.kernelglass.state(), ...${JSON.stringify(args)})`;
  try {
    await page.waitForFunction(question, { polling: 20 });
  } catch (error) {
    const shortened = (key, value) => (Array.isArray(value) && value.length > 30 ? `${value.length} values` : value);
    throw new Error(`${what}: it did not come to be (${error.message}). The state: ${JSON.stringify(await state(page), shortened)}`);
  }
}

/** The stage as PNG; of a part of it when given {x, y, width, height} in CSS pixels from its corner. */
export async function stageShot(page, part) {
  await settled(page);
  const box = await stageBox(page);
  const clip = part ? { ...part, x: box.x + part.x, y: box.y + part.y } : box;
  return Buffer.from(await page.screenshot({ clip, captureBeyondViewport: false, optimizeForSpeed: true }));
}

export const stageBox = (page) =>
  page.$eval("#stage", (canvas) => {
    const { x, y, width, height } = canvas.getBoundingClientRect();
    return { x, y, width, height };
  });

/** The sentences now on show (toasts). */
export const toasts = (page) => page.$$eval("#toasts .toast", (all) => all.map((toast) => toast.innerText.trim()));

export const closeToasts = (page) => page.$$eval("#toasts .toast .tool", (all) => all.forEach((button) => button.click()));

/** Waits for a toast whose text has this in it; returns its text. */
export async function toast(page, part) {
  try {
    const handle = await page.waitForFunction(
      (wanted) => [...document.querySelectorAll("#toasts .toast")].map((t) => t.innerText.trim()).find((text) => text.includes(wanted)) ?? false,
      { polling: "mutation" },
      part,
    );
    return await handle.jsonValue();
  } catch {
    throw new Error(`No toast says “${part}”. There are: ${JSON.stringify(await toasts(page))}`);
  }
}

/** The control of the stage that has the keyboard, as a screen reader hears it. */
export const focusLabel = (page) => page.$eval("#focus-label", (place) => place.textContent);

/**
 * The names of the controls on the stage, in the order of Tab: all of them, or up to the first that begins with `wanted`,
 * which then has the keyboard. The Tab keys are made in the page, which is many times faster; real ones are tested apart.
 */
async function walk(page, wanted) {
  await page.evaluate(() => document.activeElement?.blur());
  await settled(page);
  await page.focus("#stage");
  return page.evaluate(async (start) => {
    const canvas = document.getElementById("stage");
    const names = [];
    for (;;) {
      await null;  // The name is written in a microtask.
      await null;
      names.push(document.getElementById("focus-label").textContent);
      if (start !== null && names.at(-1).startsWith(start)) return names;
      const tab = new KeyboardEvent("keydown", { key: "Tab", code: "Tab", bubbles: true, cancelable: true });
      if (canvas.dispatchEvent(tab) || names.length > 100) return names;
    }
  }, wanted);
}

export async function controlNames(page) {
  const names = await walk(page, null);
  await page.evaluate(() => document.activeElement?.blur());
  await settled(page);
  return names;
}

/** Gives the keyboard to the control of the stage whose name begins like this. */
export async function tabTo(page, name) {
  const names = await walk(page, name);
  if (!names.at(-1)?.startsWith(name)) throw new Error(`No control of the stage is called “${name}”. There are: ${names.join(" | ")}`);
  await settled(page);
  return names.at(-1);
}

/** Works on the stage while nothing else of the page has the focus. */
export const leaveStage = async (page) => {
  await page.evaluate(() => document.activeElement?.blur());
  await settled(page);
};

/** Runs in a page before its scripts: counts what the page's other thread has sent back, in window.__answers. */
export function countAnswers() {
  window.__answers = 0;
  window.Worker = class extends window.Worker {
    constructor(...given) {
      super(...given);
      this.addEventListener("message", ({ data }) => (window.__answers += "result" in data));
    }
  };
}

/** A rejected promise must not pass as one of another kind: text of an error, and it is a sentence. */
export function assertSentence(text, about) {
  assert.equal(typeof text, "string", `${about}: it should be refused with a sentence`);
  assert.match(text, /^\S.{4,}/s, `${about}: “${text}” is no sentence`);
  assert.match(text, /[.!?)]$/, `${about}: “${text}” does not end like a sentence`);
  assert.doesNotMatch(text, /undefined|\[object|NaN×|std::|exception/i, `${about}: “${text}” is not for people`);
}

/** Small seeded random numbers (mulberry32): the same on every machine. */
export function random(seed) {
  let a = seed >>> 0;
  const next = () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return { next, below: (n) => Math.floor(next() * n), pick: (list) => list[Math.floor(next() * list.length)] };
}
