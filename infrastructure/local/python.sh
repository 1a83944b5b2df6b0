#!/usr/bin/env bash
# Makes .venv with the engines that read our tables back (PyIceberg, DuckDB, chDB, Polars, Spark) unless it is there.
# Prints the interpreter's path as its last line.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
venv="$root/.venv"
requirements="$root/Tests/EndToEnd/requirements.txt"
stamp="$venv/.installed-$(sha256sum "$requirements" | cut -c1-16)"
if [ ! -e "$stamp" ]; then
  python3 -m venv "$venv" >&2
  "$venv/bin/python" -m pip install -q --disable-pip-version-check -r "$requirements" >&2
  touch "$stamp"
fi
echo "$venv/bin/python"
