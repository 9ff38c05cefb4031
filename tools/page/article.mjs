// An article: Markdown of ours -> a fragment of HTML that the page puts into its panel.
import { Marked } from "marked";
import { checkFields, readFrontMatter } from "./front_matter.mjs";
import { escapeHtml, markup } from "./markup.mjs";
import { Trouble } from "./trouble.mjs";

/** Returns {entry, html}: the row of the index, and the fragment. */
export function renderArticle(slug, text, where) {
  const { fields, body } = readFrontMatter(text, where);
  checkFields(fields, where);
  const marked = new Marked(markup);
  let content;
  try {
    content = steps(marked, marked.lexer(body));
  } catch (error) {
    if (error instanceof Trouble) throw new Trouble(`${where}: ${error.message}`);
    throw error;
  }
  const { title, part, question, objectives } = fields;
  const chapter = Number(fields.chapter);
  const html = `<div class="lesson">
<p class="lesson-part">Chapter ${chapter} · ${escapeHtml(part)}</p>
<h1>${escapeHtml(title)}</h1>
<p class="lesson-question">${escapeHtml(question)}</p>
${content}<div class="objectives">
<h2 class="objectives-title" id="objectives-title">Now you can</h2>
<ul aria-labelledby="objectives-title">
${objectives.map((item) => `<li>${marked.parseInline(item)}</li>`).join("\n")}
</ul>
</div>
</div>
`;
  return { entry: { slug, title, chapter, part, question }, html };
}

/** Every second-level heading begins a numbered step. */
function steps(marked, tokens) {
  const groups = [{ heading: null, tokens: [] }];
  for (const token of tokens) {
    if (token.type === "heading" && token.depth === 2) groups.push({ heading: token.text, tokens: [] });
    else groups.at(-1).tokens.push(token);
  }
  return groups
    .map(({ heading, tokens: inner }, number) => {
      const html = marked.parser(inner);
      if (heading === null) return html;
      const label = marked.parseInline(heading);
      return `<section class="step">
<h2><span class="step-number" aria-hidden="true">${number}</span><span>${label}</span></h2>
${html}</section>
`;
    })
    .join("");
}
