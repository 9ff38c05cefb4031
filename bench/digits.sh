# shellcheck shell=bash
# ./dev bench digits: the speed as WebAssembly, then everything else natively (bench/digits.cpp). Sourced by ./dev.

build_bench_digits() {
  build native kg_bench_digits_native || die "the benchmark could not be built for this machine."
  build web kg_bench_digits_relaxed kg_bench_digits_simd || die "the benchmark could not be built as WebAssembly."
}

# run_bench_digits OPTION…: --mnist FOLDER is taken out of them, its files are gunzipped into build/.
run_bench_digits() {
  local folder=${KG_MNIST:-} options=() variant name
  while [ $# -gt 0 ]; do
    case $1 in
      --mnist) folder=${2:-} && shift ;;
      --mnist=*) folder=${1#--mnist=} ;;
      *) options+=("$1") ;;
    esac
    [ $# -eq 0 ] || shift
  done
  if [ -n "$folder" ]; then
    [ -d "$folder" ] || die "--mnist wants a folder; '$folder' is none."
    mkdir -p build/mnist
    for name in train-images-idx3-ubyte train-labels-idx1-ubyte; do
      if [ -f "$folder/$name.gz" ]; then
        gunzip -c "$folder/$name.gz" >"build/mnist/$name" || die "$folder/$name.gz cannot be unpacked."
      else
        cp "$folder/$name" build/mnist/ || die "$folder has no $name, gzipped or not."
      fi
    done
    options+=(--mnist build/mnist)
  fi
  for variant in relaxed simd; do
    say "== WebAssembly, $variant, under Node"
    "$KG_NODE" "${KG_NODE_FLAGS[@]}" "build/web/kg_bench_digits_$variant.cjs" --speed
  done
  say "== This machine"
  build/native/kg_bench_digits_native "${options[@]}"
}
