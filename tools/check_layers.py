"""Proves that the rooms of src/ include one another only in the one direction.

usage: check_layers.py [--self-test]
Every offence is printed as file:line and a sentence. --self-test plants offences and checks that each is caught.
"""

import re
import sys
import tempfile
from pathlib import Path

# What a room may include of ours besides itself. "embedded" is the generated embedded.h (shaders, typeface), "embedded
# weights" embedded_weights.h (what a network has learned).
MAY_INCLUDE = {
    "engine": set(),
    "data": {"engine", "embedded weights"},
    "lesson": {"engine", "data"},
    "view": {"engine", "data", "lesson", "render", "embedded"},
    "render": {"embedded"},
    "platform": set(),
    "main": {"engine", "data", "lesson", "view", "render", "platform", "embedded"},
    "helper_thread": {"lesson"},
}

# What a room may include of others', besides the standard library.
MAY_USE = {
    "engine": set(),
    "data": set(),
    "lesson": set(),
    "view": {"imgui", "glm"},
    "render": {"glm", "GL"},
    "platform": {"imgui", "imgui backend", "SDL", "GL", "emscripten"},
    "main": {"imgui", "emscripten"},
    "helper_thread": {"emscripten"},
}

KINDS = [
    ("nlohmann", r"nlohmann/"),
    ("imgui backend", r"(backends/)?imgui_impl_"),
    ("imgui", r"imgui|imstb_"),
    ("SDL", r"SDL"),
    ("GL", r"GLES\d|GL/|EGL/|webgl/|emscripten/html5_webgl"),
    ("emscripten", r"emscripten"),
    ("glm", r"glm/"),
    ("doctest", r"doctest"),
]
# What one file alone may include besides.
ALONE = {"lesson/json_text.cpp": {"nlohmann"}}
EMBEDDED = {"embedded.h": "embedded", "embedded_weights.h": "embedded weights"}
SIMD_HEADERS = {"wasm_simd128.h", "emmintrin.h", "arm_neon.h"}
IMPURE = {"iostream", "fstream", "chrono", "ctime", "time.h", "filesystem", "random", "thread"}
PURE_ROOMS = {"engine", "data", "lesson"}

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
BRANCH_ON_WEB = re.compile(r"^\s*#\s*(if|ifdef|ifndef|elif)\b.*__EMSCRIPTEN__")
PRINTS = re.compile(r"\b(std::)?(printf|fprintf|puts|putchar|fopen|fwrite|exit|abort)\s*\(|\bstd::(cout|cerr|clog)\b")


def kind_of(header):
    for kind, pattern in KINDS:
        if re.match(pattern, header):
            return kind
    return None


def include_offence(room, file, bracket, header):
    first = header.split("/")[0]
    if bracket == '"':
        other = EMBEDDED.get(header, first if first in MAY_INCLUDE else None)
        if other is None:
            return f'"{header}" names no room: our headers are included relative to src/'
        if other != room and other not in MAY_INCLUDE[room]:
            return f'{room} must not include {other} ("{header}")'
        return None
    kind = kind_of(header)
    if kind:
        return None if kind in MAY_USE[room] | ALONE.get(file, set()) else f"{room} must not include {kind} (<{header}>)"
    if header in SIMD_HEADERS:
        return None if file == "engine/kernels/simd.h" else f"<{header}> belongs into engine/kernels/simd.h alone"
    if header in IMPURE and room in PURE_ROOMS:
        return f"{room} has no clock, file, output or foreign randomness (<{header}>)"
    if "/" in header:
        return f"{room} includes <{header}>, which is neither the standard library nor a library it may use"
    return None


def offences_in(src, path):
    """Yields (line number, sentence)."""
    file = path.relative_to(src).as_posix()
    room = file.removesuffix(".cpp") if file in ("main.cpp", "helper_thread.cpp") else file.split("/")[0]
    if room not in MAY_INCLUDE:
        yield 1, f"{file} lies in no room: the rooms are {', '.join(MAY_INCLUDE)}"
        return
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        found = INCLUDE.match(line)
        if found:
            sentence = include_offence(room, file, *found.groups())
            if sentence:
                yield number, sentence
        if BRANCH_ON_WEB.match(line) and room != "platform" and file != "engine/kernels/simd.h":
            yield number, "#if on __EMSCRIPTEN__ belongs into platform/ (or engine/kernels/simd.h)"
        if room in PURE_ROOMS and PRINTS.search(line.split("//")[0]):
            yield number, f"{room} never prints, opens no files and never exits"


