// The bridge to the wasm: one text channel, and numbered byte buffers beside it.
//   call({op: …}) -> the value under "ok"; throws an Error whose message is the sentence under "error".
//   on(event, fn) -> unsubscribe. Events: ready, change {revision, playing}, worked {ticket, error, dropped, value}, ask_file, say {text, tone},
//   focus {label}, part {part}, help.
// The module must export _kg_call(char*) -> char* (owned by the callee until the next call), _kg_stage(ptr, length), _kg_helper_came(ptr, length),
// _malloc, _free and HEAPU8.

const kStarting = "Kernelglass is still starting. Wait for kernelglass.ready.";

export class Engine {
  #module = null;
  #listeners = new Map();
  #encoder = new TextEncoder();
  #decoder = new TextDecoder();
  #waiting = new Map();  // ticket -> what to do when the work that was asked for is over

  constructor() {
    this.on("worked", (event) => {
      this.#waiting.get(event.ticket)?.(event);
      this.#waiting.delete(event.ticket);
    });
  }

  /** The wasm is there and answers calls; its first frame may still be to come. */
  attach(module) {
    this.#module = module;
  }

  get attached() {
    return this.#module !== null;
  }

  call(request) {
    const module = this.#required();
    const pointer = this.#copyIn(this.#encoder.encode(`${JSON.stringify(request)}\0`));
    let answer;
    try {
      answer = JSON.parse(this.#textAt(module._kg_call(pointer)));
    } finally {
      module._free(pointer);
    }
    if (typeof answer.error === "string") throw new Error(answer.error);
    return answer.ok;
  }

  /** A verb by name. Typed arrays of numbers travel as JSON, bytes as staged buffers. Returns the new state; what the verb has asked
      for may still be at work. */
  act(verb, args) {
    return this.#do(verb, args).state;
  }

  /** The same, waiting for what it has asked for. {state; value: what it came to, if anything; dropped: whether it was not gone on with}.
      Rejects with a sentence if it could not be done. */
  async perform(verb, args) {
    const { state, ticket, value } = this.#do(verb, args);
    if (ticket === undefined) return { state, value: withBytes(value), dropped: false };
    const end = await new Promise((resolve) => this.#waiting.set(ticket, resolve));
    if (typeof end.error === "string") throw new Error(end.error);
    return { state: this.call({ op: "state" }), value: withBytes(end.value), dropped: end.dropped === true };
  }

  #do(verb, args) {
    let staged = 0;
    const plain = (value) => {
      if (value instanceof ArrayBuffer) value = new Uint8Array(value);
      if (value instanceof Uint8Array || value instanceof Uint8ClampedArray) {
        this.#stage(value);
        return { $bytes: staged++ };
      }
      if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return Array.from(value);
      return Array.isArray(value) ? value.map(plain) : value;
    };
    return this.call({ op: "do", verb, args: args.map(plain) });
  }

  /** The size of the stage: CSS pixels, device pixels, and the UI scale. */
  resize(cssWidth, cssHeight, deviceWidth, deviceHeight, scale) {
    this.#required()._kg_resize(cssWidth, cssHeight, deviceWidth, deviceHeight, scale);
  }

  /** What the other thread has sent back. */
  helped(bytes) {
    const pointer = this.#copyIn(bytes);
    this.#module._kg_helper_came(pointer, bytes.length);
    this.#module._free(pointer);
  }

  /** An event from the wasm, as JSON. It comes from the middle of a frame: listeners hear it after that. */
  receive(json) {
    const event = typeof json === "string" ? JSON.parse(json) : json;
    queueMicrotask(() => this.#emit(event));
  }

  on(name, listener) {
    if (!this.#listeners.has(name)) this.#listeners.set(name, new Set());
    this.#listeners.get(name).add(listener);
    return () => this.#listeners.get(name).delete(listener);
  }

  #emit(event) {
    for (const listener of [...(this.#listeners.get(event.event) ?? [])]) {
      try {
        listener(event);
      } catch (error) {
        console.error(error);  // One listener's mistake must not silence the others.
      }
    }
  }

  #required() {
    if (!this.#module) throw new Error(kStarting);
    return this.#module;
  }

  #stage(bytes) {
    const pointer = this.#copyIn(bytes);
    this.#module._kg_stage(pointer, bytes.length);
    this.#module._free(pointer);
  }

  #copyIn(bytes) {
    const module = this.#required();
    const pointer = module._malloc(Math.max(bytes.length, 1));
    if (!pointer) throw new Error("There is not enough memory for this in the browser.");
    module.HEAPU8.set(bytes, pointer);  // Read HEAPU8 after malloc: growing the memory replaces it.
    return pointer;
  }

  #textAt(pointer) {
    const heap = this.#module.HEAPU8;
    return this.#decoder.decode(heap.subarray(pointer, heap.indexOf(0, pointer)));
  }
}

/** Bytes from the wasm come as {$bytes: [137, 80, …]}. */
function withBytes(value) {
  return Array.isArray(value?.$bytes) ? Uint8Array.from(value.$bytes) : value;
}
