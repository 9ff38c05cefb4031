// How the page is shown: the page's own keys of the address (stage, hide, theme), and what the stage is told of it.
import { kThemes, Theme } from "./theme.js";
import { recall, remember } from "./store.js";

const kHere = ["article", "header"];  // What hide= can hide outside of the stage.

export class Display {
  page = {};
  #engine;
  #theme;
  #motion = matchMedia("(prefers-reduced-motion: reduce)");
  #touch = matchMedia("(pointer: coarse)");
  #onItsSide = matchMedia("(max-height: 30em) and (min-width: 36.001em)");  // A phone: no room for the text beside the stage.
  #changed;
  #taking = false;

  /** changed(): the page's keys changed by a switch, not by the address. */
  constructor({ engine, changed }) {
    this.#engine = engine;
    this.#changed = changed;
    this.#theme = new Theme(() => this.#taking || this.#tell());
    this.#motion.addEventListener("change", () => this.#tell());
    this.#touch.addEventListener("change", () => this.#tell());
    this.#onItsSide.addEventListener("change", () => this.#layout());
    for (const input of document.querySelectorAll('input[name="theme"]')) {
      input.addEventListener("change", () => this.#choose(input.value));
    }
    const toggle = document.getElementById("article-toggle");
    toggle.addEventListener("click", () => {
      remember("article", this.#articleOpen() ? "closed" : "open");
      this.#layout();
    });
    this.#layout();
  }

  /** The keys as the address gives them. Returns sentences about those that mean nothing. */
  take(page) {
    const notices = [];
    const known = {};
    if (page.theme !== undefined) {
      if (kThemes.includes(page.theme)) known.theme = page.theme;
      else notices.push(`There is no theme “${page.theme.slice(0, 40)}”. There is light, dark and contrast.`);
    }
    if (page.stage !== undefined) {
      if (page.stage === "only") known.stage = "only";
      else notices.push(`stage=${page.stage.slice(0, 40)} means nothing here. stage=only shows the stage alone.`);
    }
    if (page.hide) known.hide = page.hide;
    this.page = known;
    this.#layout();
    this.#taking = true;
    this.#theme.ask(known.theme ?? null);
    this.#taking = false;
    return [...notices, ...this.#tell()];
  }

  #choose(choice) {
    delete this.page.theme;
    this.#theme.choose(choice);
    this.#changed();
  }

  #hidden() {
    return (this.page.hide ?? "").split(",").map((name) => name.trim()).filter(Boolean);
  }

  #articleOpen() {
    const choice = recall("article");
    return choice ? choice === "open" : !this.#onItsSide.matches;
  }

  #layout() {
    const root = document.documentElement;
    const hidden = this.#hidden();
    const open = this.#articleOpen() && !hidden.includes("article");
    root.dataset.stage = this.page.stage === "only" ? "only" : "page";
    root.dataset.article = open ? "open" : "closed";
    root.dataset.bar = hidden.includes("header") ? "hidden" : "shown";
    const toggle = document.getElementById("article-toggle");
    toggle.setAttribute("aria-expanded", String(open));
    toggle.hidden = hidden.includes("article");
  }

  /** Tells the stage. Returns its notices (names under hide= that it does not know). */
  #tell() {
    if (!this.#engine.attached) return [];
    const answer = this.#engine.call({
      op: "display",
      theme: this.#theme.current,
      reduced_motion: this.#motion.matches,
      stage_only: this.page.stage === "only",
      hide: this.#hidden().filter((name) => !kHere.includes(name)),
      touch: this.#touch.matches,
    });
    return answer?.notices ?? [];
  }
}
