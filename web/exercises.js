// The exercises at the end of a chapter's text: questions with answers to press, tasks that tick themselves off, and
// fields for a number that goes to the stage.

export class Exercises {
  #panel;
  #chapters;
  #progress;
  #act;
  #say;
  #slug = null;

  /** act(verb, ...args) runs a verb; say(sentence) shows a message. */
  constructor({ panel, chapters, progress, act, say }) {
    this.#panel = panel;
    this.#chapters = chapters;
    this.#progress = progress;
    this.#act = act;
    this.#say = say;
    panel.addEventListener("click", (event) => this.#pressed(event.target));
    panel.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#asked(event.target);
    });
    progress.add(() => this.#fill());
  }

  /** The panel holds this chapter's text now. */
  show(slug) {
    this.#slug = slug;
    this.#fill();
  }

  /** Tasks that have just been done, told in words. */
  done(slug, ids) {
    if (slug !== this.#slug) return;
    for (const id of ids) this.#say(`Done: ${this.#wordsOf(id)}`);
  }

  #wordsOf(id) {
    const words = this.#panel.querySelector(`[data-task="${id}"] .task-words`)?.cloneNode(true);
    words?.querySelectorAll(".task-state, .press, form").forEach((part) => part.remove());
    return words?.textContent.trim() ?? "a task of this chapter";
  }

  #pressed(target) {
    const answer = target.closest(".answer");
    if (answer) {
      const question = answer.closest(".question");
      const choice = Number(answer.dataset.choice);
      this.#progress.answer(this.#slug, question.dataset.question, choice);
      // The explanation is beside the answer; this says it to those who do not see it appear.
      const why = question.querySelector(`[data-why="${choice}"]`).textContent.trim();
      question.querySelector('[role="status"]').textContent = `${answer.dataset.verdict}. ${why}`;
    }
    if (target.closest("[data-forget]")) this.#progress.forget(this.#slug);
  }

  async #asked(form) {
    const field = form.querySelector("input");
    const text = field.value.trim().replace(",", ".").replace("−", "-");
    const value = text === "" ? NaN : Number(text);
    if (!Number.isFinite(value)) {
      this.#say("Write a number into the field, such as 3 or −0.5.");
      field.focus();
      return;
    }
    await this.#act(form.dataset.ask, value);
  }

  #fill() {
    const chapter = this.#chapters.find(this.#slug);
    if (!chapter) return;
    for (const question of this.#panel.querySelectorAll(".question")) this.#fillQuestion(question, chapter.quiz[question.dataset.question]);
    for (const task of this.#panel.querySelectorAll(".task")) {
      const done = this.#progress.isDone(this.#slug, task.dataset.task);
      task.classList.toggle("done", done);
      task.querySelector(".task-state").textContent = done ? "Done." : "Not done yet.";
    }
    const { answered, correct, total } = this.#progress.quiz(this.#slug);
    const score = this.#panel.querySelector("[data-score]");
    if (score) score.textContent = answered === 0 ? `${total} questions` : `${correct} of ${total} right${answered < total ? `, ${total - answered} to go` : ""}`;
    const forget = this.#panel.querySelector("[data-forget]");
    if (forget) forget.hidden = answered === 0 && this.#progress.tasks(this.#slug).done === 0;
  }

  #fillQuestion(question, right) {
    const chosen = this.#progress.choice(this.#slug, question.dataset.question);
    for (const answer of question.querySelectorAll(".answer")) {
      const choice = Number(answer.dataset.choice);
      const pressed = choice === chosen;
      answer.dataset.verdict = choice === right ? "Right" : "Not quite";
      answer.setAttribute("aria-pressed", String(pressed));
      answer.classList.toggle("right", pressed && choice === right);
      answer.classList.toggle("wrong", pressed && choice !== right);
      question.querySelector(`[data-why="${choice}"]`).hidden = !pressed;
    }
    if (chosen === undefined) question.querySelector('[role="status"]').textContent = "";
  }
}
