# shellcheck shell=bash
# ./dev doctor: what is there, what is missing. Changes nothing.

doctor() {
  local browser
  use_node
  tool cmake cmake --version
  tool ninja ninja --version
  tool g++ g++ --version
  if [ -n "${KG_CCACHE:-}" ]; then tool "compiler cache" "$KG_CCACHE" --version; else row "compiler cache" "none (ccache would be used)"; fi
  tool python3 python3 --version
  tool node node --version
  tool npm npm --version
  if host_emscripten; then
    tool em++ em++ --version
  else
    part "Emscripten $KG_EMSCRIPTEN_WANTED" "$KG_EMSCRIPTEN" "$(emscripten_stamp)"
    tool clang-19 clang-19 --version
    tool wasm-ld-19 wasm-ld-19 --version
  fi
  if [ -x "$KG_NODE" ]; then
    row "Node for wasm" "$("$KG_NODE" --version) ${KG_NODE_FLAGS[*]}"
  else
    row "Node for wasm" "missing: the machine's own cannot run relaxed SIMD (set-up fetches Node 22)"
  fi
  part "npm packages" node_modules "$(npm_stamp)"
  if own_deps; then
    part "headers" "$KG_DEPS_DIR/include" "$(pins_of "${KG_HEADER_PARTS[@]}")"
    part "Dear ImGui" "$KG_DEPS_DIR/imgui" "$(pins_of imgui)"
    part "SDL2" "$KG_DEPS_DIR/SDL2" "$(pins_of libsdl2)"
    part "typeface" "$KG_DEPS_DIR/fonts" "$(fonts_stamp)"
  else
    row "libraries" "$KG_DEPS_DIR (KG_DEPS_DIR)"
  fi
  if browser=$(find_browser); then tool browser "$browser" --version; else row browser "missing: chromium (for tests and shots)"; fi
  if can_fuzz; then tool libFuzzer clang++-19 --version; else row libFuzzer "missing: libclang-rt-19-dev (for tests)"; fi
  tool clang-format clang-format --version
}

row() { printf '  %-20s %s\n' "$1" "$2"; }

# tool NAME PROGRAM ARGUMENT…: its first line of version, or that it is missing.
tool() {
  local name=$1 version
  shift
  if ! have "$1"; then
    row "$name" missing
  else
    version=$("$@" 2>/dev/null | grep -m 1 '[0-9]') || version="there, but does not answer"
    row "$name" "$version"
  fi
}

# part NAME FOLDER STAMP
part() {
  if stamped "$2" "$3"; then
    row "$1" "in place, as pinned"
  elif [ -e "$2" ]; then
    row "$1" "out of date or not whole: set-up will replace it"
  else
    row "$1" "missing: set-up will fetch it"
  fi
}
