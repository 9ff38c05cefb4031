// What in the text follows the stage: single values (<output data-bind="stride">), links to where the state leads
// (<a data-to="count_link">), the learner's own sum, and the Keras code of what is on stage.

/** 3 -> "3", -0.125 -> "−0.13": integers plain, others with this many decimals. */
export function number(value, decimals = 2) {
  if (typeof value !== "number" || !Number.isFinite(value)) return "–";
  const text = Number.isInteger(value) ? String(value) : value.toFixed(decimals);
  return text.replace(/^-(?=0(\.0*)?$)/, "").replace("-", "−");
}

/** "output.height" or "filters.length" in a state. */
export function lookUp(state, path) {
  return path.split(".").reduce((value, key) => value?.[key], state);
}

export function fillBound(outputs, state) {
  for (const output of outputs) {
    const value = lookUp(state, output.dataset.bind);
    setText(output, typeof value === "number" ? number(value) : String(value ?? ""));
  }
}

/** Links to where the state says. One that leads nowhere at the moment cannot be followed. */
export function fillLinks(links, state) {
  for (const link of links) {
    const place = lookUp(state, link.dataset.to);
    set(link, "href", place && `#/${place}`);
    set(link, "role", place ? null : "link");  // Without an address it would be no link any more.
    set(link, "aria-disabled", place ? null : "true");
  }
}

export class LiveBlocks {
  #sums;
  #codes;

  constructor(panel) {
    this.#sums = [...panel.querySelectorAll('[data-live="sum"]')];
    this.#codes = [...panel.querySelectorAll('[data-live="code"]')];
    for (const place of this.#codes) makeCode(place);
  }

  get wantState() {
    return this.#sums.length > 0;
  }

  update(summary, state) {
    for (const place of this.#codes) {
      setText(place.querySelector("code"), summary.code ?? "");
    }
    if (!state) return;
    for (const place of this.#sums) fillSum(place, state);
  }
}

function set(element, name, value) {
  if (!value) element.removeAttribute(name);
  else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/** Touches the page only when the text differs. */
function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function make(name, className, text) {
  const made = document.createElement(name);
  made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

/** Values of a block, filter or map, whether bare or under "values". */
function valuesOf(thing) {
  return (Array.isArray(thing) ? thing : thing?.values) ?? [];
}

/** The products of the cell being computed, as large as the window; with several input channels, their sum per channel. */
function fillSum(place, state) {
  const products = valuesOf(state.products);
  const filter = state.filters?.[state.window?.channel ?? 0];
  const block = valuesOf(state.block);
  const channels = state.input?.channels ?? 1;
  // Paused between two products, the sum is as far as it has come.
  const done = state.playing || channels > 1 ? products.length : (state.product ?? products.length);
  const soFar = done < products.length;
  const sum = soFar ? products.slice(0, done).reduce((total, product) => total + product, 0) : state.sum;
  const title = make("p", "sum-title", `Your sum: row ${state.window?.row}, column ${state.window?.col}`);
  const terms = make("ol", "sum-terms");
  if (channels > 1) {
    title.textContent = `Your sum: ${products.length} products in ${channels} channels`;
    const names = channels === 3 ? ["red", "green", "blue"] : [];
    for (let channel = 0; channel < channels; ++channel) {
      let sum = 0;
      for (let i = channel; i < products.length; i += channels) sum += products[i];
      terms.append(term(names[channel] ?? `channel ${channel}`, sum));
    }
    terms.style.setProperty("--columns", Math.min(channels, 4));
  } else {
    const weights = valuesOf(filter);
    const weightAt = (i) => weights[state.flipped ? weights.length - 1 - i : i];
    products.forEach((product, i) => {
      terms.append(term(`${number(block[i])} × ${number(weightAt(i))}`, i < done ? product : null));
    });
    terms.style.setProperty("--columns", Math.min(filter?.width ?? 3, 5));
  }
  const total = make("p", "sum-total", "");
  total.append(make("span", "", soFar ? "Sum so far" : "Sum"), make("strong", tone(sum), number(sum, 3)));
  place.replaceChildren(title, terms, total);
}

/** value: null for a product that is still to come. */
function term(label, value) {
  const item = make("li", value === null ? "sum-term coming" : "sum-term");
  item.append(make("span", "sum-factors", label), make("span", tone(value), value === null ? "…" : number(value, 3)));
  return item;
}

function tone(value) {
  return value > 0 ? "positive" : value < 0 ? "negative" : "";
}

function makeCode(place) {
  const pre = document.createElement("pre");
  pre.tabIndex = 0;
  pre.setAttribute("aria-label", "Keras code of what is on stage");
  pre.append(document.createElement("code"));
  const copy = make("button", "code-copy", "Copy");
  copy.type = "button";
  copy.setAttribute("aria-label", "Copy the Keras code");
  copy.addEventListener("click", async () => {
    copy.textContent = (await copyText(pre)) ? "Copied" : "Press Ctrl+C";
    copy.addEventListener("blur", () => {
      copy.textContent = "Copy";
    }, { once: true });
  });
  place.replaceChildren(make("span", "code-title", "Keras"), pre, copy);
}

/** The clipboard where the browser allows it; else the text is selected, ready to be copied by hand. */
async function copyText(pre) {
  try {
    await navigator.clipboard.writeText(pre.textContent);
    return true;
  } catch {
    getSelection().selectAllChildren(pre);
    return false;
  }
}
