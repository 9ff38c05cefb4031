# shellcheck shell=bash
# ./dev test. Each stage prints what it does and adds to the two sums; a failing stage does not stop the others. At the end stands a
# table of what each took.

KG_PASSED=0
KG_FAILED=0
KG_REPORTS=build/reports
KG_STAGES=()  # "seconds|passed|failed|name"

# Which program runs in which builds; why there stands in ARCHITECTURE.md.
declare -A KG_PLAN=(
  [engine]="native-asan native relaxed simd scalar"
  [lesson]="native-asan relaxed"
  [view]="native-asan"
)

# As JSON, for tools/census.mjs.
write_plan() {
  local program comma=
  printf '{'
  for program in "${!KG_PLAN[@]}"; do
    printf '%s"%s": ["%s"]' "$comma" "$program" "${KG_PLAN[$program]// /\", \"}"
    comma=', '
  done
  printf '}\n'
}

# run_tests FILTER
run_tests() {
  local filter=$1
  trap 'end_children $$; exit 130' INT TERM HUP
  rm -rf "$KG_REPORTS"
  mkdir -p "$KG_REPORTS"
  write_plan >"$KG_REPORTS/plan.json"
  stage "what needs no building" test_sources "$filter"
  stage "C++, this machine, sanitizers" test_preset native-asan "$filter"
  stage "fuzzing" test_fuzz "$filter"
  stage "C++, this machine, optimised" test_preset native "$filter"
  stage "C++, WebAssembly under Node" test_preset web "$filter"
  stage "instruction sets" test_instruction_sets "$filter"
  stage "the benchmark builds" test_bench "$filter"
  stage "the page" test_javascript "$filter"
  [ -n "$filter" ] || stage "every case has run" counted "$KG_NODE" tools/census.mjs "$KG_REPORTS"
  table
  [ "$((KG_PASSED + KG_FAILED))" -gt 0 ] || say "No test has '$filter' in its name."
  say "$KG_PASSED passed, $KG_FAILED failed"
  [ "$KG_FAILED" -eq 0 ] && [ "$KG_PASSED" -gt 0 ]
}

# end_children PID: ends whatever it has started, and what that has started.
end_children() {
  local child
  for child in $(pgrep -P "$1"); do
    [ "$child" = "$BASHPID" ] && continue
    end_children "$child"
    kill "$child" 2>/dev/null || true
  done
}

# stage NAME COMMAND…
stage() {
  local name=$1 start=$SECONDS passed=$KG_PASSED failed=$KG_FAILED
  shift
  printf '\n== %s\n' "$name"
  "$@"
  KG_STAGES+=("$((SECONDS - start))|$((KG_PASSED - passed))|$((KG_FAILED - failed))|$name")
}

table() {
  local row seconds passed failed name
  printf '\n%-34s %8s %8s %8s\n' stage seconds passed failed
  for row in "${KG_STAGES[@]}"; do
    IFS='|' read -r seconds passed failed name <<<"$row"
    printf '%-34s %8s %8s %8s\n' "$name" "$seconds" "$passed" "$failed"
  done
  printf '%-34s %8s\n' "all, with set-up" "$SECONDS"
}

count() {
  KG_PASSED=$((KG_PASSED + $1))
  KG_FAILED=$((KG_FAILED + $2))
}

# broken SENTENCE: a stage that could not even count its tests is one failure.
broken() {
  say "FAILED: $1"
  count 0 1
}

# counted COMMAND…: a test that is a whole program.
counted() {
  if "$@"; then count 1 0; else count 0 1; fi
}

test_sources() {
  [[ check_layers == *"$1"* ]] || return 0
  counted python3 tools/check_layers.py --self-test
  counted python3 tools/check_layers.py
}

# builds_of PRESET PROGRAM: which of the builds that the program runs in come from this preset.
builds_of() {
  local build
  for build in ${KG_PLAN[$2]}; do
    case $1:$build in
      web:relaxed | web:simd | web:scalar) printf '%s\n' "$build" ;;
      "$build:$1") printf '%s\n' "$build" ;;
    esac
  done
}

# test_preset PRESET FILTER: builds the test programs that run there and have such cases, then runs them.
test_preset() {
  local preset=$1 filter=$2 program build targets=() wanted=()
  for program in engine lesson view; do
    "$KG_NODE" tools/census.mjs --has "$program" "$filter" || continue
    for build in $(builds_of "$preset" "$program"); do
      targets+=("kg_tests_${program}_$build")
      wanted+=("$program $build")
    done
  done
  [ "${#targets[@]}" -gt 0 ] || return 0
  # In the same go what later stages need from the same tree: one queue for both cores.
  if [ -z "$filter" ] && [ "$preset" = native-asan ] && can_fuzz; then targets+=(kg_fuzz_safetensors kg_fuzz_idx); fi
  if [ -z "$filter" ] && [ "$preset" = web ]; then targets+=("${KG_VARIANTS[@]/#/kernelglass_}"); fi
  build "$preset" "${targets[@]}" || { broken "the tests could not be built for $preset."; return; }
  for build in "${wanted[@]}"; do
    # shellcheck disable=SC2086  # two words
    test_program "$preset" "$filter" $build
  done
}

