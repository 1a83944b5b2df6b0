"""The live stream, against a local server that does everything a server may do."""
import datetime
import json
import re
import signal
import socket
import time
import urllib.error
import urllib.request

import pytest

import recordings
from conftest import Pipeline
from stream_server import StreamServer, event_id, frame, time_in

START = 1768564000  # seconds: the time of the first event
OVERLAP = 5000


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


class Live:
    """A `wikiguard-ingest` on a stream; stopped by SIGTERM at the end, which must be an exit 0."""

    def __init__(self, pipeline, url, **settings):
        self.port = free_port()
        defaults = {
            "RECONNECT_FIRST": "20ms", "RECONNECT_LONGEST": "100ms", "FLUSH_AGE": "50ms",
            "HTTP_LISTEN": f"127.0.0.1:{self.port}", "SOURCE_CONTACT": "tests@example.org"}
        pipeline.environment.update({f"WIKIGUARD_INGEST_{k}": v for k, v in {**defaults, **settings}.items()})
        self.process = pipeline.start("wikiguard-ingest", "--url", url, "--output", "json")

    def __enter__(self):
        return self

    def __exit__(self, failed, *_):
        if failed:
            self.process.kill()
            print(self.process.communicate()[1])
        elif self.process.returncode is None:
            self.stop()

    def stop(self):
        start = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        out, self.errors = self.process.communicate(timeout=20)
        assert self.process.returncode == 0, self.errors
        assert time.monotonic() - start < 2
        self.said = json.loads(out)
        return self.said

    def kill(self):
        self.process.kill()
        self.process.communicate()

    def get(self, path):
        return urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5)

    def metrics(self):
        return parse_metrics(self.get("/metrics").read().decode())

    def wait(self, condition, seconds=20):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            assert self.process.poll() is None, self.process.communicate()[1]
            try:
                if condition(self.metrics()):
                    return
            except OSError:
                pass
            time.sleep(0.05)
        pytest.fail(f"waited {seconds} s in vain: {self.metrics()}")


def parse_metrics(text):
    """Prometheus' text format, strictly: every sample belongs to a metric with HELP and TYPE."""
    values, types = {}, {}
    assert text.endswith("\n")
    for line in text.splitlines():
        if match := re.fullmatch(r"# HELP ([a-z_]+) \S.*", line):
            helped = match[1]
        elif match := re.fullmatch(r"# TYPE ([a-z_]+) (counter|gauge)", line):
            assert match[1] == helped and match[1] not in types
            types[match[1]] = match[2]
            assert match[2] != "counter" or match[1].endswith("_total")
        else:
            match = re.fullmatch(r'([a-z_]+)(?:\{([a-z_]+)="([a-z]+)"\})? (-?\d+)', line)
            assert match and match[1] in types, line
            key = match[1].removeprefix("wikiguard_ingest_") + (f":{match[3]}" if match[3] else "")
            assert key not in values
            values[key] = int(match[4])
    return values


def accepted(count):
    return lambda metrics: metrics["events_total:accepted"] >= count


