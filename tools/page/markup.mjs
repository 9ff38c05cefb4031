// What our Markdown has beyond the common one:
//   $…$, $$…$$                     a formula (LaTeX), turned into MathML here
//   {{output.height}}              a live value of the state
//   {{live:sum}}, {{live:code}}    alone in a paragraph: the learner's own sum, the Keras code of what is on stage
//   [Play it](do:play)             a button that runs a verb; arguments as a JSON list after a colon, several verbs with
//                                  semicolons: do:set_preset:[0,"top_edge"];seek:[0];play
//   [The cell will be](ask:predict)   a field for a number that goes to that verb
//   [Count it](to:count_link)      a link to where the state's key leads
//   [window](see:window)           a word for a part of the stage: the word and the part light each other up
//   > Watch …                      what to look at after the press
import temml from "temml";
import { Trouble } from "./trouble.mjs";

export const kLiveBlocks = ["sum", "code"];

export function escapeHtml(text) {
  return text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);
}

/** MathML without inline styles, which the page's policy would refuse. */
export function formula(latex, display) {
  let math;
  try {
    math = temml.renderToString(latex, { displayMode: display, throwOnError: true, annotate: false });
  } catch (error) {
    throw new Trouble(`the formula "${latex}" is not understood: ${error.message}`);
  }
  math = math.replace(/\sstyle="[^"]*"/g, "");
  return display && !math.includes('display="block"') ? math.replace("<math", '<math display="block"') : math;
}

/** "play" or "seek:[0];play" -> [["seek", 0], ["play"]]. */
export function readCalls(text) {
  return text.split(/;(?=[a-z_]+(?:[:;]|$))/).map((call) => {
    const match = /^([a-z_]+)(?::(\[.*\]))?$/.exec(call);
    if (!match) throw new Trouble(`"do:${text}" is not understood: a verb's name is wanted, then perhaps a colon and a JSON list.`);
    try {
      return [match[1], ...JSON.parse(match[2] ?? "[]")];
    } catch {
      throw new Trouble(`"do:${text}" has arguments that are no JSON list: ${match[2]}`);
    }
  });
}

function button(href, label) {
  const calls = readCalls(decodeURI(href.slice("do:".length)));
  const data = JSON.stringify(calls.length === 1 ? calls[0] : calls);
  return `<button type="button" class="press" data-do="${escapeHtml(data)}">${label}</button>`;
}

function numberField(verb, label) {
  if (!/^[a-z_]+$/.test(verb)) throw new Trouble(`"ask:${verb}" is not understood: a verb's name is wanted.`);
  return `<form class="ask" data-ask="${verb}"><label><span>${label}</span><input type="text" inputmode="decimal" autocomplete="off" spellcheck="false"></label><button type="submit" class="ask-press">Say so</button></form>`;
}

function term(part, label) {
  if (!/^[a-z_]+$/.test(part)) throw new Trouble(`"see:${part}" is not understood: the name of a part of the stage is wanted.`);
  return `<button type="button" class="term" data-see="${part}">${label}</button>`;
}

function liveLink(path, label) {
  if (!/^[\w.]+$/.test(path)) throw new Trouble(`"to:${path}" is not understood: a key of the state is wanted.`);
  return `<a class="press" data-to="${path}">${label}</a>`;
}

function isPress(token) {
  return token.type === "link" && /^(do|to):/.test(token.href);
}

export const markup = {
  extensions: [
    {
      name: "blockFormula",
      level: "block",
      start: (source) => source.indexOf("$$"),
      tokenizer(source) {
        const match = /^\$\$([^]+?)\$\$\s*(?:\n|$)/.exec(source);
        return match ? { type: "blockFormula", raw: match[0], latex: match[1].trim() } : undefined;
      },
      renderer: (token) => `${formula(token.latex, true)}\n`,
    },
    {
      name: "formula",
      level: "inline",
      start: (source) => source.indexOf("$"),
      tokenizer(source) {
        const match = /^\$([^$\n]+?)\$(?!\d)/.exec(source);
        return match ? { type: "formula", raw: match[0], latex: match[1] } : undefined;
      },
      renderer: (token) => formula(token.latex, false),
    },
    {
      name: "liveBlock",
      level: "block",
      start: (source) => source.indexOf("{{live:"),
      tokenizer(source) {
        const match = /^\{\{live:(\w+)\}\}\s*(?:\n|$)/.exec(source);
        return match ? { type: "liveBlock", raw: match[0], what: match[1] } : undefined;
      },
      renderer(token) {
        if (!kLiveBlocks.includes(token.what)) throw new Trouble(`{{live:${token.what}}} is not known; there is ${kLiveBlocks.join(", ")}.`);
        return `<div class="${token.what}" data-live="${token.what}"></div>\n`;
      },
    },
    {
      name: "live",
      level: "inline",
      start: (source) => source.indexOf("{{"),
      tokenizer(source) {
        const match = /^\{\{([\w.]+)\}\}/.exec(source);
        return match ? { type: "live", raw: match[0], path: match[1] } : undefined;
      },
      // An output is a live region by itself; the narration speaks already, so these keep quiet.
      renderer: (token) => `<output data-bind="${token.path}" aria-live="off"></output>`,
    },
  ],
  renderer: {
    link(token) {
      const label = this.parser.parseInline(token.tokens);
      if (token.href.startsWith("do:")) return button(token.href, label);
      if (token.href.startsWith("to:")) return liveLink(token.href.slice("to:".length), label);
      if (token.href.startsWith("see:")) return term(token.href.slice("see:".length), label);
      if (token.href.startsWith("ask:")) return numberField(token.href.slice("ask:".length), label);
      if (!/^(#\/|https:\/\/)/.test(token.href)) throw new Trouble(`the link "${token.href}" is neither a chapter (#/…), nor https, nor do:…, to:…, ask:… or see:…`);
      const outside = token.href.startsWith("https:") ? ' rel="noopener" target="_blank"' : "";
      return `<a href="${escapeHtml(token.href)}"${outside}>${label}</a>`;
    },
    paragraph(token) {
      const inner = this.parser.parseInline(token.tokens);
      const parts = token.tokens.filter((part) => !(part.type === "text" && part.raw.trim() === ""));
      return `<p${parts.every(isPress) ? ' class="presses"' : ""}>${inner}</p>\n`;
    },
    blockquote(token) {
      return `<div class="watch">${this.parser.parse(token.tokens)}</div>\n`;
    },
    code(token) {
      return `<pre tabindex="0"><code>${escapeHtml(token.text)}</code></pre>\n`;
    },
    html(token) {
      throw new Trouble(`articles are Markdown without HTML, but this one has "${token.raw.trim().slice(0, 60)}".`);
    },
  },
};
