# shellcheck shell=bash
# Building, for ./dev. Set-up has run; the lock of build/ is held.

KG_VARIANTS=(relaxed simd scalar)  # of the page, in the order in which the loader tries them

# A compiler cache, if the machine has one: another checkout of the same sources then finds what this one has compiled. Paths below the
# checkout are looked at relative to it; the compiler writes down itself which headers it has read, so nothing is preprocessed twice.
KG_CCACHE=$(command -v ccache || true)
export CCACHE_BASEDIR=$KG_ROOT CCACHE_NOHASHDIR=1 CCACHE_DEPEND=1

# build PRESET TARGET…: configures if anything that configuring depends on has changed, then builds. Says nothing if all is done.
build() {
  local preset=$1 start=$SECONDS
  shift
  configure "$preset" || return
  if ninja -C "build/$preset" -n "$@" | grep -q 'no work to do'; then return 0; fi
  say "  Building for $preset: ${*%_native*}"
  ninja -C "build/$preset" "$@" | progress
  [ "${PIPESTATUS[0]}" -eq 0 ] || return 1
  say "  Building for $preset: done, $((SECONDS - start)) s"
}

# progress: of ninja's lines "[12/345] …" one every 10 s, with the time that is left if it goes on like this; all others as they are.
progress() {
  local line start=$SECONDS next=$((SECONDS + 10)) done all
  while IFS= read -r line; do
    if [[ $line =~ ^\[([0-9]+)/([0-9]+)\] ]]; then
      done=${BASH_REMATCH[1]} all=${BASH_REMATCH[2]}
      if [ "$SECONDS" -ge "$next" ] && [ "$done" -gt 0 ]; then
        next=$((SECONDS + 10))
        say "    $done of $all files, $((SECONDS - start)) s; about $(((SECONDS - start) * (all - done) / done)) s left"
      fi
    elif [[ $line != ninja:\ Entering* ]]; then
      printf '%s\n' "$line"
    fi
  done
}

configure() {
  local preset=$1 stamp options=("-DKG_DEPS_DIR=$KG_DEPS_DIR" "-DKG_CCACHE=$KG_CCACHE")
  # Under the sanitizers clang compiles our tests in little more than half the time, and libFuzzer is its; without it g++ does.
  if [ "$preset" = native-asan ] && can_fuzz; then
    options+=(-DCMAKE_C_COMPILER=clang-19 -DCMAKE_CXX_COMPILER=clang++-19 -DKG_FUZZ=ON)
  fi
  stamp="$(sha256sum <CMakePresets.json) ${options[*]} ${KG_EMSCRIPTEN_ROOT:-} $KG_ROOT"
  stamped "build/$preset" "$stamp" && [ -f "build/$preset/build.ninja" ] && return 0
  rm -rf "build/$preset"
  watched "Configuring $preset" cmake --preset "$preset" "${options[@]}" || return
  printf '%s' "$stamp" >"build/$preset/.stamp"
}

# The site in dist/, from the three WebAssembly programs.
build_site() {
  build web "${KG_VARIANTS[@]/#/kernelglass_}" || die "the page could not be built; the reason stands above."
  put_site_together dist build/web "${KG_VARIANTS[@]}"
}

# put_site_together FOLDER BUILDS VARIANT…
put_site_together() {
  place_emscripten_licence
  "$KG_NODE" tools/build_page.mjs --out "$1" --builds "$2" --variants "$(IFS=, && printf '%s' "${*:3}")" \
    --fonts "$KG_DEPS_DIR/fonts" --deps "$KG_DEPS_DIR" ||
    die "the site could not be put together (tools/build_page.mjs); the reason stands above."
}

build_bench() {
  build native kg_bench_engine_native || die "the benchmark could not be built for this machine."
  build web kg_bench_engine_relaxed kg_bench_engine_simd || die "the benchmark could not be built as WebAssembly."
}