def check(src):
    """Prints all offences below src; returns their number and the number of files read."""
    files = sorted(p for p in src.rglob("*") if p.suffix in {".h", ".cpp", ".inc"})
    offences = [(p, *o) for p in files for o in offences_in(src, p)]
    for path, number, sentence in offences:
        print(f"{path}:{number}: {sentence}")
    return len(offences), len(files)


# file, line, and whether it is an offence
PLANTED = [
    ("engine/a.cpp", "#include <vector>", False),
    ("engine/a.cpp", '#include "engine/b.h"', False),
    ("engine/a.cpp", '#include "data/b.h"', True),
    ("engine/a.cpp", '  #  include "lesson/b.h"', True),
    ("engine/a.cpp", "#include <nlohmann/json.hpp>", True),
    ("engine/a.cpp", "#include <chrono>", True),
    ("engine/a.cpp", "#include <emmintrin.h>", True),
    ("engine/a.cpp", 'std::printf("x");', True),
    ("engine/a.cpp", "std::snprintf(text, sizeof text, kFormat, x);", False),
    ("engine/a.cpp", "#ifdef __EMSCRIPTEN__", True),
    ("engine/kernels/simd.h", "#if defined(__EMSCRIPTEN__)", False),
    ("engine/kernels/simd.h", "#include <wasm_simd128.h>", False),
    ("data/a.h", '#include "engine/b.h"', False),
    ("data/a.h", '#include "lesson/b.h"', True),
    ("data/a.h", "#include <fstream>", True),
    ("data/a.cpp", '#include "embedded_weights.h"', False),
    ("lesson/a.cpp", '#include "embedded_weights.h"', True),
    ("lesson/a.h", '#include "data/b.h"', False),
    ("lesson/json_text.cpp", "#include <nlohmann/json.hpp>", False),
    ("lesson/json_text.cpp", "#include <imgui.h>", True),
    ("lesson/json.h", "#include <nlohmann/json.hpp>", True),
    ("lesson/a.cpp", "#include <nlohmann/json_fwd.hpp>", True),
    ("view/a.cpp", "#include <nlohmann/json.hpp>", True),
    ("main.cpp", "#include <nlohmann/json.hpp>", True),
    ("lesson/a.h", "#include <imgui.h>", True),
    ("lesson/a.h", "#include <SDL.h>", True),
    ("lesson/rows.inc", '#include "view/b.h"', True),
    ("view/a.cpp", '#include "lesson/b.h"', False),
    ("view/a.cpp", '#include "render/b.h"', False),
    ("view/a.cpp", "#include <imgui.h>", False),
    ("view/a.cpp", "#include <SDL.h>", True),
    ("view/a.cpp", "#include <GLES3/gl3.h>", True),
    ("view/a.cpp", '#include "platform/b.h"', True),
    ("view/a.cpp", '#include "b.h"', True),
    ("render/a.cpp", "#include <GLES3/gl3.h>", False),
    ("render/a.cpp", '#include "view/b.h"', True),
    ("render/a.cpp", '#include "lesson/b.h"', True),
    ("platform/a.cpp", "#include <SDL.h>", False),
    ("platform/a.cpp", "#ifdef __EMSCRIPTEN__", False),
    ("platform/a.cpp", '#include "view/b.h"', True),
    ("main.cpp", '#include "platform/platform.h"', False),
    ("main.cpp", "#ifdef __EMSCRIPTEN__", True),
    ("helper_thread.cpp", '#include "lesson/errand.h"', False),
    ("helper_thread.cpp", '#include "view/a.h"', True),
    ("attic/a.cpp", "int a;", True),
]


def self_test():
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        for index, (file, line, offends) in enumerate(PLANTED):
            src = Path(folder) / str(index)
            path = src / file
            path.parent.mkdir(parents=True)
            path.write_text(f"// planted\n{line}\n", encoding="utf-8")
            if bool(list(offences_in(src, path))) != offends:
                print(f"check_layers: {line!r} in {file} {'was not caught' if offends else 'was taken for an offence'}")
                wrong += 1
    print(f"check_layers: {len(PLANTED) - wrong} of {len(PLANTED)} planted lines judged rightly")
    return wrong == 0


def main():
    if sys.argv[1:] == ["--self-test"]:
        return self_test()
    if sys.argv[1:]:
        raise SystemExit(__doc__)
    offences, files = check(Path(__file__).resolve().parent.parent / "src")
    print(f"check_layers: {files} files, {offences} offences")
    return offences == 0 and files > 0


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
