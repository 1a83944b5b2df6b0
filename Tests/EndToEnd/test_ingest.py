"""wikiguard-ingest on finite sources: every form of a recording, everything that can be wrong with one, and what surrounds it."""
import gzip
import json
import os
import pty
import signal
import socket
import subprocess
import time
from pathlib import Path

import pytest

import recordings
from conftest import NOW, PROGRAMS, Pipeline, recorded


def summary(done):
    return json.loads(done.stdout)


def take(pipeline, path, *arguments, **options):
    return summary(pipeline.ingest("--replay", path, "--output", "json", *arguments, **options))


def one_line(done, *words):
    """The error is one line (log lines are JSON objects), and it has these words."""
    errors = [text for text in done.stderr.splitlines() if not text.startswith("{")]
    assert len(errors) == 1, done.stderr
    for word in words:
        assert word in errors[0]


def count(pipeline, table):
    return pipeline.rows(table, ["event_date"]).num_rows if pipeline.metadata(table) else 0


def ledger(pipeline, layer):
    rows = pipeline.rows("quality_metrics").to_pylist()
    return {name: sum(row[name] for row in rows if row["layer"] == layer)
            for name in ("total_count", "passed_count", "failed_count", "duplicate_count")}


# Forms


def test_every_form_gives_the_same_events(pipeline, tmp_path):
    events = [recordings.line(number) for number in range(50)]
    for index, (name, form) in enumerate(recordings.FORMS.items()):
        path = tmp_path / f"recording-{index}"
        path.write_bytes(form(events))
        said = take(pipeline, path)
        assert (said["accepted"], said["malformed"]) == (50, 0), name
    assert take(pipeline, "-", input=recordings.frames(events))["accepted"] == 50
    pipeline.drain()
    copies = len(recordings.FORMS) + 1
    assert count(pipeline, "bronze_events") == 50 * copies
    assert sorted(pipeline.rows("silver_events", ["meta_id"])["meta_id"].to_pylist()) == sorted(f"id-{n}" for n in range(50))
    assert ledger(pipeline, "silver")["duplicate_count"] == 50 * (copies - 1)


def test_events_are_stamped_and_otherwise_kept_byte_for_byte(pipeline, tmp_path):
    source = recordings.line(1, comment='ünïcode "quoted" \\ and \U0001f600')
    path = tmp_path / "one.jsonl"
    path.write_bytes(source + b"\n")
    take(pipeline, path)
    pipeline.job("bronze")
    row = pipeline.rows("bronze_events").to_pylist()[0]
    assert row["event_id"] == "id-1"
    assert row["event_data"].encode().startswith(source[:-1])
    assert json.loads(row["event_data"])["_metadata"] == {
        "ingestion_timestamp": "2026-01-16T12:00:00.000000Z", "source": "replay", "version": "0.1.0",
        "canonical_entity": "enwiki:Page 1"}


# What is wrong with a recording as a whole


@pytest.mark.parametrize("name, data, accepted, words", [
    ("empty", b"", 0, "is empty"),
    ("cut.gz", gzip.compress(recordings.lines([recordings.line(n) for n in range(2000)]))[:-2000], None, "ends early"),
    ("damaged.gz", gzip.compress(recordings.lines([recordings.line(0)]))[:20] + b"\xff" * 40, 0, "damaged.gz"),
    ("cut.zst", recordings.zstd(recordings.lines([recordings.line(n) for n in range(20)]))[:-5], None, "ends early"),
    ("cut.json", recordings.array([recordings.line(n) for n in range(3)])[:-100], 2, "the array ends early"),
    ("more.json", recordings.array([recordings.line(0)]) + b"and more", 1, "behind the end of the array"),
    ("huge.jsonl", b"a" * (70 << 20), 0, "a line of more than 67108864 bytes"),
])
def test_a_damaged_recording_is_taken_up_to_the_damage(pipeline, tmp_path, name, data, accepted, words):
    path = tmp_path / name
    path.write_bytes(data)
    done = pipeline.ingest("--replay", path, "--output", "json", expect=65)
    one_line(done, str(path), words)
    if accepted is not None:
        assert (summary(done)["accepted"] if done.stdout else 0) == accepted
        return
    # Every event before the cut is there: as many as a tolerant reader finds.
    readable = subprocess.run(["zcat", path], capture_output=True).stdout if name.endswith(".gz") else None
    if readable:
        assert summary(done)["accepted"] == readable.count(b"\n") > 1000


