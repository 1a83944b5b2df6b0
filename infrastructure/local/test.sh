#!/usr/bin/env bash
# Runs all tests (or only "unit" or "end-to-end") on the release build and ends with one line of totals.
set -uo pipefail
cd "$(dirname "$0")/../.."
what=${1:-all}
log=$(mktemp -d)
trap 'rm -rf "$log"' EXIT
passed=0 failed=0 skipped=0

echo "== install what tests need"
java=()
command -v java >/dev/null || java=(openjdk-17-jre-headless)
infrastructure/local/install.sh python3 python3-venv sqlite3 "${java[@]}" || exit 1

echo "== the engines that read our tables back (.venv)"
WIKIGUARD_PYTHON=$(infrastructure/local/python.sh | tail -n 1) || { echo "tests: .venv could not be made"; exit 1; }
export WIKIGUARD_PYTHON

if [ "$what" != end-to-end ]; then
  echo "== unit tests (Swift Testing)"
  swift test -c release --explicit-target-dependency-import-check error --skip-build > "$log/unit" 2>&1
  status=$?
  grep -E '^skipped:|✘|error:|recorded an issue' "$log/unit"
  summary=$(grep -E 'Test run with [0-9]+ test' "$log/unit" | tail -n 1)
  echo "${summary:-the unit tests ended without a summary (exit $status)}"
  count=$(sed -n 's/.*Test run with \([0-9]*\) test.*/\1/p' <<<"$summary")
  bad=$(grep -cE '^✘ Test .* failed after' "$log/unit")
  if [ $status -ne 0 ] && [ "$bad" -eq 0 ]; then bad=1; fi
  failed=$((failed + bad))
  passed=$((passed + ${count:-0} - bad))
  if [ $status -ne 0 ]; then tail -n 40 "$log/unit"; fi
fi

if [ "$what" != unit ]; then
  echo "== end to end (pytest): the built programs, and the tables they wrote read by others"
  "$WIKIGUARD_PYTHON" -m pytest -q -rs --durations=10 Tests/EndToEnd 2>&1 | tee "$log/e2e"
  status=${PIPESTATUS[0]}
  number() { grep -oE "[0-9]+ $1" "$log/e2e" | tail -n 1 | cut -d' ' -f1; }
  p=$(number passed) f=$(number failed) e=$(number 'errors?') s=$(number skipped)
  bad=$((${f:-0} + ${e:-0}))
  if [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; then bad=1; fi
  passed=$((passed + ${p:-0})) failed=$((failed + bad)) skipped=$((skipped + ${s:-0}))
fi

if [ "$what" = all ]; then
  export FUZZ_SECONDS=${FUZZ_SECONDS:-$([ -n "${WIKIGUARD_SOAK:-}" ] && echo 300 || echo 8)} FUZZ_SEED=${FUZZ_SEED:-1}
  echo "== fuzz (libFuzzer): $FUZZ_SECONDS s a target, from the stored corpus"
  infrastructure/local/fuzz.sh 2>&1 | tee "$log/fuzz"
  status=${PIPESTATUS[0]}
  bad=$(grep -c ': ended with ' "$log/fuzz")
  if [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; then bad=1; fi
  passed=$((passed + $(grep -c ' runs in ' "$log/fuzz"))) failed=$((failed + bad))
fi

if [ $failed -eq 0 ]; then echo "== tests: all is well"; else echo "== tests: something is broken"; fi
echo "$passed passed, $failed failed, $skipped skipped"
[ $failed -eq 0 ]
