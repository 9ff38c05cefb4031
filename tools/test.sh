# shellcheck shell=bash
# ./dev test. Each stage prints what it does and adds to the two sums; a failing stage does not stop the others.

KG_PASSED=0
KG_FAILED=0

# run_tests FILTER
run_tests() {
  local filter=$1 preset
  for preset in native native-asan "${KG_WEB_PRESETS[@]}"; do
    stage "C++, $preset"
    test_cpp "$preset" "$filter"
  done
  if [[ benchmark == *"$filter"* ]]; then
    stage "the benchmark builds"
    counted build native kg_bench
    counted build web-relaxed kg_bench_engine
  fi
  test_fuzz "$filter"
  if [[ check_layers == *"$filter"* ]]; then
    stage "includes"
    counted python3 tools/check_layers.py --self-test
    counted python3 tools/check_layers.py
  fi
  test_javascript "$filter"
  say ""
  [ "$((KG_PASSED + KG_FAILED))" -gt 0 ] || say "No test has '$filter' in its name."
  say "$KG_PASSED passed, $KG_FAILED failed"
  [ "$KG_FAILED" -eq 0 ] && [ "$KG_PASSED" -gt 0 ]
}

stage() { printf '\n== %s\n' "$1"; }

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

# test_cpp PRESET FILTER: builds the doctest program and runs it, the views' tests beside all others, which is half of the time on two cores.
# Its own last lines are believed only if its exit code agrees, and the two halves only if together they are the whole.
test_cpp() {
  local preset=$1 filter=$2 program=() options=() folder=build/$1 whole before=$((KG_PASSED + KG_FAILED)) others
  build "$preset" kg_tests || { broken "kg_tests could not be built for $preset."; return; }
  case $preset in
    native*) program=("build/$preset/kg_tests") ;;
    *) program=("$KG_NODE" "${KG_NODE_FLAGS[@]}" "build/$preset/kg_tests.cjs") ;;
  esac
  [ -t 1 ] || options+=(--no-colors)
  [ -z "$filter" ] || options+=("--test-case=*$filter*")
  "${program[@]}" "${options[@]}" --test-case-exclude='view/*' >"$folder/kg_tests_others.txt" 2>&1 &
  others=$!
  local status=0
  "${program[@]}" "${options[@]}" --test-case-exclude='data/*,engine/*,lesson/*' 2>&1 | tee "$folder/kg_tests_view.txt" || status=${PIPESTATUS[0]}
  count_cpp "$preset" "$folder/kg_tests_view.txt" "$status"
  status=0
  wait "$others" || status=$?
  cat "$folder/kg_tests_others.txt"
  count_cpp "$preset" "$folder/kg_tests_others.txt" "$status"
  whole=$("${program[@]}" "${options[@]}" --no-colors --count 2>&1 | sed -nE 's/^\[doctest\] unskipped test cases.*: ([0-9]+)$/\1/p')
  [ "$((KG_PASSED + KG_FAILED - before))" -ge "${whole:-1}" ] || broken "only $((KG_PASSED + KG_FAILED - before)) of $whole tests of kg_tests ($preset) ran."
}

# count_cpp PRESET LOG STATUS: what a run of the doctest program says at its end.
count_cpp() {
  local preset=$1 log=$2 status=$3 passed failed
  read -r passed failed < <(sed -E 's/\x1b\[[0-9;]*m//g' "$log" |
    sed -nE 's/^\[doctest\] test cases: .*\| +([0-9]+) passed \| +([0-9]+) failed.*/\1 \2/p' | tail -n 1) || true
  if [ -z "${passed:-}" ]; then
    broken "kg_tests ($preset) ended with status $status before its summary."
    return
  fi
  count "$passed" "$failed"
  if [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; then broken "kg_tests ($preset) ended with status $status after its summary."; fi
}

# The parsers under libFuzzer, for so many files or seconds. What it has learned stays in build/, and there it goes on next time.
test_fuzz() {
  local filter=$1 format folder=build/native-fuzz/corpus log
  for format in safetensors idx; do
    [[ fuzz_$format == *"$filter"* ]] || continue
    stage "fuzzing, $format"
    if ! can_fuzz; then
      say "  left out: there is no clang 19 with libFuzzer here"
      continue
    fi
    build native-fuzz "kg_fuzz_$format" || { broken "kg_fuzz_$format could not be built."; continue; }
    mkdir -p "$folder/$format"
    log=$folder/$format.txt
    if "build/native-fuzz/kg_fuzz_$format" -runs=200000 -max_total_time=20 -max_len=4096 -timeout=10 -rss_limit_mb=1024 \
      -malloc_limit_mb=64 -dict=tests/fuzz/safetensors.dict -artifact_prefix="$folder/found-" "$folder/$format" >"$log" 2>&1; then
      tail -n 1 "$log"
      count 1 0
    else
      tail -n 40 "$log"
      broken "kg_fuzz_$format found a file that breaks a parser; it lies in $folder/ as found-…"
    fi
  done
}

# The tests of the page: tests/**/*.test.mjs by Node's own runner, against dist/. With a filter only if a test's text has it.
test_javascript() {
  local filter=$1 files=() options=() report=build/javascript.tap status=0 passed failed
  mapfile -d '' files < <(find tests -name '*.test.mjs' -print0 | sort -z)
  [ "${#files[@]}" -gt 0 ] || return 0
  if [ -n "$filter" ]; then
    grep -qF -- "$filter" "${files[@]}" || return 0
    options+=("--test-name-pattern=$(sed 's/[][\\.*^$+?(){}|/]/\\&/g' <<<"$filter")")
  fi
  stage "the page"
  if ! (build_site); then
    broken "the page could not be built, so its tests did not run."
    return
  fi
  "$KG_NODE" --test "${options[@]}" --test-reporter=spec --test-reporter-destination=stdout \
    --test-reporter=tap --test-reporter-destination="$report" "${files[@]}" 9>&- || status=$?
  passed=$(sed -nE 's/^# pass ([0-9]+)$/\1/p' "$report" | tail -n 1)
  failed=$(awk '/^# (fail|cancelled) [0-9]+$/ { sum += $3 } END { print sum + 0 }' "$report")
  if [ -z "$passed" ]; then
    broken "node --test ended with status $status before its summary."
    return
  fi
  count "$passed" "$failed"
  if [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; then broken "node --test ended with status $status though no test failed."; fi
}
