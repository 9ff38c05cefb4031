// The wiring diagram of the page.
import { createApi } from "./api.js";
import { Article } from "./article.js";
import { Chapters } from "./chapters.js";
import { Curtain } from "./curtain.js";
import { Dialogs } from "./dialogs.js";
import { Display } from "./display.js";
import { Engine } from "./engine.js";
import { Exercises } from "./exercises.js";
import { Files } from "./files.js";
import { Helper } from "./helper.js";
import { listenToKeys } from "./keys.js";
import { Links } from "./links.js";
import { kVariantNames, start as startWasm, whatIsMissing } from "./loader.js";
import { Narration } from "./narration.js";
import { keepOffline } from "./offline.js";
import { Progress } from "./progress.js";
import { Terms } from "./terms.js";
import { startSheets } from "./sheets.js";
import { Stage } from "./stage.js";
import { Toasts } from "./toasts.js";
import { Watch } from "./watch.js";
import { parse } from "./address.js";

const engine = new Engine();
const curtain = new Curtain();
const toasts = new Toasts();
const dialogs = new Dialogs();
const chapters = new Chapters();
const watch = new Watch(engine);
const canvas = document.getElementById("stage");
const focusLabel = document.getElementById("focus-label");

const stage = new Stage({ canvas, engine, labelled: (label) => (focusLabel.textContent = label) });
const progress = new Progress(chapters);
const exercises = new Exercises({ panel: document.getElementById("article"), chapters, progress, act, say: (text) => toasts.show(text) });
const terms = new Terms({ panel: document.getElementById("article"), engine });
const article = new Article({ chapters, exercises, act });
const narration = new Narration(document.getElementById("narration"));
const display = new Display({ engine, changed: () => engine.attached && links.flush() });
const files = new Files({ engine, say: (text, tone) => toasts.show(text, { tone }) });
const links = new Links({ engine, display, opened: openChapter, say: (sentences) => toasts.show(sentences) });

// The second thread of this wasm; what it sends back goes straight there.
const helperFor = (program) => new Helper({ program, came: (bytes) => engine.helped(bytes) });

const ready = begin();
ready.catch(() => {});  // Whoever waits for it hears the sentence; nobody has to.
window.kernelglass = createApi({ engine, links, progress, ready });

async function begin() {
  startSheets();
  chapters.follow(progress);
  startSkips();
  listenToKeys({ engine, act, help: () => dialogs.help() });

  const place = parse(location.hash);
  display.take(place.page);
  await chapters.load().catch((error) => toasts.show(error.message, { tone: "error" }));
  showChapter(chapters.find(place.slug) ? place.slug : chapters.all[0]?.slug);

  const missing = whatIsMissing();
  if (missing) throw curtain.trouble(missing.title, missing.text);
  const firstFrame = new Promise((resolve) => engine.on("ready", resolve));
  const forced = new URLSearchParams(location.search).get("variant");
  let wasm;
  try {
    wasm = await startWasm({ canvas, receive: (json) => engine.receive(json), forced, helperFor });
    connect(wasm.module);
  } catch (error) {
    throw curtain.trouble("The stage did not start", error.message, true);
  }
  await firstFrame;
  curtain.open();
  watch.look();
  dialogs.tell("variant", kVariantNames[wasm.variant]);
  if (!forced) keepCopy(wasm.variant);
}

function connect(module) {
  engine.attach(module);
  stage.start();
  files.start();
  engine.on("say", ({ text, tone }) => toasts.show(text, { tone }));
  engine.on("help", () => dialogs.help());
  engine.on("follow", ({ link }) => links.follow(link));
  watch.add((summary) => links.write(summary));
  watch.add((summary) => narration.update(summary));
  watch.add((summary) => exercises.done(summary.slug, progress.notice(summary)));
  watch.add((summary) => article.update(summary, article.wanted ? engine.call({ op: "state" }) : null));
  links.start();
}

/** Runs a verb for a control of the page, and waits for what it asks for. A refusal becomes a toast. Returns whether it was done. */
async function act(verb, ...args) {
  try {
    await ready;
    return !(await engine.perform(verb, args)).dropped;
  } catch (error) {
    toasts.show(error.message, { tone: "error" });
    return false;
  }
}

function openChapter(slug) {
  progress.notice(engine.call({ op: "summary" }));  // Before anybody can have done anything.
  terms.clear();
  showChapter(slug);
}

async function showChapter(slug) {
  chapters.show(slug);
  await article.show(slug);
  if (engine.attached) watch.look();
}

function startSkips() {
  const places = { stage, article };
  for (const link of document.querySelectorAll("[data-skip]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      places[link.dataset.skip].focus();
    });
  }
}

function keepCopy(variant) {
  keepOffline({
    variant,
    kept: () => dialogs.tell("offline", "a copy is kept in this browser"),
    fresh: () => toasts.show("A new version of Kernelglass is here. It opens the next time you load this page.", {
      action: { label: "Load it now", run: () => location.reload() },
    }),
  });
}
