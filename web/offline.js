// The service worker's side in the page: it keeps a copy of the site, and a new version is there at the next open.

/** Keeps a copy with this variant of the wasm. kept(): there is one; fresh(): a new version waits for the next open. */
export async function keepOffline({ variant, kept, fresh }) {
  if (!isSecureContext || !("serviceWorker" in navigator)) return;
  navigator.serviceWorker.addEventListener("message", (event) => {
    if (event.data === "fresh") fresh();
  });
  try {
    await navigator.serviceWorker.register(`./sw.js?variant=${variant}`);
    await navigator.serviceWorker.ready;
    kept();
  } catch (error) {
    console.info("No offline copy:", error.message);
  }
}
