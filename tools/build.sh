# shellcheck shell=bash
# Building, for ./dev. Set-up has run; the lock of build/ is held.

KG_WEB_PRESETS=(web-relaxed web web-scalar)

# build PRESET TARGET: configures if anything that configuring depends on has changed, then builds. Says nothing if all is done.
build() {
  local preset=$1 target=$2 start=$SECONDS ticker status=0
  configure "$preset" || return
  if cmake --build "build/$preset" --target "$target" -- -n | grep -q 'no work to do'; then return 0; fi
  say "  Building $target for $preset …"
  tick & ticker=$!
  cmake --build "build/$preset" --target "$target" --parallel "$(nproc)" -- --quiet || status=$?
  kill "$ticker" 2>/dev/null || true
  wait "$ticker" 2>/dev/null || true
  [ "$status" -eq 0 ] || return "$status"
  say "  Building $target for $preset: done, $((SECONDS - start)) s"
}

configure() {
  local preset=$1 stamp
  stamp="$(sha256sum <CMakePresets.json) $KG_DEPS_DIR ${KG_EMSCRIPTEN_ROOT:-} $KG_ROOT"
  stamped "build/$preset" "$stamp" && [ -f "build/$preset/build.ninja" ] && return 0
  rm -rf "build/$preset"
  watched "Configuring $preset" cmake --preset "$preset" -DKG_DEPS_DIR="$KG_DEPS_DIR" || return
  printf '%s' "$stamp" >"build/$preset/.stamp"
}

# The site in dist/, from the three WebAssembly builds.
build_site() {
  local preset
  for preset in "${KG_WEB_PRESETS[@]}"; do
    build "$preset" kernelglass || die "the page could not be built for $preset; the reason stands above."
  done
  place_emscripten_licence
  "$KG_NODE" tools/build_page.mjs --out dist --builds build --fonts "$KG_DEPS_DIR/fonts" --deps "$KG_DEPS_DIR" ||
    die "the site could not be put together (tools/build_page.mjs); the reason stands above."
}

build_bench() {
  build native kg_bench || die "the benchmark could not be built for this machine."
  local preset
  for preset in web-relaxed web; do
    build "$preset" kg_bench_engine || die "the benchmark could not be built as WebAssembly ($preset)."
  done
}