@pytest.mark.parametrize("path, words", [("/nowhere/at/all.jsonl", "No such file"), ("/tmp", "is a folder")])
def test_what_is_no_recording(pipeline, path, words):
    one_line(pipeline.ingest("--replay", path, expect=65), path, words)


# What is wrong with single events


def test_nothing_is_lost_whatever_the_events_are(pipeline, tmp_path):
    good = [recordings.line(number) for number in range(40)]
    again = good[:5]
    canary = [json.dumps({"$schema": "/mediawiki/recentchange/1.0.0", "meta": {"domain": "canary", "id": "c-1"}}).encode()]
    broken = [data for data, _, _ in recordings.BROKEN.values()]
    everything = good[:20] + broken + again + canary + good[20:]
    path = tmp_path / "everything.jsonl"
    path.write_bytes(recordings.lines(everything))
    said = take(pipeline, path)
    assert said["canary"] == 1
    assert said["accepted"] + said["malformed"] == len(everything) - 1
    pipeline.drain()
    # Bronze: every line is a row or a quarantined one, byte for byte.
    quarantined = pipeline.rows("bronze_quarantine").to_pylist()
    assert count(pipeline, "bronze_events") + len(quarantined) == len(everything) - 1
    originals = {row["original_bytes"] or row["original_record"].encode() for row in quarantined}
    for name, (data, layer, _) in recordings.BROKEN.items():
        if layer == "bronze" and name != "no meta":
            assert data in originals, name
    # Silver: every row of Bronze is a row, a quarantined one or a duplicate.
    refused = pipeline.rows("silver_quarantine").to_pylist()
    counts = ledger(pipeline, "silver")
    assert counts["duplicate_count"] == len(again)
    assert count(pipeline, "silver_events") == len(good)
    assert len(good) + len(refused) + len(again) == count(pipeline, "bronze_events")
    # And each says why.
    for name, (data, layer, reason) in recordings.BROKEN.items():
        if layer == "bronze":
            rows = [row for row in quarantined if (row["original_bytes"] or row["original_record"].encode())[:150] == data[:150]]
        else:
            rows = [row for row in refused if row["meta_id"] == json.loads(data)["meta"]["id"]]
        assert len(rows) >= 1, name
        assert any(reason in text for row in rows for text in row["failed_checks"]), (name, rows[0]["failed_checks"])
    assert pipeline.drain().returncode == 0  # and nothing is left to do


@pytest.mark.parametrize("name", [
    "recentchange-2021-08-27-1949.sse.gz", "recentchange-2024-08-22-2387-raw.jsonl.gz", "recentchange-2026-01-28-217-raw.jsonl"])
def test_recorded_events_all_end_up_somewhere(tmp_path, name):
    pipeline = Pipeline(tmp_path / "home")
    path = recorded(name)
    data = gzip.decompress(path.read_bytes()) if name.endswith(".gz") else path.read_bytes()
    if ".sse" in name:
        # Whole frames only: the recording ends in the middle of one.
        lines = [part for part in data.split(b"\n\n")[:-1] if b"data:" in part]
    else:
        lines = [part for part in data.split(b"\n") if part.strip()]
    said = take(pipeline, path)
    assert said["accepted"] + said["malformed"] + said["canary"] == len(lines)
    pipeline.drain()
    bronze, refused = count(pipeline, "bronze_events"), count(pipeline, "bronze_quarantine")
    assert bronze + refused == len(lines) - said["canary"]
    silver = ledger(pipeline, "silver")
    assert count(pipeline, "silver_events") + count(pipeline, "silver_quarantine") + silver["duplicate_count"] == bronze


# Retiming and pace


def test_a_second_replay_of_a_retimed_recording_is_all_duplicates(tmp_path):
    pipeline = Pipeline(tmp_path / "home")
    data = recordings.lines([recordings.line(n, 1500000000 + n) for n in range(100)])
    first = pipeline.ingest("--replay", "-", "--retime", input=data)
    assert "so that it ends now" in first.stderr
    pipeline.drain()
    assert count(pipeline, "silver_events") == 100
    newest = max(pipeline.rows("silver_events", ["event_timestamp"])["event_timestamp"].to_pylist())
    assert abs(newest - time.time()) < 120
    # The same events as a compressed file are the same recording.
    path = tmp_path / "again.jsonl.gz"
    path.write_bytes(gzip.compress(data))
    assert "replayed before" in pipeline.ingest("--replay", path, "--retime").stderr
    pipeline.drain()
    assert count(pipeline, "silver_events") == 100
    assert ledger(pipeline, "silver")["duplicate_count"] == 100


