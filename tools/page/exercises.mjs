// The two last sections of an article, which the learner answers:
//   ## Tasks     - [ ] `id` words                      the lesson's model knows when it is done
//   ## Quiz      ### `id` question, then a list of - [x] right or - [ ] wrong answers, each with a > explanation
import { Trouble } from "./trouble.mjs";

/** Tokens of "## Tasks" -> {ids, html}. */
export function tasks(marked, tokens) {
  const items = listOf(tokens, "Tasks");
  const rows = items.map((item) => {
    const { id, label, rest } = named(marked, item.tokens, "a task");
    return { id, html: `<li class="task" data-task="${id}"><span class="task-mark" aria-hidden="true"></span><div class="task-words">${label}${rest}<span class="unseen task-state">Not done yet.</span></div></li>` };
  });
  return {
    ids: unique(rows.map((row) => row.id), "task"),
    html: `<section class="step tasks" aria-labelledby="tasks-title">
<h2 id="tasks-title">Your turn, on the stage</h2>
<ul class="task-list">
${rows.map((row) => row.html).join("\n")}
</ul>
</section>
`,
  };
}

/** Tokens of "## Quiz" -> {answers: {id: number of the right choice}, html}. */
export function quiz(marked, tokens) {
  const answers = {};
  const questions = [];
  for (const token of tokens.filter(({ type }) => type !== "space")) {
    if (token.type === "heading" && token.depth === 3) {
      questions.push({ ...named(marked, token.tokens, "a question"), choices: null });
    } else if (token.type === "list" && questions.length > 0 && !questions.at(-1).choices) {
      questions.at(-1).choices = token.items.map((item) => choice(marked, item));
    } else {
      throw new Trouble(`the quiz has "${token.raw.trim().slice(0, 60)}", but takes only ### questions, each with one list of answers.`);
    }
  }
  unique(questions.map(({ id }) => id), "question");
  for (const { id, choices } of questions) {
    const right = (choices ?? []).filter((one) => one.right);
    if (right.length !== 1 || choices.length < 2) throw new Trouble(`the question \`${id}\` needs two answers or more, exactly one of them right.`);
    answers[id] = choices.indexOf(right[0]);
  }
  return {
    answers,
    html: `<section class="step quiz" aria-labelledby="quiz-title">
<h2 id="quiz-title">What do you know now?</h2>
${questions.map(question).join("")}<p class="quiz-score"><span data-score></span> <button type="button" class="link" data-forget>Forget my answers</button></p>
</section>
`,
  };
}

function question({ id, label, choices }, number) {
  const name = `question-${number + 1}`;
  const rows = choices.map(
    ({ html, why }, index) =>
      `<li><button type="button" class="answer" aria-pressed="false" data-choice="${index}">${html}</button><div class="why" data-why="${index}" hidden>${why}</div></li>`,
  );
  return `<div class="question" data-question="${id}" role="group" aria-labelledby="${name}">
<h3 id="${name}">${label}</h3>
<ul class="answers">
${rows.join("\n")}
</ul>
<p class="unseen" role="status"></p>
</div>
`;
}

function choice(marked, item) {
  if (!item.task) throw new Trouble(`the answer "${item.text.slice(0, 60)}" must begin with [x] or [ ].`);
  const words = item.tokens.filter(({ type }) => type !== "blockquote" && type !== "checkbox");
  const why = item.tokens.filter(({ type }) => type === "blockquote");
  if (why.length !== 1) throw new Trouble(`the answer "${item.text.slice(0, 60)}" needs one explanation after >.`);
  return { right: item.checked, html: inline(marked, words), why: marked.parser(why[0].tokens) };
}

/** "`id` words" -> the id, the words as HTML, and what else there is. */
function named(marked, tokens, what) {
  const words = tokens.filter(({ type }) => type !== "checkbox");
  const inner = words[0]?.tokens && words[0].type !== "codespan" ? [...words[0].tokens] : words;
  const first = inner.shift();
  if (first?.type !== "codespan" || !/^[a-z][a-z0-9_]*$/.test(first.text)) {
    throw new Trouble(`${what} must begin with its name in backquotes, not with "${(first?.raw ?? "").slice(0, 60)}".`);
  }
  // Within a list item marked calls paragraphs "text".
  const rest = inner === words ? [] : words.slice(1).map((token) => (token.type === "text" ? { ...token, type: "paragraph" } : token));
  return { id: first.text, label: marked.Parser.parseInline(inner, marked.defaults).trim(), rest: rest.length > 0 ? marked.parser(rest) : "" };
}

function inline(marked, tokens) {
  return tokens.map((token) => (token.tokens ? marked.Parser.parseInline(token.tokens, marked.defaults) : marked.parser([token]))).join(" ");
}

function listOf(tokens, name) {
  const lists = tokens.filter(({ type }) => type !== "space");
  if (lists.length !== 1 || lists[0].type !== "list") throw new Trouble(`"${name}" must be one list.`);
  return lists[0].items;
}

function unique(ids, what) {
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice) throw new Trouble(`there are two ${what}s with the name \`${twice}\`.`);
  return ids;
}
