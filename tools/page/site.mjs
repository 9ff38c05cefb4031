// The folder that becomes the site: files are collected in memory under their path in it, then written at once.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Trouble } from "./trouble.mjs";

export class Site {
  files = new Map();

  add(name, content) {
    this.files.set(name, Buffer.isBuffer(content) ? content : Buffer.from(content, "utf8"));
  }

  addFile(name, from, advice = "") {
    if (!existsSync(from)) throw new Trouble(`${from} is missing${advice && `: ${advice}`}.`);
    this.add(name, readFileSync(from));
  }

  addFolder(name, from) {
    if (!existsSync(from)) throw new Trouble(`the folder ${from} is missing.`);
    for (const entry of readdirSync(from).sort()) {
      if (entry.startsWith(".")) continue;
      const source = path.join(from, entry);
      const target = name ? `${name}/${entry}` : entry;
      if (statSync(source).isDirectory()) this.addFolder(target, source);
      else this.addFile(target, source);
    }
  }

  text(name) {
    return this.files.get(name).toString("utf8");
  }

  /** [[path, digest], …] of all files but these, in a fixed order. */
  digests(except) {
    return [...this.files.keys()]
      .filter((name) => !except.includes(name))
      .sort()
      .map((name) => [name, digest(this.files.get(name))]);
  }

  /** Writes the folder anew, so that nothing of an older build stays in it. Never deletes what is not a site. */
  write(out) {
    if (existsSync(out) && readdirSync(out).length > 0 && !existsSync(path.join(out, "index.html"))) {
      throw new Trouble(`${out} is not empty and holds no index.html, so it is left alone; name another folder with --out.`);
    }
    rmSync(out, { recursive: true, force: true });
    for (const [name, content] of this.files) {
      const file = path.join(out, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
  }
}

export function digest(content) {
  return createHash("sha256").update(content).digest("hex").slice(0, 16);
}
