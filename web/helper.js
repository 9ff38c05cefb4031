// The other thread, seen from the page: it trains while the stage stays free (helper_thread.js). Called by the wasm, which does the work
// itself wherever there is none.

export class Helper {
  #program;
  #came;
  #thread = null;
  #ready = false;

  /** What it runs ({variant, wasm}: the very module that runs here, so that both know the same bytes), and who hears what comes back. */
  constructor({ program, came }) {
    this.#program = program;
    this.#came = came;
  }

  /** Whether it can be sent anything. It is begun when this is asked for the first time. */
  ready() {
    this.#thread ??= this.#begin();
    return this.#ready;
  }

  send(errand) {
    this.#thread.postMessage({ errand }, [errand.buffer]);
  }

  goOn() {
    this.#thread.postMessage({});
  }

  #begin() {
    try {
      const thread = new Worker(new URL("./helper_thread.js", import.meta.url), { type: "module" });
      thread.postMessage({ program: this.#program });
      thread.addEventListener("message", ({ data }) => {
        if (data.ready) this.#ready = true;
        if (data.result) this.#came(data.result);
      });
      thread.addEventListener("error", (event) => this.#lost(event.message));
      return thread;
    } catch (error) {
      this.#lost(error.message);
      return { terminate() {} };
    }
  }

  #lost(why) {
    console.info(`Training goes on without a second thread: ${why ?? "it could not be started"}.`);
    this.#ready = false;
    this.#thread?.terminate();
  }
}
