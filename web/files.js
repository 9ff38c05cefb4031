// The learner's own files, dropped anywhere on the page or chosen: they are read here, told apart by their content,
// and handed to the stage. Whatever is wrong with one is said in a sentence, and what was loaded before stays.
import { gunzip } from "./gunzip.js";
import { decodePicture } from "./picture.js";
import { cannotOpen, kindOf, kMostFileBytes } from "./sniff.js";

const kMostAtOnce = 4;

export class Files {
  #engine;
  #say;
  #input = document.getElementById("file");
  #hint = document.getElementById("drop-hint");
  #depth = 0;  // dragenter and dragleave come for every element on the way.

  /** say(text, tone) */
  constructor({ engine, say }) {
    this.#engine = engine;
    this.#say = say;
  }

  start() {
    this.#engine.on("ask_file", () => this.#ask());
    this.#engine.on("save_weights", () => this.#saveWeights());
    this.#input.addEventListener("change", () => {
      this.#openAll([...this.#input.files]);
      this.#input.value = "";  // So that the same file can be chosen again.
    });
    addEventListener("dragenter", (event) => this.#over(event, 1));
    addEventListener("dragleave", (event) => this.#over(event, -1));
    addEventListener("dragover", (event) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "copy";
    });
    addEventListener("drop", (event) => this.#drop(event));
  }

  #ask() {
    if (navigator.userActivation && !navigator.userActivation.isActive) {
      this.#say("The browser did not let the page open its file chooser. Press once more, or drop the file on the page.", "info");
      return;
    }
    this.#input.click();
  }

  #over(event, change) {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    this.#depth = Math.max(0, this.#depth + change);
    this.#hint.hidden = this.#depth === 0;
  }

  #drop(event) {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    this.#depth = 0;
    this.#hint.hidden = true;
    this.#openAll([...event.dataTransfer.files]);
  }

  /** MNIST comes as two files, pictures and labels: several are opened one after the other. */
  async #openAll(files) {
    if (files.length > kMostAtOnce) {
      this.#say(`That were ${files.length} files. The first ${kMostAtOnce} are opened.`, "info");
    }
    for (const file of files.slice(0, kMostAtOnce)) {
      try {
        await this.#open(file);
      } catch (error) {
        this.#say(error.message, "error");
      }
    }
  }

  async #open(file) {
    if (!this.#engine.attached) throw new Error("The stage is not running, so there is nothing that could show the file.");
    if (file.size > kMostFileBytes) {
      throw new Error(`“${file.name}” has ${Math.round(file.size / 1024 / 1024)} MB, which is more than the ${kMostFileBytes / 1024 / 1024} MB this page opens.`);
    }
    let bytes = await readBytes(file);
    let name = file.name;
    if (kindOf(bytes) === "gzip") {
      bytes = await gunzip(name, bytes);
      name = name.replace(/\.gz$/i, "");
    }
    await this.#hand(name, bytes);
  }

  /** A lesson's refusal says what is wrong; which file it was must be said, too. */
  #act(name, verb, args) {
    try {
      this.#engine.act(verb, args);
    } catch (error) {
      throw new Error(`“${name}” was not opened. ${error.message}`);
    }
  }

  #has(verb) {
    return this.#engine.call({ op: "verbs" }).some(({ name }) => name === verb);
  }

  /** The weights of the network on stage, as a file for the learner’s own disk. */
  async #saveWeights() {
    try {
      const { value } = await this.#engine.perform("save_weights", []);
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([value], { type: "application/octet-stream" }));
      link.download = "kernelglass.safetensors";
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    } catch (error) {
      this.#say(error.message, "error");
    }
  }

  async #hand(name, bytes) {
    switch (kindOf(bytes)) {
      case "idx":
        // A lesson that learns takes files by pairs, pictures and labels; the others leaf through the pictures.
        this.#act(name, this.#has("add_idx_file") ? "add_idx_file" : "load_idx", [name, bytes]);
        return;
      case "safetensors":
        if (!this.#has("load_weights")) throw new Error(`“${name}” holds the weights of a network. Open the chapter “The whole network” to load them.`);
        this.#act(name, "load_weights", [bytes]);
        this.#say(`The network has the weights of “${name}”.`, "info");
        return;
      case "png":
      case "jpeg": {
        const { rgba, width, height } = await decodePicture(name, bytes);
        this.#act(name, "load_image", [name, rgba, height, width]);
        return;
      }
      default:
        throw new Error(cannotOpen(name, bytes));
    }
  }
}

function holdsFiles(event) {
  return event.dataTransfer?.types.includes("Files") ?? false;
}

async function readBytes(file) {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    throw new Error(`“${file.name}” could not be read. If it is a folder, drop the files in it.`);
  }
}
