// The offline copy. This worker knows no version: files.json, which the build writes, lists the files of the site with
// their digests. Each version is kept as one cache; a page gets all its files from the one it was opened with.
// An open page starts a look for a newer version in the background, and that one is there at the next open.
// The variant of the wasm that this browser runs comes in the worker's own address; the others are not kept.

const kPrefix = "kernelglass ";
const kList = "files.json";
const variant = new URL(location.href).searchParams.get("variant") ?? "scalar";
const kCurrent = `${kPrefix}current ${variant}`;  // A cache with one entry: the name of the cache in force.
const opened = new Map();  // Client id -> name of the cache it was opened with.

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(refresh());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = urlOf(request.url);
  if (request.method !== "GET" || !url.startsWith(registration.scope)) return;
  if (request.mode === "navigate") {
    if (url !== at("index.html")) return;
    event.respondWith(open(event));
    event.waitUntil(refresh().catch(() => {}));  // Without a connection the copy we have stays in force.
  } else {
    event.respondWith(answer(url, event));
  }
});

function at(path) {
  return new URL(path, registration.scope).href;
}

/** Without query and hash; the folder is its index.html. */
function urlOf(text) {
  const plain = text.replace(/[?#].*$/, "");
  return plain === registration.scope ? at("index.html") : plain;
}

async function open(event) {
  const name = await current();
  if (name) opened.set(event.resultingClientId, name);
  return answer(at("index.html"), event, name);
}

async function answer(url, event, name = opened.get(event.clientId)) {
  name ??= await current();
  const kept = name && (await (await caches.open(name)).match(url));
  return kept || fetch(event.request);
}

async function current() {
  const entry = await (await caches.open(kCurrent)).match(at("current"));
  return entry ? entry.text() : null;
}

/** Looks for a newer version, keeps it, puts it in force, and tells the open pages. */
async function refresh() {
  const list = await fetched(kList);
  const { version, files } = await list.clone().json();
  const name = `${kPrefix}${version} ${variant}`;
  const before = await current();
  if (name === before) return;
  const wanted = files.filter(([path]) => !path.startsWith("wasm/") || path.startsWith(`wasm/${variant}/`));
  await fill(name, wanted, before);
  await (await caches.open(kCurrent)).put(at("current"), new Response(name));
  await dropAllBut(new Set([kCurrent, name, ...opened.values()]));
  if (!before) return;
  for (const client of await self.clients.matchAll({ includeUncontrolled: true })) client.postMessage("fresh");
}

/** Only what is new or changed is fetched. A file that is not what the list says ends it: no mixed copies. */
async function fill(name, files, before) {
  const cache = await caches.open(name);
  const old = before && (await caches.open(before));
  for (const [path, digest] of files) {
    const url = at(path);
    if (await same(await cache.match(url), digest)) continue;
    const kept = old && (await old.match(url));
    const response = (await same(kept, digest)) ? kept : await fetched(path);
    if (!(await same(response, digest))) throw new Error(`${path} is not the file that ${kList} lists.`);
    await cache.put(url, await plain(response));
  }
}

async function fetched(path) {
  const response = await fetch(at(path), { cache: "no-cache" });
  if (!response.ok) throw new Error(`${path}: status ${response.status}`);
  return response;
}

async function same(response, digest) {
  if (!response) return false;
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", await response.clone().arrayBuffer()));
  return [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("").startsWith(digest);
}

/** A redirected answer may not be given to a page that is opened, so its content is taken without its history. */
async function plain(response) {
  return response.redirected ? new Response(await response.blob(), { headers: response.headers }) : response;
}

async function dropAllBut(names) {
  for (const name of await caches.keys()) {
    if (name.startsWith(kPrefix) && !names.has(name)) await caches.delete(name);
  }
}
