// Which wasm this browser can run, found by asking it to validate a few bytes, and starting it.

/** A module of one function: () -> v128, with this body. */
function probe(...body) {
  const code = [0, ...body, 0x0b];  // no locals … end
  return new Uint8Array([
    0, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
    1, 5, 1, 0x60, 0, 1, 0x7b,
    3, 2, 1, 0,
    10, code.length + 2, 1, code.length, ...code,
  ]);
}

const kSplat = [0x41, 0, 0xfd, 0x0f];  // i32.const 0, i8x16.splat
const kSimd = probe(...kSplat);
const kRelaxed = probe(...kSplat, ...kSplat, ...kSplat, 0xfd, 0x85, 0x02);  // f32x4.relaxed_madd

export const kVariantNames = {
  relaxed: "WebAssembly with relaxed SIMD",
  simd: "WebAssembly with SIMD",
  scalar: "WebAssembly without SIMD",
};

/** The variants this browser can run, best first. */
export function variantsFor(wasm = globalThis.WebAssembly) {
  const variants = ["scalar"];
  if (wasm.validate(kSimd)) variants.unshift("simd");
  if (wasm.validate(kRelaxed)) variants.unshift("relaxed");
  return variants;
}

/** What this browser lacks, as {title, text}, or null. */
export function whatIsMissing() {
  const advice = "A current Firefox, Chrome, Edge or Safari has it. The text of the chapter is still here to read.";
  if (typeof WebAssembly !== "object") {
    return { title: "This browser does not run WebAssembly", text: `The stage is computed with it. ${advice}` };
  }
  const context = document.createElement("canvas").getContext("webgl2");
  if (!context) {
    return {
      title: "This browser does not offer WebGL 2",
      text: `The stage is drawn with it. If this browser is a current one, hardware acceleration may be switched off in its settings. ${advice}`,
    };
  }
  context.getExtension("WEBGL_lose_context")?.loseContext();
  return null;
}

/** Compiles while it comes in; where the server does not know what .wasm is, after it. */
async function compiled(url) {
  try {
    return await WebAssembly.compileStreaming(fetch(url));
  } catch {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${url}: ${response.status}`);
    return WebAssembly.compile(await response.arrayBuffer());
  }
}

/** Emscripten's module of a wasm that is compiled already. */
export function begun(factory, wasm, options) {
  return new Promise((resolve, reject) => {
    const instantiateWasm = (imports, done) => {
      WebAssembly.instantiate(wasm, imports).then((instance) => done(instance, wasm)).catch(reject);
      return {};
    };
    factory({ ...options, instantiateWasm }).then(resolve, reject);
  });
}

/** Downloads and starts the best variant. `helperFor` makes the other thread of what was compiled. Returns {module, variant}; throws an Error with a sentence. */
export async function start({ canvas, receive, forced, helperFor }) {
  const able = variantsFor();
  const wanted = Object.hasOwn(kVariantNames, forced ?? "") ? [forced] : able;
  let factory = null;
  let variant;
  for (variant of wanted) {
    try {
      factory = (await import(`./wasm/${variant}/kernelglass.mjs`)).default;
      break;
    } catch (error) {
      console.warn(`The variant "${variant}" could not be loaded:`, error);
    }
  }
  if (!factory) throw new Error("The stage could not be downloaded. Check the connection, then load the page again.");
  try {
    const wasm = await compiled(new URL(`./wasm/${variant}/kernelglass.wasm`, import.meta.url));
    const module = await begun(factory, wasm, { canvas, kernelglass_event: receive, kernelglass_helper: helperFor({ variant, wasm }) });
    return { module, variant };
  } catch (error) {
    console.warn(error);
    throw new Error("The stage was downloaded but could not be started. Load the page again; if that does not help, try another browser.");
  }
}
