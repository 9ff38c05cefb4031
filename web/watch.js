// One summary for everybody who mirrors the stage (address, narration, article), asked for only after a change,
// and at most a few times a second while it plays. No clock ticks when nothing changes.

const kPlayingMs = 250;
const kRestingMs = 100;

export class Watch {
  #engine;
  #listeners = [];
  #timer = 0;
  #last = -Infinity;

  constructor(engine) {
    this.#engine = engine;
    engine.on("change", (event) => this.#changed(event.playing ? kPlayingMs : kRestingMs));
  }

  /** listener(summary) */
  add(listener) {
    this.#listeners.push(listener);
  }

  /** Looks again at once. */
  look() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#last = performance.now();
    const summary = this.#engine.call({ op: "summary" });
    for (const listener of this.#listeners) listener(summary);
  }

  #changed(gap) {
    const wait = this.#last + gap - performance.now();
    if (wait <= 0) return this.look();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.look(), wait);
  }
}
