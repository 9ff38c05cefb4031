// The address: #/<slug>?key=value&… . Page keys (stage, hide, theme) belong to the page, all others to the lesson.

export const kPageKeys = ["stage", "hide", "theme"];

/** Percent-decoding that never throws: what is malformed stays as it is written. "+" is a plus. */
function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
      try {
        return decodeURIComponent(run);
      } catch {
        return run;
      }
    });
  }
}

/** "#/slug?a=1&theme=dark" -> {slug: "slug", params: {a: "1"}, page: {theme: "dark"}}. The last of equal keys wins. */
export function parse(hash) {
  const text = hash.replace(/^#?\/?/, "");
  const mark = text.indexOf("?");
  const slug = decode(mark < 0 ? text : text.slice(0, mark)).replace(/\/+$/, "");
  const params = {};
  const page = {};
  for (const pair of mark < 0 ? [] : text.slice(mark + 1).split("&")) {
    if (pair === "") continue;
    const equals = pair.indexOf("=");
    const key = decode(equals < 0 ? pair : pair.slice(0, equals));
    const value = equals < 0 ? "" : decode(pair.slice(equals + 1));
    Object.defineProperty(kPageKeys.includes(key) ? page : params, key, { value, enumerable: true, configurable: true, writable: true });
  }
  return { slug, params, page };
}

/** The lesson's own link ("slug?a=1", as its model writes it) with the page's keys behind it. */
export function build(link, page = {}) {
  const own = kPageKeys.filter((key) => page[key]).map((key) => `${key}=${encodeURIComponent(page[key]).replaceAll("%2C", ",")}`);
  if (own.length === 0) return `#/${link}`;
  return `#/${link}${link.includes("?") ? "&" : "?"}${own.join("&")}`;
}

/** Is this hash a place in the course (and not a mere anchor)? */
export function isPlace(hash) {
  return hash === "" || hash === "#" || hash.startsWith("#/");
}
