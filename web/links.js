// Keeps the address and the lesson in step: follows links, back and forward; writes the state into the address
// when it has come to rest, so that a reload or a copied address brings back what was on the stage.
import { build, isPlace, kPageKeys, parse } from "./address.js";

const kRestMs = 400;  // Safari allows 100 writes in 30 s.

export class Links {
  #engine;
  #display;
  #opened;
  #say;
  #slug = null;
  #timer = 0;

  /** display: takes the page's keys; opened(slug): another lesson is on stage; say(sentences): notices, once. */
  constructor({ engine, display, opened, say }) {
    this.#engine = engine;
    this.#display = display;
    this.#opened = opened;
    this.#say = say;
  }

  get slug() {
    return this.#slug;
  }

  /** From now on the address leads. */
  start() {
    this.#follow();
    addEventListener("hashchange", () => {
      if (isPlace(location.hash)) this.#follow();
    });
    addEventListener("pagehide", () => this.flush());
    // Before a link takes the learner away, the place that is left is written down.
    document.addEventListener("click", (event) => {
      if (event.target.closest?.('a[href^="#/"]')) this.flush();
    }, true);
  }

  /** Opens a lesson on behalf of a program. Throws a sentence for one that does not exist. */
  go(slug, params) {
    const lessons = this.#lessons();
    if (!lessons.some((lesson) => lesson.slug === slug)) {
      throw new Error(`There is no chapter "${slug}". There is: ${lessons.map((lesson) => lesson.slug).join(", ")}.`);
    }
    this.flush();
    const own = {};
    const page = { ...this.#display.page };
    for (const [key, value] of Object.entries(params)) (kPageKeys.includes(key) ? page : own)[key] = String(value);
    const other = slug !== this.#slug;
    this.#open(slug, own, page, []);
    this.#write(this.#summary(), other ? "pushState" : "replaceState");
  }

  /** Goes to a place that the stage names, "parameters?net=cnn_2515", as if a link to it had been pressed. */
  follow(link) {
    this.flush();
    location.hash = build(link, this.#display.page);
  }

  /** Something changed: the address follows when it has come to rest. Never while playing. */
  write(summary) {
    clearTimeout(this.#timer);
    this.#timer = 0;
    if (summary.playing) return;
    this.#timer = setTimeout(() => this.flush(), kRestMs);
  }

  /** Writes what is pending now. */
  flush() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    if (this.#slug !== null) this.#write(this.#summary(), "replaceState");
  }

  #follow() {
    clearTimeout(this.#timer);
    const place = parse(location.hash);
    const lessons = this.#lessons();
    const notices = [];
    let { slug, params } = place;
    if (!lessons.some((lesson) => lesson.slug === slug)) {
      if (slug !== "") notices.push(`There is no chapter “${slug.slice(0, 40)}”, so here is the first one.`);
      slug = lessons[0].slug;
      params = {};
    }
    this.#open(slug, params, place.page, notices);
    this.#write(this.#summary(), "replaceState");
  }

  #open(slug, params, page, notices) {
    const opened = this.#engine.call({ op: "open", slug, params });
    const shown = this.#display.take(page);
    this.#slug = slug;
    this.#opened(slug);
    const all = [...notices, ...(opened?.notices ?? []), ...shown];
    if (all.length > 0) this.#say(all);
  }

  #write(summary, how) {
    const hash = build(summary.link, this.#display.page);
    if (hash === location.hash) return;
    try {
      history[how](null, "", hash);
    } catch (error) {
      console.warn(error);  // A browser that finds it too often, or an address too long for it: the lesson goes on.
    }
  }

  #lessons() {
    return this.#engine.call({ op: "lessons" });
  }

  #summary() {
    return this.#engine.call({ op: "summary" });
  }
}
