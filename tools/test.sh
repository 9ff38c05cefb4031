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

# test_cpp PRESET FILTER: builds the doctest program and runs it. Its own last lines are believed only if its exit code agrees.
test_cpp() {
  local preset=$1 filter=$2 program=() options=() log=build/$1/kg_tests.txt status=0 passed failed
  build "$preset" kg_tests || { broken "kg_tests could not be built for $preset."; return; }
  case $preset in
    native*) program=("build/$preset/kg_tests") ;;
    *) program=("$KG_NODE" "${KG_NODE_FLAGS[@]}" "build/$preset/kg_tests.cjs") ;;
  esac
  [ -t 1 ] || options+=(--no-colors)
  [ -z "$filter" ] || options+=("--test-case=*$filter*")
  "${program[@]}" "${options[@]}" 2>&1 | tee "$log" || status=${PIPESTATUS[0]}
  read -r passed failed < <(sed -E 's/\x1b\[[0-9;]*m//g' "$log" |
    sed -nE 's/^\[doctest\] test cases: .*\| +([0-9]+) passed \| +([0-9]+) failed.*/\1 \2/p' | tail -n 1) || true
  if [ -z "${passed:-}" ]; then
    broken "kg_tests ($preset) ended with status $status before its summary."
    return
  fi
  count "$passed" "$failed"
  if [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; then broken "kg_tests ($preset) ended with status $status after its summary."; fi
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
