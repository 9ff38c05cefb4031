// An article: Markdown of ours -> a fragment of HTML that the page puts into its panel.
import { Marked } from "marked";
import { quiz, tasks } from "./exercises.mjs";
import { checkFields, readFrontMatter } from "./front_matter.mjs";
import { escapeHtml, markup } from "./markup.mjs";
import { Trouble } from "./trouble.mjs";

/** Returns {entry, html}: the row of the index, and the fragment. */
export function renderArticle(slug, text, where) {
  const { fields, body } = readFrontMatter(text, where);
  checkFields(fields, where);
  const marked = new Marked(markup);
  const exercises = { tasks: [], quiz: {} };
  let content;
  try {
    content = steps(marked, marked.lexer(body), exercises);
  } catch (error) {
    if (error instanceof Trouble) throw new Trouble(`${where}: ${error.message}`);
    throw error;
  }
  if (exercises.tasks.length < 2) throw new Trouble(`${where} needs two tasks or more, under "## Tasks".`);
  if (Object.keys(exercises.quiz).length === 0) throw new Trouble(`${where} needs a quiz, under "## Quiz".`);
  const { title, part, question, objectives } = fields;
  const chapter = Number(fields.chapter);
  const html = `<div class="lesson">
<p class="lesson-part">Chapter ${chapter} · ${escapeHtml(part)}</p>
<h1>${escapeHtml(title)}</h1>
<p class="lesson-question">${escapeHtml(question)}</p>
${content.steps}<div class="objectives">
<h2 class="objectives-title" id="objectives-title">Now you can</h2>
<ul aria-labelledby="objectives-title">
${objectives.map((item) => `<li>${marked.parseInline(item)}</li>`).join("\n")}
</ul>
</div>
${content.exercises}</div>
`;
  return { entry: { slug, title, chapter, part, question, ...exercises }, html };
}

/** Every second-level heading begins a numbered step, except for those of the exercises. */
function steps(marked, tokens, exercises) {
  const groups = [{ heading: null, tokens: [] }];
  for (const token of tokens) {
    if (token.type === "heading" && token.depth === 2) groups.push({ heading: token.text, tokens: [] });
    else groups.at(-1).tokens.push(token);
  }
  const html = { steps: "", exercises: "" };
  for (const [number, { heading, tokens: inner }] of groups.entries()) {
    if (heading === "Tasks") {
      const found = tasks(marked, inner);
      exercises.tasks = found.ids;
      html.exercises += found.html;
    } else if (heading === "Quiz") {
      const found = quiz(marked, inner);
      exercises.quiz = found.answers;
      html.exercises += found.html;
    } else if (heading === null) {
      html.steps += marked.parser(inner);
    } else {
      html.steps += `<section class="step">
<h2><span class="step-number" aria-hidden="true">${number}</span><span>${marked.parseInline(heading)}</span></h2>
${marked.parser(inner)}</section>
`;
    }
  }
  return html;
}
