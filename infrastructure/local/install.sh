#!/usr/bin/env bash
# Installs the Debian packages that a build needs, by name. Without root it prints the line to run and stops.
set -euo pipefail
cd "$(dirname "$0")"
extra=("$@")
mapfile -t wanted < packages.txt
missing=()
for package in "${wanted[@]}" "${extra[@]}"; do
  status=$(dpkg-query -W -f='${Status}' "$package" 2>/dev/null || true)
  [ "$status" = "install ok installed" ] || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
  line="apt-get update && apt-get install -y --no-install-recommends ${missing[*]}"
  if [ "$(id -u)" != 0 ]; then
    printf 'Missing packages. Run this line and then the same make target again:\n  sudo sh -c "%s"\n' "$line" >&2
    exit 1
  fi
  echo "installing: ${missing[*]}"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
else
  echo "packages: all ${#wanted[@]} are there"
fi
version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p' | head -n 1)
case "$version" in
  6.[3-9] | 6.[1-9][0-9] | [7-9].*) echo "swift: $version" ;;
  *)
    echo "Swift 6.3 or newer is needed (found: ${version:-none}). Install it from https://www.swift.org/install/linux/ and run this again." >&2
    exit 1
    ;;
esac
