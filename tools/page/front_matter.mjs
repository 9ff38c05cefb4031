// The head of an article: lines of "key: value", and "key:" followed by "- item" lines, between two lines of "---".
import { Trouble } from "./trouble.mjs";

/** Text of a file -> {fields, body}. */
export function readFrontMatter(text, where) {
  const match = /^---\n([^]*?)\n---\n/.exec(text);
  if (!match) throw new Trouble(`${where} must begin with its front matter between two lines of "---".`);
  const fields = {};
  let list = null;
  for (const line of match[1].split("\n")) {
    const field = /^([a-z]+):\s*(.*)$/.exec(line);
    const item = /^\s*-\s+(.+)$/.exec(line);
    if (field && field[2] !== "") {
      fields[field[1]] = field[2];
      list = null;
    } else if (field) {
      list = fields[field[1]] = [];
    } else if (item && list) {
      list.push(item[1]);
    } else if (line.trim() !== "") {
      throw new Trouble(`${where}: the front matter line "${line}" is neither "key: value" nor "- item".`);
    }
  }
  return { fields, body: text.slice(match[0].length) };
}

/** Title, number, part, question, objectives: an article without one of them is not finished. */
export function checkFields(fields, where) {
  for (const key of ["title", "chapter", "part", "question", "objectives"]) {
    if (fields[key] === undefined) throw new Trouble(`${where}: the front matter lacks "${key}".`);
  }
  if (!/^\d+$/.test(fields.chapter)) throw new Trouble(`${where}: "chapter" must be a number, not "${fields.chapter}".`);
  if (!Array.isArray(fields.objectives)) throw new Trouble(`${where}: "objectives" must be a list of "- item" lines.`);
}
