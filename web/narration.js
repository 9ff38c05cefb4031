// The spoken side of the stage, for screen readers: each step when paused, now and then while it plays.

const kPlayingMs = 2500;

export class Narration {
  #place;
  #slug = null;
  #told = "";
  #last = -Infinity;

  constructor(place) {
    this.#place = place;
  }

  update({ slug, narration, playing }) {
    if (slug !== this.#slug) {
      // What is on stage when a chapter opens is not news: its text says it.
      this.#slug = slug;
      this.#told = narration;
      return;
    }
    if (narration === this.#told) return;
    const now = performance.now();
    if (playing && now - this.#last < kPlayingMs) return;
    this.#last = now;
    this.#told = narration;
    this.#place.textContent = narration;
  }
}
