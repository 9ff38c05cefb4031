# shellcheck shell=bash
# Set-up: everything a fresh Debian 12 lacks, each part only if it is missing. Sourced by ./dev, which calls
#   setup PART…   parts: tools browser formatter deps fonts node npm emscripten
# and then finds the environment ready: PATH, KG_NODE, KG_NODE_FLAGS, KG_DEPS_DIR, KG_EMSCRIPTEN_ROOT, KG_BROWSER.
#
# Nothing half-done is ever taken for whole: archives are checked against tools/pins.txt before they are unpacked, they are
# unpacked beside their place, and a folder gets its final name in one rename, with a stamp naming what it was made from.

KG_TOOLCHAIN=$KG_ROOT/.toolchain

for part in common host archives emscripten node deps doctor; do
  # shellcheck source=/dev/null
  . "$KG_ROOT/tools/setup/$part.sh"
done
unset part

setup() {
  mkdir -p "$KG_TOOLCHAIN"
  with_lock "$KG_TOOLCHAIN/lock" setup_parts "$@"
  use_parts "$@"
}

setup_parts() {
  local part
  for part in "$@"; do
    case $part in
      tools) setup_tools missing_tools ;;
      browser) setup_tools missing_browser ;;
      formatter) setup_tools missing_formatter ;;
      fuzzer) setup_tools missing_fuzzer ;;
      deps | fonts | node | npm | emscripten) "setup_$part" ;;
      *) die "set-up knows no part '$part'." ;;
    esac
  done
}

use_parts() {
  local part
  for part in "$@"; do
    case $part in
      node) use_node ;;
      emscripten) use_emscripten ;;
      browser) KG_BROWSER=$(find_browser) && export KG_BROWSER ;;
    esac
  done
  export KG_DEPS_DIR
}