def stream(count):
    """`count` events, several in each second and some out of order, as records of a topic: (time in ms, event)."""
    times = [START * 1000 + (number // 4) * 1000 - (1000 if number % 11 == 0 else 0) for number in range(count)]
    return [(stamp, recordings.line(number, stamp // 1000)) for number, stamp in enumerate(times)]


def after(records, last_event_id):
    """Where a consumer begins: the first record of at least the id's time, as Kafka finds it."""
    since = time_in(last_event_id) if last_event_id else None
    if since is None:
        return 0
    return next((place for place, (stamp, _) in enumerate(records) if stamp >= since), len(records))


def check_silver(pipeline, count):
    """Every event is in Silver, none twice."""
    pipeline.drain()
    ids = pipeline.rows("silver_events", ["meta_id"])["meta_id"].to_pylist()
    assert len(ids) == len(set(ids))
    assert set(ids) == {f"id-{number}" for number in range(count)}


@pytest.fixture
def pipeline(tmp_path):
    return Pipeline(tmp_path / "home")


def test_cuts_in_mid_event_lose_nothing(pipeline):
    records = stream(400)

    def script(number, request, connection):
        assert request.headers["user-agent"] == "wikiguard-ingest (tests@example.org)"
        assert request.headers["accept"] == "text/event-stream"
        assert number == 0 or request.last_event_id
        connection.start()
        connection.send(b":ok\n\n")
        if request.last_event_id:
            newest = max(time_in(event_id(stamp)) for stamp, _ in records[:sent[0]])
            assert time_in(request.last_event_id) <= newest - OVERLAP
        begin = after(records, request.last_event_id)
        data = b"".join(frame(event, stamp) for stamp, event in records[begin:])
        limit = 40_000 if begin + 60 < len(records) else len(data)
        connection.send(data[:limit][:7])  # a frame's head in a chunk of its own
        connection.send(data[7:limit])
        sent[0] = max(sent[0], begin + data[:limit].count(b"\n\n"))
        if limit >= len(data):
            connection.hold()

    sent = [0]
    with StreamServer(script) as server, Live(pipeline, server.url) as live:
        live.wait(accepted(400))
        said = live.stop()
        assert len(server.requests) > 5
        assert said["accepted"] == 400
        assert said["repeated"] > 0
        assert said["cut_frames"] > 0
        assert said["connections"] == len(server.requests)
    check_silver(pipeline, 400)


@pytest.mark.parametrize("how", ["stop", "kill"])
def test_a_restart_resumes_where_the_log_ends(pipeline, how):
    records = stream(300)

    def script(number, request, connection):
        connection.start()
        begin = after(records, request.last_event_id)
        end = 150 if number == 0 else 300
        connection.send(b"".join(frame(event, stamp) for stamp, event in records[begin:end]))
        connection.hold()

    with StreamServer(script) as server:
        with Live(pipeline, server.url) as live:
            live.wait(accepted(150))
            getattr(live, how)()
        with Live(pipeline, server.url) as live:
            live.wait(accepted(150))
        assert server.requests[0].last_event_id is None
        resumed = time_in(server.requests[1].last_event_id)
        newest = max(stamp for stamp, _ in records[:150])
        assert newest - 7000 <= resumed <= newest + 1 - OVERLAP
    check_silver(pipeline, 300)


def test_events_that_come_again_do_not_lead_back(pipeline):
    """A server that cuts before the overlap is behind us: every connection would begin further back, or at the same place for ever."""
    records = stream(200)

    def script(number, request, connection):
        connection.start()
        begin = after(records, request.last_event_id)
        connection.send(b"".join(frame(event, stamp) for stamp, event in records[begin:begin + 12]))
        if begin + 12 >= len(records):
            connection.hold()

    with StreamServer(script) as server, Live(pipeline, server.url) as live:
        live.wait(accepted(200), seconds=40)
    check_silver(pipeline, 200)


def test_what_is_no_event_is_counted_and_kept(pipeline):
    huge = json.dumps({"meta": {"id": "huge"}, "text": "a" * (5 << 20)}).encode()
    canary = json.dumps({"$schema": "/mediawiki/recentchange/1.0.0", "meta": {"domain": "canary", "id": "c"}}).encode()

    def script(number, request, connection):
        connection.start()
        connection.send(b"retry: 10\n:a comment\n\n")
        for data in [recordings.line(0), canary, b"no event", huge, recordings.line(0), b'{"half": ', recordings.line(1)]:
            connection.send(frame(data, START * 1000))
        connection.hold()

    with StreamServer(script) as server, Live(pipeline, server.url) as live:
        live.wait(accepted(2))
        metrics = live.metrics()
        assert metrics["events_total:canary"] == 1
        assert metrics["events_total:malformed"] == 2
        assert metrics["events_total:repeated"] == 1
        assert metrics["oversized_frames_total"] == 1
        assert metrics["connections_total"] == 1
        assert metrics["newest_event_timestamp_seconds"] == START
        assert live.get("/healthz").read() == b"ok\n"
        for path, status in [("/nothing", 404), ("/", 404)]:
            with pytest.raises(urllib.error.HTTPError) as caught:
                live.get(path)
            assert caught.value.code == status
    pipeline.job("bronze")
    refused = pipeline.rows("bronze_quarantine", ["original_record"])["original_record"].to_pylist()
    assert sorted(refused) == ["no event", '{"half": ']


def test_an_event_that_waits_is_flushed_by_its_age_even_when_the_time_is_fixed(pipeline):
    pipeline.environment["WIKIGUARD_NOW"] = "2026-01-16T12:00:00Z"

    def script(number, request, connection):
        connection.start()
        connection.send(frame(recordings.line(0), START * 1000))
        connection.hold()

    with StreamServer(script) as server, Live(pipeline, server.url, FLUSH_AGE="300ms") as live:
        live.wait(accepted(1), seconds=10)
        assert len(server.requests) == 1


def test_sigterm_keeps_what_has_come_whole(pipeline):
    def script(number, request, connection):
        connection.start()
        whole = frame(recordings.line(0), START * 1000) + frame(recordings.line(1), START * 1000)
        connection.send(whole + frame(recordings.line(2), START * 1000)[:-20])
        connection.hold()

    with StreamServer(script) as server, Live(pipeline, server.url, FLUSH_AGE="1h") as live:
        live.wait(lambda metrics: metrics["connections_total"] == 1)
        time.sleep(0.5)
        assert live.metrics()["events_total:accepted"] == 0
        said = live.stop()
        assert (said["accepted"], said["cut_frames"]) == (2, 1)
    check_silver(pipeline, 2)


def test_the_server_says_when_to_come_back(pipeline):
    """`retry:` of the stream, and Retry-After of a 429 and a 503."""
    def script(number, request, connection):
        if number == 0:
            connection.start()
            connection.send(b"retry: 1500\n\n" + frame(recordings.line(0), START * 1000))
            connection.end()
        elif number == 1:
            connection.refuse("429 Too Many Requests", "slow down", "Retry-After: 2\r\n")
        elif number == 2:
            connection.refuse("503 Service Unavailable", "<html>down</html>", content_type="text/html")
        elif number == 3:
            connection.start(content_type="text/html")
            connection.send(b"<html>log in to the network</html>")
            connection.end()
        else:
            connection.start()
            connection.send(frame(recordings.line(1), START * 1000 + 10))
            connection.hold()

    with StreamServer(script) as server, Live(pipeline, server.url) as live:
        live.wait(accepted(2))
        times = [request.time for request in server.requests]
        assert times[1] - times[0] >= 1.5
        assert times[2] - times[1] >= 2
        live.stop()
        for words in ["answers 429 (slow down)", "answers 503", "Content-Type text/html"]:
            assert words in live.errors


def test_a_silent_connection_is_given_up(pipeline):
    def script(number, request, connection):
        connection.start()
        connection.send(frame(recordings.line(number), START * 1000 + number))
        connection.hold()

    with StreamServer(script) as server, Live(pipeline, server.url, SOURCE_IDLE_TIMEOUT="1s") as live:
        live.wait(accepted(2))
        live.stop()
        assert len(server.requests) >= 2
        assert "warning" in live.errors


def test_an_id_that_the_server_does_not_take(pipeline):
    def script(number, request, connection):
        if number == 0:
            connection.start()
            connection.send(frame(recordings.line(0), START * 1000))
            connection.end()
        elif request.last_event_id and number < 3:
            connection.refuse("400 Bad Request", "no such topic")
        elif "since=" in request.path and number < 3:
            connection.refuse("400 Bad Request", "no such time")
        else:
            assert request.last_event_id is None and "since=" not in request.path
            connection.start()
            connection.send(frame(recordings.line(1), START * 1000 + 60_000))
            connection.hold()

    with StreamServer(script) as server, Live(pipeline, server.url) as live:
        live.wait(accepted(2))
        live.stop()
        since = datetime.datetime.fromisoformat(server.requests[2].path.split("since=")[1].replace("Z", "+00:00"))
        assert since.timestamp() == pytest.approx(START + 0.001 - OVERLAP / 1000)
        assert "read from the time in it" in live.errors
        assert "events may be missing" in live.errors


@pytest.mark.parametrize("status, words", [
    ("403 Forbidden", ["403", "User-Agent", "source.contact", "tests@example.org"]),
    ("404 Not Found", ["404", "source.url"]),
    ("400 Bad Request", ["400", "source.url"]),
])
def test_a_refusal_from_the_start_is_an_error_of_the_configuration(pipeline, status, words):
    with StreamServer(lambda number, request, connection: connection.refuse(status, "please say who you are")) as server:
        done = pipeline.ingest("--url", server.url, expect=78)
        errors = [line for line in done.stderr.splitlines() if not line.startswith("{")]
        assert len(errors) == 1
        for word in words:
            assert word in errors[0] or word == "tests@example.org"
        assert len(server.requests) == 1


def test_a_refusal_after_events_is_only_waited_for(pipeline):
    def script(number, request, connection):
        if number in (1, 2):
            connection.refuse("403 Forbidden", "too much")
        else:
            connection.start()
            connection.send(frame(recordings.line(number), START * 1000 + number))
            if number:
                connection.hold()

    with StreamServer(script) as server, Live(pipeline, server.url) as live:
        live.wait(accepted(2))


def test_a_server_that_is_not_there_yet(pipeline):
    port = free_port()
    with Live(pipeline, f"http://127.0.0.1:{port}/v2/stream/recentchange") as live:
        live.wait(lambda metrics: metrics["connections_total"] >= 3)
        said = live.stop()
        assert said["accepted"] == 0
        assert f"127.0.0.1:{port}" in live.errors


def test_two_live_ingests_on_one_log_give_each_event_once(pipeline):
    records = stream(100)

    def script(number, request, connection):
        connection.start()
        begin = after(records, request.last_event_id)
        connection.send(b"".join(frame(event, stamp) for stamp, event in records[begin:]))
        connection.hold()

    with StreamServer(script) as server, Live(pipeline, server.url) as first, Live(pipeline, server.url) as second:
        for live in (first, second):
            live.wait(accepted(1))  # whoever is later may resume where the other one is
        together = lambda _: sum(live.metrics()["events_total:accepted"] for live in (first, second)) >= 100
        first.wait(together)
    check_silver(pipeline, 100)
