#!/usr/bin/env bash
# Real events all the way from the stream (or a recording) to Gold tables, and what was found.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root"
bin="$root/.build/release"
export WIKIGUARD_HOME=${WIKIGUARD_HOME:-$root/demo-home}
stream=https://stream.wikimedia.org/v2/stream/recentchange
seconds=${DEMO_SECONDS:-60}
recorded="$root/../shared/data/recentchange-2024-08-22-2387-raw.jsonl.gz"

count() { "$bin/wikiguard-job" status --output json 2>/dev/null | sed -n "s/.*\"table\":\"$1\",\"rows\":\([0-9]*\).*/\1/p"; }

verdict() { # the last line, whatever happens
  if [ "$1" -eq 0 ]; then echo "== demo: done"; else echo "== demo: failed (exit $1); the line above says why" >&2; fi
}
trap 'verdict $?' EXIT

echo "== home: $WIKIGUARD_HOME"
"$bin/wikiguard-job" init >/dev/null
before=$(count silver_events)

echo "== events"
reachable() {
  command -v curl >/dev/null && curl -sf -m 8 -o /dev/null -r 0-0 -A "wikiguard-demo" "$stream?since=$(date -u +%Y-%m-%dT%H:%M:%SZ)" \
    || [ $? -eq 28 ] && [ -n "$(curl -sf -m 5 -A wikiguard-demo "$stream" 2>/dev/null | head -c 1)" ]
}
if [ -z "${DEMO_EVENTS:-}" ] && reachable; then
  echo "the live stream, for $seconds s: $stream"
  timeout -s TERM "$seconds" "$bin/wikiguard-ingest" || [ $? -eq 124 ]
elif [ -n "${DEMO_EVENTS:-}" ]; then
  echo "the recording $DEMO_EVENTS, its times shifted so that it ends now"
  "$bin/wikiguard-ingest" --replay "$DEMO_EVENTS" --retime
elif [ -r "$recorded" ]; then
  echo "the live stream cannot be reached: a recording of 2024, its times shifted so that it ends now"
  "$bin/wikiguard-ingest" --replay "$recorded" --retime
else
  echo "neither the live stream nor a recording can be reached: 20,000 events of the built-in generator"
  "$bin/wikiguard-ingest" --generate 20000 --seed 1
fi

echo "== bronze, silver, gold (the freshness check is waived: a replay is old by the time it is read)"
"$bin/wikiguard-job" run --drain --waive freshness

after=$(count silver_events)
echo "== found ($((after - ${before:-0})) new events in silver_events, $after in all)"
"$bin/wikiguard-job" report
