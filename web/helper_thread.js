// The other thread: the same wasm without a stage. It is sent a training run, and sends back what it has come to, again and again
// (src/lesson/errand.h).
//   in:  {program: {variant, wasm}}, then {errand: bytes} to begin with, {} to go on      out: {ready: true}, {result: bytes}
import { begun } from "./loader.js";

const kSlice = 0.008;  // seconds of work between two answers
const kAhead = 30;     // answers before the page has to be heard of again: a page that draws nothing is hidden

let module = null;
let left = 0;         // answers until it has to wait
let working = false;  // a slice is on its way
const next = new MessageChannel();  // what has come in is heard between two slices
next.port1.addEventListener("message", work);
next.port1.start();

async function start({ variant, wasm }) {
  const { default: factory } = await import(`./wasm/${variant}/kernelglass.mjs`);
  module = await begun(factory, wasm, { noInitialRun: true });
  postMessage({ ready: true });
}

function take(errand) {
  const at = module._malloc(errand.length);
  module.HEAPU8.set(errand, at);
  const taken = module._kg_errand_take(at, errand.length);
  module._free(at);
  if (!taken) throw new Error("it could not use what it was sent");
}

function begin() {
  if (working || left <= 0) return;
  working = true;
  next.port2.postMessage(null);
}

function work() {
  working = false;
  if (left <= 0) return;
  left = module._kg_errand_work(kSlice) ? left - 1 : 0;
  const from = module._kg_errand_result();
  const result = module.HEAPU8.slice(from, from + module._kg_errand_length());
  postMessage({ result }, [result.buffer]);
  begin();
}

addEventListener("message", ({ data }) => {
  if (data.program) {
    start(data.program).catch((error) => setTimeout(() => { throw error; }));  // The page hears of it as an error of this thread.
    return;
  }
  if (data.errand) take(data.errand);
  left = kAhead;
  begin();
});
