#!/usr/bin/env bash
# Shows the build's last line, or all of it but progress when it failed.
set -uo pipefail
log=$(mktemp)
trap 'rm -f "$log"' EXIT
cat > "$log"
if grep -q '^Build complete!' "$log"; then
  grep '^Build complete!' "$log"
else
  grep -vE '^\[[0-9]+/[0-9]+\]' "$log"
  echo "build: failed"
  exit 1
fi
