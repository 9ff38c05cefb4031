// The canvas: its size in real device pixels, and what keyboard focus means at its edge.
// Drawing and all other input are the wasm's own (SDL).

export class Stage {
  #canvas;
  #engine;
  #size = "";
  #ratio = 0;
  #pointed = false;  // Focus came from a pointer.
  #away = false;     // The window lost the focus while the canvas had it.
  #direction = 0;    // Tab (1) or Shift+Tab (-1) is on its way.

  constructor({ canvas, engine, labelled }) {
    this.#canvas = canvas;
    this.#engine = engine;
    engine.on("focus", (event) => labelled(event.label ?? ""));
  }

  start() {
    this.#watchSize();
    this.#watchFocus();
    document.addEventListener("keydown", (event) => this.#key(event), true);
    this.#canvas.addEventListener("contextmenu", (event) => event.preventDefault());
    // Ctrl+wheel and pinch on a touchpad zoom the page, also over the stage.
    document.addEventListener("wheel", (event) => {
      if (event.target === this.#canvas && (event.ctrlKey || event.metaKey)) event.stopPropagation();
    }, { capture: true, passive: true });
  }

  focus() {
    this.#canvas.focus({ preventScroll: true });
  }

  #watchSize() {
    const observer = new ResizeObserver((entries) => {
      const exact = entries.at(-1).devicePixelContentBoxSize?.[0];
      this.#resize(exact?.inlineSize, exact?.blockSize);
    });
    try {
      observer.observe(this.#canvas, { box: "device-pixel-content-box" });
    } catch {
      observer.observe(this.#canvas);  // Safari
    }
    this.#watchRatio();
    addEventListener("resize", () => this.#resize());
    this.#engine.on("change", () => this.#ratio === devicePixelRatio || this.#resize());
    this.#resize();
  }

  /** Moving the window to another screen, or zooming, changes the ratio; each ratio needs its own query. */
  #watchRatio() {
    matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener("change", () => {
      this.#resize();
      this.#watchRatio();
    }, { once: true });
  }

  #resize(deviceWidth, deviceHeight) {
    const box = this.#canvas.getBoundingClientRect();
    if (box.width < 1 || box.height < 1) return;
    const width = exact(deviceWidth, box.width * devicePixelRatio);
    const height = exact(deviceHeight, box.height * devicePixelRatio);
    const scale = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
    const size = [box.width, box.height, width, height, scale];
    if (size.join() === this.#size) return;
    this.#size = size.join();
    this.#ratio = devicePixelRatio;
    this.#engine.resize(...size);
  }

  #watchFocus() {
    const canvas = this.#canvas;
    canvas.addEventListener("pointerdown", () => {
      canvas.dataset.pointed = "";  // no ring around what the pointer has just touched
      this.#pointed = true;
      this.focus();
      this.#pointed = false;
    }, true);
    canvas.addEventListener("keydown", () => delete canvas.dataset.pointed);
    canvas.addEventListener("focus", () => {
      const back = this.#away;
      this.#away = false;
      // Forward it is the stage itself that has the keyboard first, so that Space plays; the next Tab goes to a control.
      if (!back && !this.#pointed && this.#direction < 0) this.#tab(-1);
    });
    canvas.addEventListener("blur", () => {
      this.#away = document.activeElement === canvas;
      if (!this.#away) this.#engine.call({ op: "blur" });
    });
  }

  #tab(direction) {
    const { consumed, label } = this.#engine.call({ op: "tab", dir: direction }) ?? {};
    if (consumed && label) this.#engine.receive({ event: "focus", label });
    return Boolean(consumed);
  }

  /** Before SDL sees it: Tab is shared with the page, and the browser's own shortcuts are the browser's. */
  #key(event) {
    if (event.key === "Tab" && !event.ctrlKey && !event.altKey && !event.metaKey) {
      const direction = event.shiftKey ? -1 : 1;
      if (event.target === this.#canvas) {
        event.stopPropagation();
        if (this.#tab(direction)) event.preventDefault();
        return;
      }
      this.#direction = direction;
      setTimeout(() => {
        this.#direction = 0;
      });
      return;
    }
    if (event.target !== this.#canvas) return;
    const alone = ["Control", "Shift", "Alt", "Meta"].includes(event.key);
    const undo = /^[zy]$/i.test(event.key) && !event.altKey;
    const combined = event.ctrlKey || event.metaKey || event.altKey;
    if ((combined && !alone && !undo) || /^F\d/.test(event.key)) event.stopPropagation();
  }
}

/** The browser's count of device pixels, unless it ignores the ratio (as Chromium does for an emulated screen). */
function exact(reported, computed) {
  return reported !== undefined && Math.abs(reported - computed) <= 1.5 ? reported : Math.round(computed);
}
