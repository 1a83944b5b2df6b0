#!/usr/bin/env bash
# Builds the documentation of the three libraries into .build/docs with the toolchain's own tools. A broken link is an error.
set -euo pipefail
cd "$(dirname "$0")/../.."
libraries=(Parquet Avro Iceberg)

echo "== symbols"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
swift package ${SWIFT_FLAGS:-} dump-symbol-graph --minimum-access-level public --skip-synthesized-members >"$log" 2>&1 \
  || { grep -vE '^\[[0-9]+/[0-9]+\]' "$log"; exit 1; }
symbols=$(sed -n 's/^Files written to //p' "$log" | tail -n 1)

for library in "${libraries[@]}"; do
  echo "== $library"
  graphs=.build/docs/symbols/$library
  rm -rf "$graphs" && mkdir -p "$graphs"
  cp "$symbols/$library.symbols.json" "$graphs"
  docc convert "Sources/$library/$library.docc" --additional-symbol-graph-dir "$graphs" --output-dir ".build/docs/$library" \
    --fallback-display-name "$library" --fallback-bundle-identifier "wikiguard.$library" --warnings-as-errors
done
echo "docs: $PWD/.build/docs/{$(IFS=,; echo "${libraries[*]}")}, to look at with: docc preview, or any web server"