def test_a_pipe_by_name_can_be_retimed(pipeline, tmp_path):
    path = tmp_path / "fifo"
    os.mkfifo(path)
    process = pipeline.start("wikiguard-ingest", "--replay", path, "--retime", "--output", "json")
    path.write_bytes(recordings.lines([recordings.line(n) for n in range(10)]))
    out, err = process.communicate(timeout=30)
    assert process.returncode == 0, err
    assert json.loads(out)["accepted"] == 10
    assert not list(Path(pipeline.home).glob("recording-*"))


def test_speed(pipeline, tmp_path):
    path = tmp_path / "slow.jsonl"
    path.write_bytes(recordings.lines([recordings.line(n, 1768564000 + n) for n in range(11)]))
    start = time.monotonic()
    assert take(pipeline, path, "--speed", "5")["accepted"] == 11
    assert 2.0 <= time.monotonic() - start < 6


def test_progress_is_for_terminals(pipeline, tmp_path):
    def run(stderr):
        return subprocess.run(
            [PROGRAMS / "wikiguard-ingest", "--generate", "6000", "--seed", "1", "--ending", NOW],
            env={**pipeline.variables(), "TERM": "xterm"}, stdout=subprocess.DEVNULL, stderr=stderr, timeout=60)
    reader, writer = pty.openpty()
    try:
        assert run(writer).returncode == 0
        assert b"generate" in os.read(reader, 65536)
    finally:
        os.close(reader)
        os.close(writer)
    assert run(subprocess.PIPE).stderr == b""


# Sources and surroundings


def test_the_same_arguments_generate_the_same_events(tmp_path):
    logs = []
    for index in range(2):
        pipeline = Pipeline(tmp_path / f"home-{index}", WIKIGUARD_NOW=NOW)
        pipeline.generate(3000, seed=11)
        pipeline.job("bronze")
        logs.append(pipeline.rows("bronze_events", ["event_id", "event_data"]).to_pylist())
    assert logs[0] == logs[1]


def test_an_allowlist_filters_and_counts(pipeline, tmp_path):
    allowlist = tmp_path / "list.yaml"
    allowlist.write_text("track: allowlist\nentities:\n  - title: Page 3\n    wiki: enwiki\n")
    path = tmp_path / "events.jsonl"
    path.write_bytes(recordings.lines([recordings.line(n) for n in range(70)]))
    said = take(pipeline, path, "--allowlist", allowlist)
    assert (said["accepted"], said["filtered"]) == (10, 60)
    pipeline.job("bronze")
    entities = {json.loads(text)["_metadata"]["canonical_entity"]
                for text in pipeline.rows("bronze_events", ["event_data"])["event_data"].to_pylist()}
    assert entities == {"Page 3"}


def test_a_raw_copy_is_kept_when_asked_for(pipeline, tmp_path):
    path = tmp_path / "events.jsonl"
    path.write_bytes(recordings.lines([recordings.line(0), b"no event", recordings.line(1)]))
    pipeline.environment["WIKIGUARD_INGEST_TOPICS_RAW"] = "raw_events"
    take(pipeline, path)
    assert (pipeline.home / "events" / "raw_events").is_dir()


def test_a_busy_port_is_no_matter_for_finite_sources_and_an_error_for_the_live_one(pipeline):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        pipeline.environment["WIKIGUARD_INGEST_HTTP_LISTEN"] = f"127.0.0.1:{port}"
        one_line(pipeline.ingest("--url", "http://127.0.0.1:1/", expect=78), "http.listen", f"127.0.0.1:{port}")
        assert not pipeline.home.exists()
        assert pipeline.generate(100).returncode == 0


def test_several_ingests_on_one_log_while_bronze_reads(pipeline):
    processes = [
        pipeline.start(
            "wikiguard-ingest", "--generate", "4000", "--seed", str(seed), "--ending", NOW, "--output", "json")
        for seed in range(3)]
    while any(process.poll() is None for process in processes):
        pipeline.job("bronze", "--drain", expect=[0, 78])
    taken = 0
    for process in processes:
        out, err = process.communicate(timeout=60)
        assert process.returncode == 0, err
        taken += json.loads(out)["accepted"] + json.loads(out)["malformed"]
    assert taken > 11_900
    pipeline.job("bronze", "--drain")
    assert count(pipeline, "bronze_events") + count(pipeline, "bronze_quarantine") == taken
    places = pipeline.rows("bronze_events", ["kafka_topic", "kafka_partition", "kafka_offset"]).to_pylist()
    assert len({tuple(place.values()) for place in places}) == len(places)


