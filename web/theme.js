// Light, dark or high contrast: the link's wish, else the learner's choice, else the system's.
// Each palette is a style sheet of its own; choosing one is switching their media.
import { recall, remember } from "./store.js";

export const kThemes = ["light", "dark", "contrast"];

const kSystem = {
  dark: "(prefers-color-scheme: dark)",
  contrast: "(prefers-contrast: more)",
};

export class Theme {
  #asked = null;
  #choice;
  #changed;

  constructor(changed) {
    this.#changed = changed;
    const saved = recall("theme");
    this.#choice = kThemes.includes(saved) ? saved : "system";
    for (const query of Object.values(kSystem)) matchMedia(query).addEventListener("change", () => this.#apply());
    this.#apply();
  }

  /** What the switch shows: "system" or a theme. */
  get choice() {
    return this.#asked ?? this.#choice;
  }

  /** The theme in force. */
  get current() {
    if (this.choice !== "system") return this.choice;
    if (matchMedia(kSystem.contrast).matches) return "contrast";
    return matchMedia(kSystem.dark).matches ? "dark" : "light";
  }

  /** The link's wish; null for none. */
  ask(theme) {
    this.#asked = theme;
    this.#apply();
  }

  /** The learner's choice, remembered; it outlives the link's wish. */
  choose(choice) {
    this.#choice = choice;
    this.#asked = null;
    remember("theme", choice === "system" ? null : choice);
    this.#apply();
  }

  #apply() {
    const choice = this.choice;
    for (const link of document.querySelectorAll("link[data-palette]")) {
      const palette = link.dataset.palette;
      const media = palette === "light" || palette === choice ? "all" : choice === "system" ? kSystem[palette] : "not all";
      if (link.media !== media) link.media = media;
    }
    document.documentElement.dataset.theme = this.current;
    const ground = { light: "#ffffff", dark: "#191e28", contrast: "#000000" }[this.current];
    document.querySelector('meta[name="theme-color"]').content = ground;
    for (const input of document.querySelectorAll('input[name="theme"]')) input.checked = input.value === choice;
    this.#changed?.();
  }
}
