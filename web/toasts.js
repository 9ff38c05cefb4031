// Short messages over the stage, each said aloud as well.

const kInfoMs = 7000;
const kErrorMs = 12000;
const kMost = 3;

export class Toasts {
  #place = document.getElementById("toasts");
  #polite = document.getElementById("notices");
  #assertive = document.getElementById("errors");

  /** text: a sentence or a list of them. action: {label, run} for a button. */
  show(text, { tone = "info", action = null } = {}) {
    const sentences = [text].flat();
    this.#dropSame(sentences.join("\n"));
    const toast = element("div", `toast ${tone}`);
    const body = element("div", "toast-text");
    for (const sentence of sentences) body.append(element("p", "", sentence));
    if (action) {
      const button = element("button", "press", action.label);
      button.type = "button";
      button.addEventListener("click", action.run);
      body.append(button);
    }
    toast.append(body, this.#closeButton(toast));
    this.#place.append(toast);
    while (this.#place.children.length > kMost) this.#place.firstElementChild.remove();
    (tone === "error" ? this.#assertive : this.#polite).textContent = sentences.join(" ");
    if (!action) this.#leaveLater(toast, tone === "error" ? kErrorMs : kInfoMs);
  }

  #dropSame(text) {
    for (const toast of [...this.#place.children]) {
      const shown = [...toast.querySelectorAll("p")].map((p) => p.textContent).join("\n");
      if (shown === text) toast.remove();
    }
  }

  #closeButton(toast) {
    const button = element("button", "tool");
    button.type = "button";
    button.setAttribute("aria-label", "Close message");
    button.append(cross());
    button.addEventListener("click", () => toast.remove());
    return button;
  }

  /** Not while the learner is on it. */
  #leaveLater(toast, ms) {
    let timer = setTimeout(() => toast.remove(), ms);
    const hold = () => clearTimeout(timer);
    const release = () => {
      clearTimeout(timer);
      timer = setTimeout(() => toast.remove(), ms / 2);
    };
    toast.addEventListener("pointerenter", hold);
    toast.addEventListener("focusin", hold);
    toast.addEventListener("pointerleave", release);
    toast.addEventListener("focusout", release);
  }
}

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function cross() {
  const svg = document.querySelector("[data-closes] svg").cloneNode(true);
  return svg;
}
