# shellcheck shell=bash
# Emscripten: the machine's own if new enough, else the pinned one unpacked into .toolchain/emscripten.

KG_EMSCRIPTEN_WANTED=3.1.69
KG_EMSCRIPTEN=$KG_TOOLCHAIN/emscripten
KG_EMSCRIPTEN_PARTS=(emscripten binaryen libc6 libstdc++6 libgcc-s1)
KG_LLVM_PARTS=(libllvm19 libclang-cpp19 libclang1-19 libclang-common-19-dev clang-19 lld-19 llvm-19-runtime llvm-19-linker-tools llvm-19)

at_least() { [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1)" = "$2" ]; }

emscripten_version() { "$1" --version 2>/dev/null | sed -nE '1s/.* ([0-9]+\.[0-9]+\.[0-9]+).*/\1/p'; }

# Is there an em++ of the machine's own (not ours, which use_emscripten puts on the PATH), and is it new enough?
host_emscripten() {
  have em++ && [[ $(command -v em++) != "$KG_EMSCRIPTEN"/* ]] && at_least "$(emscripten_version em++)" "$KG_EMSCRIPTEN_WANTED"
}

# The number counts changes to how it is unpacked.
emscripten_stamp() { echo 2 && pins_of "${KG_EMSCRIPTEN_PARTS[@]}"; }

setup_emscripten() {
  host_emscripten && return 0
  setup_llvm
  stamped "$KG_EMSCRIPTEN" "$(emscripten_stamp)" && return 0
  fetch_archives "${KG_EMSCRIPTEN_PARTS[@]}"
  local folder
  folder=$(staging emscripten)
  KG_GROWING=$folder watched "Unpacking Emscripten (1.6 GB)" unpack_emscripten "$folder" || die "Emscripten could not be unpacked: is the disk full?"
  put_in_place "$folder" "$KG_EMSCRIPTEN" "$(emscripten_stamp)"
}

unpack_emscripten() {
  local folder=$1 package
  for package in "${KG_EMSCRIPTEN_PARTS[@]}"; do unpack_archive "$package" "$folder" || return; done
  rm -rf "$folder"/usr/share/emscripten/{test,docs} || return
  # Its scripts are CommonJS; without a word of its own, our package.json (ES modules) further up would hold for them too.
  printf '{ "type": "commonjs" }\n' >"$folder/usr/share/emscripten/package.json" || return
  wrap_binaryen "$folder"
}

# Binaryen wants a newer C library than Debian 12 has: each program is started through the unpacked loader.
wrap_binaryen() {
  local folder=$1 program
  mkdir -p "$folder/binaryen/bin" || return
  for program in "$folder"/usr/bin/wasm*; do
    program=$folder/binaryen/bin/$(basename "$program")
    cat >"$program" <<'EOF' || return
#!/bin/sh
usr=$(dirname "$(readlink -f "$0")")/../../usr
exec "$usr/lib64/ld-linux-x86-64.so.2" --library-path "$usr/lib/x86_64-linux-gnu" "$usr/bin/$(basename "$0")" "$@"
EOF
    chmod +x "$program" || return
  done
}

# clang, lld and llvm go into the system: Debian 12 offers them, with all they need.
setup_llvm() {
  have clang-19 && have wasm-ld-19 && have llvm-ar-19 && return 0
  local package archives=()
  [ "$(os_codename)" = bookworm ] ||
    die "the automatic set-up of Emscripten is for Debian 12; here please install Emscripten $KG_EMSCRIPTEN_WANTED or newer yourself, so that em++ is on the PATH."
  fetch_archives "${KG_LLVM_PARTS[@]}"
  for package in "${KG_LLVM_PARTS[@]}"; do archives+=("$(archive_of "$package")"); done
  refresh_machine_apt
  watched "Installing clang, lld and llvm 19" apt_install "${archives[@]}" ||
    die "apt-get could not install clang-19, lld-19 and llvm-19 (the reason stands above)."
}

# Afterwards em++ is on the PATH, KG_EMSCRIPTEN_ROOT holds cmake/Modules, and the pinned parts find each other.
use_emscripten() {
  if host_emscripten; then
    KG_EMSCRIPTEN_ROOT=$(em-config EMSCRIPTEN_ROOT 2>/dev/null) || KG_EMSCRIPTEN_ROOT=$(dirname "$(readlink -f "$(command -v em++)")")
    [ -e "$KG_EMSCRIPTEN_ROOT/cmake/Modules/Platform/Emscripten.cmake" ] ||
      die "em++ on the PATH is $(command -v em++), but Emscripten's cmake/Modules/Platform/Emscripten.cmake is not in $KG_EMSCRIPTEN_ROOT."
  else
    KG_EMSCRIPTEN_ROOT=$KG_EMSCRIPTEN/usr/share/emscripten
    export EM_CONFIG=$KG_EMSCRIPTEN_ROOT/.emscripten EM_LLVM_ROOT=/usr/bin EM_BINARYEN_ROOT=$KG_EMSCRIPTEN/binaryen EM_NODE_JS=$KG_NODE
    PATH=$KG_EMSCRIPTEN_ROOT:$PATH
  fi
  export KG_EMSCRIPTEN_ROOT
  # em++ starts Python once per file: itself, and not by way of a version manager's shell script, which takes longer than Python does.
  EMSDK_PYTHON=${EMSDK_PYTHON:-$(python3 -c 'import sys; print(sys.executable)')}
  export EMSDK_PYTHON
}

# The licence of what Emscripten links into the page, beside those of the other libraries.
place_emscripten_licence() {
  local file
  for file in "$KG_EMSCRIPTEN_ROOT/LICENSE" "$KG_EMSCRIPTEN_ROOT/../doc/emscripten/copyright"; do
    if [ -f "$file" ] && own_deps; then
      mkdir -p "$KG_DEPS_DIR/emscripten"
      cp "$file" "$KG_DEPS_DIR/emscripten/LICENSE.txt"
      return
    fi
  done
}
