// What the learner has answered and done, chapter by chapter. It stays in this browser and is never sent anywhere.
import { recall, remember } from "./store.js";

const kKey = "progress";

export class Progress {
  #chapters;
  #kept = read();  // {slug: {answers: {id: number of the choice}, tasks: [id]}}
  #opening = null;
  #given = new Set();  // tasks that were met when the lesson was opened: nobody has done anything for them yet
  #listeners = new Set();

  constructor(chapters) {
    this.#chapters = chapters;
  }

  /** listener() after every change. */
  add(listener) {
    this.#listeners.add(listener);
  }

  choice(slug, id) {
    return this.#kept[slug]?.answers[id];
  }

  answer(slug, id, choice) {
    this.#of(slug).answers[id] = choice;
    this.#changed();
  }

  isDone(slug, id) {
    return this.#kept[slug]?.tasks.includes(id) ?? false;
  }

  /** Looks at the tasks of a summary or state; one that has become met stays done. Returns the newly done ones. */
  notice({ slug, opening, tasks }) {
    const met = tasks.filter((task) => task.done).map((task) => task.id);
    if (opening !== this.#opening) {
      this.#opening = opening;
      this.#given = new Set(met);
      return [];
    }
    for (const id of this.#given) if (!met.includes(id)) this.#given.delete(id);
    const fresh = met.filter((id) => !this.#given.has(id) && !this.isDone(slug, id));
    if (fresh.length > 0) {
      this.#of(slug).tasks.push(...fresh);
      this.#changed();
    }
    return fresh;
  }

  quiz(slug) {
    const right = this.#chapters.find(slug)?.quiz ?? {};
    const ids = Object.keys(right);
    const answered = ids.filter((id) => this.choice(slug, id) !== undefined);
    return {
      answered: answered.length,
      correct: answered.filter((id) => this.choice(slug, id) === right[id]).length,
      total: ids.length,
    };
  }

  /** How many of a chapter's tasks are done, and how many there are. */
  tasks(slug) {
    const ids = this.#chapters.find(slug)?.tasks ?? [];
    return { done: ids.filter((id) => this.isDone(slug, id)).length, total: ids.length };
  }

  get isEmpty() {
    return Object.keys(this.#kept).length === 0;
  }

  /** Of one chapter, or of all. */
  forget(slug) {
    if (slug === undefined) this.#kept = {};
    else delete this.#kept[slug];
    this.#changed();
  }

  #of(slug) {
    return (this.#kept[slug] ??= { answers: {}, tasks: [] });
  }

  #changed() {
    remember(kKey, this.isEmpty ? null : JSON.stringify(this.#kept));
    for (const listener of this.#listeners) listener();
  }
}

/** What was kept, without what does not look as it should: storage is a place where others write, too. */
function read() {
  const kept = {};
  let stored;
  try {
    stored = JSON.parse(recall(kKey) ?? "{}");
  } catch {
    return kept;
  }
  if (typeof stored !== "object" || stored === null) return kept;
  for (const [slug, chapter] of Object.entries(stored)) {
    const { answers, tasks } = Object(chapter);
    kept[slug] = {
      answers: Object.fromEntries(Object.entries(Object(answers)).filter(([, choice]) => Number.isInteger(choice))),
      tasks: Array.isArray(tasks) ? tasks.filter((id) => typeof id === "string") : [],
    };
  }
  return kept;
}