def test_sigterm_ends_a_replay_that_waits_for_its_pipe(pipeline):
    process = pipeline.start("wikiguard-ingest", "--replay", "-", "--output", "json", stdin=subprocess.PIPE)
    time.sleep(0.5)
    start = time.monotonic()
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=10) == 0 and time.monotonic() - start < 3
    assert "asked to stop" in process.communicate()[1]


def test_sigterm_keeps_what_was_said_to_be_taken(pipeline):
    process = pipeline.start(
        "wikiguard-ingest", "--generate", "3000000", "--seed", "1", "--ending", NOW, "--output", "json")
    segments = pipeline.home / "events" / "cleaned_events"
    while process.poll() is None and not list(segments.glob("*/*.sqlite")):
        time.sleep(0.05)
    time.sleep(0.2)
    process.send_signal(signal.SIGTERM)
    out, _ = process.communicate(timeout=20)
    assert process.returncode == 0
    said = json.loads(out)
    pipeline.job("bronze", "--drain", timeout=300)
    assert said["accepted"] + said["malformed"] > 0
    assert count(pipeline, "bronze_events") + count(pipeline, "bronze_quarantine") == said["accepted"] + said["malformed"]


def test_sigkill_leaves_a_log_that_goes_on(pipeline, tmp_path):
    """Killed at any moment and run again: every event is in Silver, none twice."""
    path = tmp_path / "events.jsonl"
    path.write_bytes(recordings.lines([recordings.line(n) for n in range(20_000)]))
    for delay in (0.05, 0.2, 0.3, 0.5, 0.8):
        process = pipeline.start("wikiguard-ingest", "--replay", path)
        time.sleep(delay)
        process.kill()
        process.communicate()
    assert take(pipeline, path)["accepted"] == 20_000
    pipeline.drain()
    ids = pipeline.rows("silver_events", ["meta_id"])["meta_id"].to_pylist()
    assert len(ids) == len(set(ids)) == 20_000


# A disk that is full or cannot be written


@pytest.fixture
def small_disk(tmp_path):
    """A tmpfs of 3 MiB; the test is skipped, saying so, where none can be mounted."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", folder], capture_output=True) if os.geteuid() == 0 else None
    if mounted is None or mounted.returncode != 0:
        pytest.skip("no small disk: mounting a tmpfs takes root")
    yield folder
    subprocess.run(["umount", "-l", folder])


def test_a_full_disk_loses_nothing_that_was_said_to_be_taken(small_disk):
    pipeline = Pipeline(small_disk / "home", WIKIGUARD_NOW=NOW)
    done = pipeline.ingest("--generate", 200_000, "--seed", 1, "--ending", NOW, "--output", "json", expect=69)
    one_line(done, "full")
    said = summary(done)
    assert said["accepted"] > 0
    subprocess.run(["mount", "-o", "remount,size=200m", small_disk], check=True)
    again = summary(pipeline.ingest("--generate", 1000, "--seed", 2, "--ending", NOW, "--output", "json"))
    pipeline.job("bronze", "--drain")
    taken = sum(part["accepted"] + part["malformed"] for part in (said, again))
    rows = count(pipeline, "bronze_events") + count(pipeline, "bronze_quarantine")
    assert rows == taken


def test_a_log_that_cannot_be_written(small_disk):
    pipeline = Pipeline(small_disk / "home", WIKIGUARD_NOW=NOW)
    pipeline.generate(100)
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    one_line(pipeline.ingest("--generate", 100, "--seed", 2, "--ending", NOW, expect=69), str(small_disk))


# The command line


@pytest.mark.parametrize("arguments, words", [
    (["--replay", "a", "--generate", "3"], "generate"),
    (["--retime"], "replay"),
    (["--generate", "many"], "generate"),
    (["--generate", "3", "--ending", "soon"], "ending"),
    (["--replay", "-", "--speed", "0"], "speed"),
    (["--url", "ftp://example.org/"], "ftp://example.org/"),
    (["--nonsense"], "nonsense"),
])
def test_usage_errors_are_one_line(pipeline, arguments, words):
    pipeline.environment["WIKIGUARD_INGEST_HTTP_LISTEN"] = ""
    one_line(pipeline.ingest(*arguments, expect=64), words)
