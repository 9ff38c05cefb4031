// Words of the text and parts of the stage light each other up: a pointer on the word, or the keyboard, or a tap,
// frames the part; a pointer on the part marks its words.

export class Terms {
  #panel;
  #engine;
  #pointed = "";

  constructor({ panel, engine }) {
    this.#panel = panel;
    this.#engine = engine;
    const wordOf = (event) => event.target.closest?.("[data-see]");
    for (const [enter, leave] of [["pointerover", "pointerout"], ["focusin", "focusout"]]) {
      panel.addEventListener(enter, (event) => wordOf(event) && this.#point(wordOf(event).dataset.see));
      panel.addEventListener(leave, (event) => wordOf(event) && this.#point(""));
    }
    engine.on("part", ({ part }) => this.#mark(part));
  }

  /** Another text has come: the word that was pointed at is gone, and says so to nobody. */
  clear() {
    this.#point("");
  }

  #point(part) {
    if (part === this.#pointed || !this.#engine.attached) return;
    this.#pointed = part;
    this.#engine.call({ op: "point", part });
  }

  #mark(part) {
    for (const word of this.#panel.querySelectorAll("[data-see]")) word.classList.toggle("lit", word.dataset.see === part);
  }
}
