#!/usr/bin/env bash
# Builds the fuzz targets with libFuzzer and runs each (or those named) for FUZZ_SECONDS, from the stored corpus. FUZZ_SEED makes a run
# begin like another; without it each is new.
# What ends a run is kept in .build/fuzz/found; put it into Tests/Fuzz/Corpus/TARGET as found-… and it is a test from then on.
set -uo pipefail
cd "$(dirname "$0")/../.."
seconds=${FUZZ_SECONDS:-60}
targets=("$@")
[ ${#targets[@]} -gt 0 ] || mapfile -t targets < <(ls Tests/Fuzz/Corpus)

echo "== build (release, libFuzzer)"
WIKIGUARD_FUZZ=1 swift build -c release --scratch-path .build/fuzz --sanitize fuzzer --product fuzz 2>&1 \
  | sed 's/^Build of product .fuzz. complete/Build complete/' | infrastructure/local/quiet-build.sh || exit 1

# libFuzzer reports a trap itself and keeps its input; Swift's own report would come first and end the process.
export SWIFT_BACKTRACE=enable=no
failed=()
for target in "${targets[@]}"; do
  mkdir -p ".build/fuzz/corpus/$target" .build/fuzz/found
  log=.build/fuzz/$target.log
  FUZZ_TARGET=$target .build/fuzz/release/fuzz -seed="${FUZZ_SEED:-0}" -max_total_time="$seconds" -max_len=65536 -timeout=5 -rss_limit_mb=1024 \
    -malloc_limit_mb=512 -artifact_prefix=".build/fuzz/found/$target-" ".build/fuzz/corpus/$target" \
    "Tests/Fuzz/Corpus/$target" > "$log" 2>&1
  status=$?
  if [ $status -eq 0 ]; then
    echo "$target: $(tail -n 1 "$log" | sed 's/^Done //')"
  else
    failed+=("$target")
    echo "$target: ended with $status"
    grep -E 'Fatal error|ERROR: libFuzzer|Test unit written' "$log" || tail -n 20 "$log"
  fi
done
[ ${#failed[@]} -eq 0 ] || { echo "fuzz: something was found in: ${failed[*]}"; exit 1; }
echo "fuzz: nothing found"
