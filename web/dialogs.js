// Help and About.

export class Dialogs {
  #help = document.getElementById("help");
  #about = document.getElementById("about");

  constructor() {
    document.getElementById("help-open").addEventListener("click", () => this.help());
    document.getElementById("about-open").addEventListener("click", () => this.#about.showModal());
    document.getElementById("about-from-help").addEventListener("click", () => {
      this.#help.close();
      this.#about.showModal();
    });
    for (const dialog of [this.#help, this.#about]) {
      dialog.querySelector("[data-closes]").addEventListener("click", () => dialog.close());
      // A press on the backdrop is a press on the dialog itself, outside of its box.
      dialog.addEventListener("click", (event) => {
        if (event.target === dialog && !inside(dialog.getBoundingClientRect(), event)) dialog.close();
      });
    }
    document.getElementById("licences").addEventListener("toggle", () => this.#showLicences(), { once: true });
  }

  help() {
    if (!document.querySelector("dialog[open]")) this.#help.showModal();
  }

  /** Facts about this very page: "variant", "offline". */
  tell(fact, text) {
    document.getElementById(`about-${fact}`).textContent = text;
  }

  async #showLicences() {
    const place = document.getElementById("licences-text");
    try {
      const response = await fetch("./licences.txt");
      if (!response.ok) throw new Error(`status ${response.status}`);
      place.textContent = await response.text();
    } catch {
      place.textContent = "The licences could not be loaded. They are in the file licences.txt beside this page.";
    }
  }
}

function inside(box, point) {
  return point.clientX >= box.left && point.clientX <= box.right && point.clientY >= box.top && point.clientY <= box.bottom;
}
