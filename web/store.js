// The few choices this browser remembers. Without storage (a sandboxed frame) they last as long as the page.
const memory = new Map();

export function recall(key) {
  try {
    return localStorage.getItem(`kernelglass.${key}`);
  } catch {
    return memory.get(key) ?? null;
  }
}

export function remember(key, value) {
  try {
    if (value === null) localStorage.removeItem(`kernelglass.${key}`);
    else localStorage.setItem(`kernelglass.${key}`, value);
  } catch {
    memory.set(key, value);
  }
}