# test_program PRESET FILTER PROGRAM BUILD
test_program() {
  local preset=$1 filter=$2 program=$3 build=$4 command options=() log start=$SECONDS
  log=$KG_REPORTS/$program-$build.txt
  command=("build/$preset/kg_tests_${program}_$build")
  [ "$preset" != web ] || command=("$KG_NODE" "${KG_NODE_FLAGS[@]}" "${command[0]}.cjs")
  # What trains for minutes to show an effect finds no fault of memory that a short run would not.
  [ "$build" != native-asan ] || options+=(--without effects)
  "$KG_NODE" tools/cases.mjs --report "${log%.txt}.json" --filter "$filter" "${options[@]}" -- "${command[@]}" 2>&1 9>&- | tee "$log" |
    sed '$d'
  take_sums "$log" "kg_tests_$program ($build)"
  say "  $program, $build: $(tail -n 1 "$log"), $((SECONDS - start)) s"
}

# take_sums LOG NAME: its last line says how many passed and failed.
take_sums() {
  local passed failed
  if [[ $(tail -n 1 "$1") =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed$ ]]; then
    passed=${BASH_REMATCH[1]} failed=${BASH_REMATCH[2]}
    count "$passed" "$failed"
  else
    broken "$2 ended before its summary."
  fi
}

# In the files that are shipped: the scalar one has no vector instruction, the one with SIMD no relaxed one, and the other way round.
test_instruction_sets() {
  [[ instruction_sets == *"$1"* ]] || return 0
  if ! (build_site >/dev/null); then
    broken "the page could not be built, so its instructions were not looked at."
    return
  fi
  local variant vector='(v128|i8x16|i16x8|i32x4|i64x2|f32x4|f64x2)\.' relaxed='[a-z0-9]+x[0-9]+\.relaxed_'
  for variant in "${KG_VARIANTS[@]}"; do
    "${EM_BINARYEN_ROOT:+$EM_BINARYEN_ROOT/bin/}wasm-dis" --all-features "dist/wasm/$variant/kernelglass.wasm" \
      >"$KG_REPORTS/$variant.wat" || { broken "the module of $variant cannot be read."; return; }
  done
  counted instructions scalar vector "$vector" -eq
  counted instructions simd relaxed "$relaxed" -eq
  counted instructions simd vector "$vector" -gt
  counted instructions relaxed relaxed "$relaxed" -gt
}

# instructions VARIANT KIND PATTERN -eq|-gt: says how many there are, and whether that is right beside 0.
instructions() {
  local found
  found=$(grep -cE "^ *\($3" "$KG_REPORTS/$1.wat" || true)
  say "  $1: $found $2 instructions"
  [ "$found" "$4" 0 ] || { say "FAILED: the variant $1 may not have $found $2 instructions"; return 1; }
}

test_bench() {
  [[ benchmark == *"$1"* ]] || return 0
  counted build native kg_bench_engine_native
  counted build web kg_bench_engine_relaxed
}

# The parsers under libFuzzer, for so many files or seconds, one on each core. What it has learned stays in build/, and there it goes
# on next time.
test_fuzz() {
  local filter=$1 format folder=build/fuzz running=() formats=()
  for format in safetensors idx; do
    [[ fuzz_$format == *"$filter"* ]] || continue
    if ! can_fuzz; then
      say "  $format left out: there is no clang 19 with libFuzzer here"
      continue
    fi
    build native-asan "kg_fuzz_$format" || { broken "kg_fuzz_$format could not be built."; continue; }
    mkdir -p "$folder/$format"
    "build/native-asan/kg_fuzz_$format" -runs=200000 -max_total_time=20 -max_len=4096 -timeout=10 -rss_limit_mb=1024 \
      -malloc_limit_mb=64 -dict=tests/fuzz/safetensors.dict -artifact_prefix="$folder/found-" "$folder/$format" \
      >"$folder/$format.txt" 2>&1 9>&- &
    running+=($!)
    formats+=("$format")
  done
  local at
  for at in "${!running[@]}"; do
    format=${formats[$at]}
    if wait "${running[$at]}"; then
      say "  $format: $(tail -n 1 "$folder/$format.txt")"
      count 1 0
    else
      tail -n 40 "$folder/$format.txt"
      broken "kg_fuzz_$format found a file that breaks a parser; it lies in $folder/ as found-…"
    fi
  done
}

# The tests of the page: tests/**/*.test.mjs by Node's own runner, against dist/. With a filter only if a test's text has it.
test_javascript() {
  local filter=$1 files=() options=() report=$KG_REPORTS/javascript.tap status=0 passed failed
  mapfile -d '' files < <(find tests -name '*.test.mjs' -print0 | sort -z)
  [ "${#files[@]}" -gt 0 ] || return 0
  if [ -n "$filter" ]; then
    mapfile -t files < <(grep -lF -- "$filter" "${files[@]}")
    [ "${#files[@]}" -gt 0 ] || return 0
    options+=("--test-name-pattern=$(sed 's/[][\\.*^$+?(){}|/]/\\&/g' <<<"$filter")")
  fi
  if ! (build_site); then
    broken "the page could not be built, so its tests did not run."
    return
  fi
  "$KG_NODE" --test --test-timeout=1200000 "${options[@]}" \
    --test-reporter=spec --test-reporter-destination=stdout --test-reporter=tap --test-reporter-destination="$report" \
    "${files[@]}" 9>&- || status=$?
  passed=$(sed -nE 's/^# pass ([0-9]+)$/\1/p' "$report" | tail -n 1)
  failed=$(awk '/^# (fail|cancelled) [0-9]+$/ { sum += $3 } END { print sum + 0 }' "$report")
  if [ -z "$passed" ]; then
    broken "node --test ended with status $status before its summary."
    return
  fi
  count "$passed" "$failed"
  if [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; then broken "node --test ended with status $status though no test failed."; fi
}
