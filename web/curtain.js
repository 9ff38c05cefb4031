// What is seen in the place of the stage before its first frame, or instead of it.

const kFadeMs = 260;  // style/overlay.css: .curtain

export class Curtain {
  #curtain = document.getElementById("curtain");
  #text = document.getElementById("curtain-text");

  open() {
    this.#curtain.classList.add("open");
    setTimeout(() => (this.#curtain.hidden = true), kFadeMs);
  }

  /** Says what is missing, and returns it as an Error for those who wait. */
  trouble(title, text, again = false) {
    const heading = Object.assign(document.createElement("h2"), { textContent: title });
    const sentence = Object.assign(document.createElement("p"), { textContent: text });
    this.#text.replaceChildren(heading, sentence);
    if (again) {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "press", textContent: "Load the page again" });
      button.addEventListener("click", () => location.reload());
      this.#text.append(button);
    }
    this.#curtain.classList.add("trouble");
    document.getElementById("stage").tabIndex = -1;
    document.getElementById("errors").textContent = `${title}. ${text}`;
    return new Error(`${title}. ${text}`);
  }
}
