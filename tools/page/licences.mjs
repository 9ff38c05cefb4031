// licences.txt, shown in About: ours, then those of everything that is compiled into the page.
// They are read from the folders the set-up fills: DEPS/<part>/LICENSE.txt (COPYING, copyright …), DEPS/<part>/licences/*.txt.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

const kNames = {
  SDL2: "SDL 2",
  imgui: "Dear ImGui",
  fonts: "Inter, the typeface from which Kernelglass Sans is cut",
  "libglm-dev": "GLM",
  "nlohmann-json3-dev": "JSON for Modern C++",
  emscripten: "Emscripten and the C and C++ libraries it links",
};
// Where the set-up found the compiler on the machine, its licences are not among those folders.
const kRuntime = `Emscripten and the C and C++ libraries it links

Emscripten: copyright The Emscripten Authors; MIT licence.
musl: copyright Rich Felker and contributors; MIT licence.
The text of the MIT licence stands at the head of this file.
libc++, libc++abi and compiler-rt: The LLVM Project; Apache License 2.0 with LLVM exceptions.`;
const kNotInPage = ["doctest-dev", "inter"];  // The test framework; the folder the fonts were cut from.
const kFile = /^(licen[cs]e|copying|copyright)(\.(txt|md))?$/i;

export function licencesText(ours, deps) {
  const rule = "\n\n" + "=".repeat(72) + "\n\n";
  const parts = deps ? found(deps) : [];
  const texts = parts.map(({ name, text }) => `${kNames[name] ?? name}\n\n${text.trim()}`);
  if (!parts.some(({ name }) => name === "emscripten")) texts.push(kRuntime);
  return [`Kernelglass\n\n${ours.trim()}`, ...texts].join(rule) + "\n";
}

function found(deps) {
  const list = [];
  const add = (name, file) => {
    if (!kNotInPage.includes(name)) list.push({ name, text: readFileSync(file, "utf8") });
  };
  for (const part of folders(deps)) {
    const folder = path.join(deps, part);
    const own = readdirSync(folder).sort().find((name) => kFile.test(name));
    if (own) add(part, path.join(folder, own));
    const several = path.join(folder, "licences");
    if (!existsSync(several)) continue;
    for (const file of readdirSync(several).sort()) add(file.replace(/\.txt$/, ""), path.join(several, file));
  }
  return list.sort((a, b) => a.text.length - b.text.length);  // The longest one last, where it hides none.
}

function folders(root) {
  return readdirSync(root).filter((name) => !name.startsWith(".") && statSync(path.join(root, name)).isDirectory()).sort();
}
