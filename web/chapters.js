// The list of chapters, from the index that the build writes.

export class Chapters {
  #chapters = [];
  #loaded = () => {};

  async load() {
    const response = await fetch("./lessons/en/index.json");
    if (!response.ok) throw new Error(`The list of chapters could not be loaded (status ${response.status}).`);
    this.#chapters = await response.json();
    document.getElementById("chapters-list").replaceChildren(...parts(this.#chapters));
    this.#loaded();
  }

  /** Shows beside each chapter how far the learner has come. */
  follow(progress) {
    const fill = () => {
      for (const { slug } of this.#chapters) {
        const { correct, total } = progress.quiz(slug);
        const tasks = progress.tasks(slug);
        const begun = correct + tasks.done > 0;
        const place = document.querySelector(`.chapter[data-slug="${slug}"] .chapter-progress`);
        place.textContent = begun ? `${correct} of ${total} answers, ${tasks.done} of ${tasks.total} tasks` : "";
      }
      document.getElementById("chapters-foot").hidden = progress.isEmpty;
    };
    progress.add(fill);
    document.getElementById("forget-all").addEventListener("click", () => progress.forget());
    this.#loaded = fill;
  }

  get all() {
    return this.#chapters;
  }

  find(slug) {
    return this.#chapters.find((chapter) => chapter.slug === slug);
  }

  after(slug) {
    const index = this.#chapters.findIndex((chapter) => chapter.slug === slug);
    return index < 0 ? undefined : this.#chapters[index + 1];
  }

  show(slug) {
    const chapter = this.find(slug);
    document.getElementById("chapter-number").textContent = chapter ? String(chapter.chapter) : "";
    document.getElementById("chapter-title").textContent = chapter?.title ?? "Chapters";
    document.title = chapter ? `${chapter.title} · Kernelglass` : "Kernelglass";
    const stage = document.getElementById("stage");
    stage.setAttribute("aria-label", chapter ? `Interactive stage: ${chapter.title}` : "Interactive stage");
    for (const link of document.querySelectorAll(".chapter")) {
      if (link.dataset.slug === slug) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
  }
}

/** The chapters under the names of their parts. */
function parts(chapters) {
  return [...new Set(chapters.map(({ part }) => part))].map((name, index) => {
    const title = document.createElement("h2");
    title.className = "sheet-title";
    title.id = `part-${index}`;
    title.textContent = name;
    const list = document.createElement("ol");
    list.className = "chapters-list";
    list.setAttribute("aria-labelledby", title.id);
    list.append(...chapters.filter(({ part }) => part === name).map(entry));
    const section = document.createElement("div");
    section.append(title, list);
    return section;
  });
}

function entry(chapter) {
  const link = document.createElement("a");
  link.className = "chapter";
  link.href = `#/${chapter.slug}`;
  link.dataset.slug = chapter.slug;
  for (const [name, text] of [["number", chapter.chapter], ["title", chapter.title], ["question", chapter.question], ["progress", ""]]) {
    const part = document.createElement("span");
    part.className = `chapter-${name}`;
    part.textContent = String(text);
    link.append(part);
  }
  const item = document.createElement("li");
  item.append(link);
  return item;
}
