// How the peers' packages are loaded: in a page as scripts from the bench's server, in Node by their names.

export const in_page = () => typeof document !== "undefined";

function load_script(url) {
  return new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = url;
    script.onload = done;
    script.onerror = () => failed(new Error(`${url} could not be loaded.`));
    document.head.append(script);
  });
}

const node_require = async (peers) => (await import("node:module")).createRequire(peers);

/** Afterwards load_peer loads a copy of its own of whatever was loaded before (as a page does anyway). */
export async function forget_loaded(peers) {
  if (in_page()) return;
  const { cache } = await node_require(peers);
  for (const file of Object.keys(cache)) delete cache[file];
}

/** A package that is no ES module. `peers` is where the packages lie (ends with a slash), `script` what a page loads. */
export async function load_peer(peers, name, script, global) {
  if (in_page()) {
    await load_script(`${peers}${name}/${script}`);
    return global ? globalThis[global] : undefined;
  }
  return (await node_require(peers))(name);
}

/** An ES module; Node's may be another than the page's. */
export const load_peer_module = (peers, { page, node }) => import(peers + (in_page() ? page : node));

/** The version of an installed package. */
export async function version_of(peers, name) {
  const file = `${peers}${name}/package.json`;
  if (in_page()) return (await (await fetch(file)).json()).version;
  const { readFile } = await import("node:fs/promises");
  return JSON.parse(await readFile(new URL(file), "utf8")).version;
}
