// The text panel: loads a chapter's text, runs the verbs of its buttons, fills its live values.
import { fillBound, fillLinks, LiveBlocks } from "./live.js";

export class Article {
  #panel = document.getElementById("article");
  #chapters;
  #slug = null;
  #blocks = null;
  #bound = [];
  #links = [];
  #exercises;

  /** act(verb, ...args) runs a verb and says a refusal aloud. */
  constructor({ chapters, exercises, act }) {
    this.#chapters = chapters;
    this.#exercises = exercises;
    this.#panel.addEventListener("click", (event) => {
      const button = event.target.closest("[data-do]");
      if (button) run(button, act);
    });
  }

  get wanted() {
    return this.#panel.offsetParent !== null && (this.#bound.length > 0 || this.#links.length > 0 || this.#blocks?.wantState);
  }

  focus() {
    this.#panel.focus();
  }

  async show(slug) {
    if (slug === this.#slug) return;
    this.#slug = slug;
    const chapter = this.#chapters.find(slug);
    let html = null;
    if (chapter) html = await fetchText(`./lessons/en/${chapter.slug}.html`);
    if (slug !== this.#slug) return;  // The learner has gone on meanwhile.
    if (html === null) {
      this.#slug = null;
      html = '<p class="article-trouble">The text of this chapter could not be loaded. Check the connection, then load the page again.</p>';
    }
    this.#panel.innerHTML = html;
    this.#panel.scrollTop = 0;
    this.#panel.setAttribute("aria-label", chapter ? `Text of the chapter: ${chapter.title}` : "Text of the chapter");
    this.#addNext(slug);
    this.#exercises.show(slug);
    this.#bound = [...this.#panel.querySelectorAll("[data-bind]")];
    this.#links = [...this.#panel.querySelectorAll("[data-to]")];
    this.#blocks = new LiveBlocks(this.#panel);
  }

  /** state: the full state, or null when it was not asked for. */
  update(summary, state) {
    if (summary.slug !== this.#slug) return;
    this.#blocks?.update(summary, state);
    if (!state) return;
    fillBound(this.#bound, state);
    fillLinks(this.#links, state);
  }

  #addNext(slug) {
    const next = this.#chapters.after(slug);
    const lesson = this.#panel.querySelector(".lesson");
    if (!next || !lesson) return;
    const link = document.createElement("a");
    link.className = "next";
    link.href = `#/${next.slug}`;
    for (const [name, text] of [["label", "Next chapter"], ["title", next.title]]) {
      const part = document.createElement("span");
      part.className = `next-${name}`;
      part.textContent = text;
      link.append(part);
    }
    lesson.append(link);
  }
}

/** data-do holds one call, ["verb", …], or a list of them. They run one after the other; a refused one ends it. */
async function run(button, act) {
  const calls = JSON.parse(button.dataset.do);
  for (const [verb, ...args] of Array.isArray(calls[0]) ? calls : [calls]) {
    if (!(await act(verb, ...args))) return;
  }
}

async function fetchText(url) {
  try {
    const response = await fetch(url);
    return response.ok ? await response.text() : null;
  } catch {
    return null;
  }
}
