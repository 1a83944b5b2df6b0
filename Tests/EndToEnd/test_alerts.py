"""Alerts as operators get them: the built programs, and a server that stands for Slack, SNS and a monitor."""
import json
import os
import shutil
import sqlite3
import urllib.parse

import pytest

from alert_receiver import SECRET_KEY, TOPIC, WEBHOOK_SECRET, AlertReceiver
from conftest import Pipeline
from test_batch_checks import configuration


@pytest.fixture
def receiver():
    with AlertReceiver() as receiver:
        yield receiver


def at(time):
    return f"2026-01-16T{time}:00Z"


def day(tmp_path, receiver, **environment):
    """A home at noon with one good batch behind it."""
    pipeline = Pipeline(tmp_path / "home", WIKIGUARD_NOW=at("12:00"), **{**receiver.variables(), **environment})
    take(pipeline, "12:00", events=at("12:00"), seed=1)
    assert receiver.taken() == ([], [])
    return pipeline


def take(pipeline, now, events, seed, jobs=("run",), count=600):
    """New events that end at `events`, taken in at `now`."""
    pipeline.environment["WIKIGUARD_NOW"] = at(now)
    pipeline.ingest("--generate", count, "--seed", seed, "--ending", events)
    return [pipeline.job(job) for job in jobs]


def test_an_outage_is_one_message_and_its_end_another(tmp_path, receiver):
    pipeline = day(tmp_path, receiver)
    # Events of noon come two hours late: all of them go to quarantine.
    take(pipeline, "14:00", events=at("12:05"), seed=2)
    slack, sns = list(receiver.slack), list(receiver.sns)
    headline = "[CRITICAL] Silver batch silver-000002: 0 % of its rows passed"
    assert receiver.taken() == ([headline], [headline])
    for text in (slack[0], sns[0]["Message"]):
        assert "What failed: freshness fails in " in text and "silver-000002" in text
        assert "wikiguard-job quarantine list --batch silver-000002" in text and "2026-01-16T14:00:00Z" in text
    assert "freshness" in pipeline.job("quarantine", "list", "--batch", "silver-000002").stdout
    assert sns[0]["TopicArn"] == TOPIC and sns[0]["Action"] == "Publish"
    assert pipeline.rows("silver_quarantine").num_rows > 500
    # The next bad batch within the hour is silent, and one after it is not.
    take(pipeline, "14:30", events=at("12:10"), seed=3)
    assert receiver.taken() == ([], [])
    take(pipeline, "15:00", events=at("12:15"), seed=4)
    assert receiver.taken() == (
        ["[CRITICAL] Silver batch silver-000004: 0 % of its rows passed"],) * 2
    assert open_causes(pipeline) == ["quality/silver/freshness"]
    # So is the end.
    take(pipeline, "15:10", events=at("15:09"), seed=5)
    cleared = "[CLEARED] Silver batch silver-000004: 0 % of its rows passed"
    assert receiver.taken() == ([cleared], [cleared])
    take(pipeline, "15:20", events=at("15:19"), seed=6)
    assert receiver.taken() == ([], []) and open_causes(pipeline) == []


def open_causes(pipeline):
    return [cause["alert"]["cause"] for cause in overview(pipeline)["open"]]


def overview(pipeline):
    return json.loads(pipeline.job("alerts", "--output", "json").stdout)


def test_a_batch_check_is_told_and_a_suspended_batch_until_somebody_decides(tmp_path, receiver):
    pipeline = day(tmp_path, receiver)
    only_logged = configuration(tmp_path / "log", {"long": "metric: max, column: length_new, max: 0, mode: log"})
    pipeline.environment["WIKIGUARD_CONFIG"] = str(only_logged)
    take(pipeline, "12:10", events=at("12:09"), seed=2)
    assert receiver.taken() == ([], [])
    broken = configuration(tmp_path / "broken", {"long": "metric: max, column: length_new, max: 0"})
    pipeline.environment["WIKIGUARD_CONFIG"] = str(broken)
    take(pipeline, "12:11", events=at("12:10"), seed=3)
    text = receiver.slack[0]
    slack, sns = receiver.taken()
    assert (slack, sns) == (["[WARNING] Silver batch silver-000003: long failed"], [])
    assert "long: max(length_new) is " in text
    suspending = configuration(tmp_path / "suspending", {"enough": "metric: size, min: 100000, mode: suspend"})
    pipeline.environment["WIKIGUARD_CONFIG"] = str(suspending)
    pipeline.environment["WIKIGUARD_NOW"] = at("12:12")
    pipeline.ingest("--generate", 300, "--seed", 4, "--ending", at("12:11"))
    assert "silver-000004" in pipeline.job("run", expect=65).stderr
    headline = "[CRITICAL] Silver waits for a decision: batch silver-000004 is blocked"
    text = receiver.sns[0]["Message"]
    assert receiver.taken() == ([headline], [headline])
    assert "batches retry silver-000004" in text and "wikiguard-job batches show silver-000004" in text
    pipeline.job("silver", expect=65)
    assert receiver.taken() == ([], [])
    pipeline.job("batches", "retry", "silver-000004", "--waive", "enough")
    pipeline.job("silver")
    slack, sns = receiver.taken()
    assert sns == ["[CLEARED] Silver waits for a decision: batch silver-000004 is blocked"]
    assert len(slack) == 2 and open_causes(pipeline) == []


def test_a_channel_that_is_down_fails_nothing_and_gets_its_message_later(tmp_path, receiver):
    pipeline = day(tmp_path, receiver)
    receiver.down = {"/sns"}
    bad = take(pipeline, "14:00", events=at("12:05"), seed=2)
    assert "sns did not take" in bad[-1].stderr
    assert [len(messages) for messages in receiver.taken()] == [1, 0]
    waiting = overview(pipeline)["outbox"]
    assert [(item["channel"], item["message"]["kind"]) for item in waiting] == [("sns", "firing")]
    assert "SNS refuses: status 503" in pipeline.job("alerts").stdout
    # A whole service that is away is as harmless.
    receiver.down = set()
    pipeline.environment["WIKIGUARD_NOW"] = at("14:01")
    pipeline.environment["WIKIGUARD_ALERTS_CHANNELS_SNS_ENDPOINT"] = "http://127.0.0.1:9/sns"
    assert "sns did not take" in pipeline.job("bronze").stderr
    pipeline.environment.update(receiver.variables())
    pipeline.job("gold")
    assert receiver.taken()[1] == ["[CRITICAL] Silver batch silver-000002: 0 % of its rows passed"]
    assert overview(pipeline)["outbox"] == []


def test_a_kill_between_claim_and_delivery_loses_nothing(tmp_path):
    said = tmp_path / "said"
    with AlertReceiver() as receiver:
        pipeline = day(tmp_path, receiver)
    for name in receiver.variables():
        pipeline.environment.pop(name)
    pipeline.environment["WIKIGUARD_ALERTS_CHANNELS_COMMAND_FROM"] = "warning"
    pipeline.environment["WIKIGUARD_ALERTS_CHANNELS_COMMAND_ARGV"] = "/bin/sh,-c,kill -9 $PPID"
    pipeline.environment["WIKIGUARD_NOW"] = at("14:00")
    pipeline.ingest("--generate", 600, "--seed", 2, "--ending", at("12:05"))
    pipeline.job("bronze")
    pipeline.job("silver", expect=-9)
    pipeline.environment["WIKIGUARD_ALERTS_CHANNELS_COMMAND_ARGV"] = f"/bin/sh,-c,cat >> {said}"
    # The claim of the dead process holds for a minute; then any run delivers, once.
    pipeline.job("bronze")
    assert not said.exists()
    pipeline.environment["WIKIGUARD_NOW"] = at("14:02")
    for _ in range(3):
        pipeline.job("bronze")
    lines = [json.loads(line) for line in said.read_text().splitlines()]
    assert [(line["kind"], line["alert"]["batch"], line["version"]) for line in lines] == [("firing", "silver-000002", 1)]


def test_a_command_that_hangs_or_fails_delays_a_run_only_a_little(tmp_path, receiver):
    pipeline = day(
        tmp_path, receiver, WIKIGUARD_ALERTS_CHANNELS_COMMAND_FROM="warning",
        WIKIGUARD_ALERTS_CHANNELS_COMMAND_ARGV="/bin/sleep,60", WIKIGUARD_ALERTS_DELIVERY_MESSAGE="500 ms")
    bad = take(pipeline, "14:00", events=at("12:05"), seed=2)
    assert "takes longer than 500 ms" in bad[-1].stderr
    # It gets nothing of ours but its input: no descriptors, no secrets, no ignored signals.
    seen = tmp_path / "seen"
    pipeline.environment["WIKIGUARD_ALERTS_CHANNELS_COMMAND_ARGV"] = (
        f"/bin/sh,-c,(ls /proc/self/fd; env; grep SigIgn /proc/self/status) > {seen}; exit 1")
    pipeline.job("bronze")
    text = seen.read_text()
    assert text.split()[:4] == ["0", "1", "2", "3"], "3 is that of ls itself"
    assert "WIKIGUARD_HOME=" in text and "WIKIGUARD_SLACK" not in text
    assert int(text.split("SigIgn:")[1].split()[0], 16) & 0x7fffffff == 0
    pipeline.environment["WIKIGUARD_ALERTS_CHANNELS_COMMAND_ARGV"] = "/bin/sh,-c,echo no mail here >&2; exit 3"
    assert "exits 3: no mail here" in pipeline.job("bronze").stderr
    assert [len(messages) for messages in receiver.taken()] == [1, 1]


def test_damaged_memory_is_said_and_the_batch_goes_on(tmp_path, receiver):
    pipeline = day(tmp_path, receiver)
    for path in pipeline.home.glob("alerts.sqlite*"):
        path.write_bytes(b"this was a database once, and is none any more" * 100)
    done = take(pipeline, "14:00", events=at("12:05"), seed=2)[-1]
    assert "alerts go to the log only" in done.stderr and "it may be deleted" in done.stderr
    assert '"cause":"quality/silver/freshness"' in done.stderr
    assert "silver-000002" in done.stdout
    pipeline.job("alerts", expect=65)


@pytest.mark.parametrize("missing, named", [
    ("WIKIGUARD_SLACK_WEBHOOK_URL", "WIKIGUARD_SLACK_WEBHOOK_URL"), ("AWS_ACCESS_KEY_ID", "AWS_ACCESS_KEY_ID"),
    ("AWS_SECRET_ACCESS_KEY", "AWS_SECRET_ACCESS_KEY"),
])
def test_a_missing_secret_is_found_at_the_start(tmp_path, receiver, missing, named):
    pipeline = day(tmp_path, receiver)
    pipeline.environment[missing] = ""
    before = pipeline.metadata("bronze_events")
    pipeline.ingest("--generate", 100, "--seed", 9, "--ending", at("12:00"))
    for command in (["bronze"], ["run", "--drain"], ["alerts", "test"]):
        assert named in pipeline.job(*command, expect=78).stderr
    assert pipeline.metadata("bronze_events") == before


def test_channels_can_be_tried(tmp_path, receiver):
    pipeline = day(tmp_path, receiver)
    done = pipeline.job("alerts", "test")
    assert done.stdout.splitlines() == ["slack: delivered", "sns: delivered", "log: delivered"]
    assert [texts[0].startswith("[TEST] WikiGuard on ") for texts in receiver.taken()] == [True, True]
    receiver.down = {"/sns"}
    answer = json.loads(pipeline.job("alerts", "test", "--output", "json", expect=69).stdout)
    assert answer["version"] == 1 and [item["delivered"] for item in answer["channels"]] == [True, False, True]
    assert answer["channels"][1]["error"] == "SNS refuses: status 503"
    assert pipeline.job("alerts", "test", "--channel", "slack").stdout == "slack: delivered\n"
    assert "is off" in pipeline.job("alerts", "test", "--channel", "command", expect=78).stderr
    pipeline.job("alerts", "test", "--channel", "slak", expect=64)


def test_no_secret_is_ever_shown_or_kept(tmp_path, receiver):
    pipeline = day(tmp_path, receiver)
    receiver.down = {"/sns", f"/slack/{WEBHOOK_SECRET}"}
    done = take(pipeline, "14:00", events=at("12:05"), seed=2)
    done += [pipeline.job("run", "--drain", "--verbose"), pipeline.job("alerts"), pipeline.job("alerts", "test", expect=69)]
    pipeline.environment["WIKIGUARD_SLACK_WEBHOOK_URL"] = f"http://[{WEBHOOK_SECRET}"
    done.append(pipeline.job("alerts", "test", expect=69))
    for text in [part for result in done for part in (result.stdout, result.stderr)]:
        assert SECRET_KEY not in text and "never-shown" not in text
    for path in pipeline.home.rglob("*"):
        assert not path.is_file() or b"never-shown" not in path.read_bytes(), path


def test_anomalies_reach_the_channels_once_with_their_links(tmp_path, receiver):
    pipeline = Pipeline(
        tmp_path / "home", WIKIGUARD_NOW=at("12:00"), WIKIGUARD_ALERTS_ANOMALIES="on", **receiver.variables())
    pipeline.ingest("--generate", 6000, "--seed", 3, "--ending", at("12:00"))
    pipeline.job("run", "--drain")
    pages = [text for text in receiver.slack if "stands out" in text]
    gold = [row for row in pipeline.rows("gold_entity_metrics_10min").to_pylist() if row["severity"] in ("HIGH", "CRITICAL")]
    gold += [row for row in pipeline.rows("gold_user_metrics_10min").to_pylist() if row["severity"] in ("HIGH", "CRITICAL")]
    assert gold, "the generator has stopped making anomalies"
    # One message a page or user, however many windows of it stand out.
    assert len(pages) == len({(row.get("entity"), row.get("user_name")) for row in gold})
    silver = pipeline.rows("silver_events").to_pylist()
    for row in gold:
        assert any(row["anomaly_explanation"].replace("&", "&amp;") in text for text in pages)
    for row in [row for row in gold if "entity" in row]:
        edits = [edit for edit in silver if edit["canonical_entity"] == row["entity"] and edit["wiki"] == row["wiki"]]
        title = urllib.parse.quote(edits[0]["title"].replace(" ", "_"), safe=":/")
        history = f"{edits[0]['server_url']}/w/index.php?title={title}&amp;action=history"
        text = next(text for text in pages if history in text)
        assert any(f"diff={edit['revision_new']}|diff>" in text for edit in edits)
    assert len(receiver.sns) == sum(row["severity"] == "CRITICAL" for row in gold)
    # The watch list goes first.
    watched = {edit["canonical_entity"] for edit in silver if edit["is_allowlisted"]}
    order = [any(f": {entity} stands out" in text.splitlines()[0] for entity in watched) for text in pages]
    assert order == sorted(order, reverse=True)
    # More events of the same windows compute them again, which is no news.
    receiver.taken()
    pipeline.ingest("--generate", 50, "--seed", 4, "--ending", at("12:00"))
    pipeline.job("run", "--drain")
    again = [text for text in receiver.taken()[0]]
    assert not [text for text in again if any(row.get("entity") and row["entity"] in text for row in gold)]


def test_anomalies_beyond_the_budget_are_one_digest_and_by_default_only_logged(tmp_path, receiver):
    pipeline = Pipeline(
        tmp_path / "home", WIKIGUARD_NOW=at("12:00"), WIKIGUARD_ALERTS_ANOMALIES="on",
        WIKIGUARD_ALERTS_ANOMALIES_PER_HOUR="0", **receiver.variables())
    pipeline.ingest("--generate", 6000, "--seed", 3, "--ending", at("12:00"))
    pipeline.job("run", "--drain")
    assert len(receiver.slack) == 1 and "had no message of their own" in receiver.slack[0]
    receiver.taken()
    quiet = pipeline.beside(tmp_path / "quiet", WIKIGUARD_ALERTS_ANOMALIES="log")
    done = quiet.job("run", "--drain")
    assert receiver.taken() == ([], []) and "stands out" in done.stderr


def test_silence_delay_and_a_full_disk_are_told_and_clear(tmp_path, receiver):
    pipeline = day(tmp_path, receiver, WIKIGUARD_ALERTS_HEARTBEAT_URL=f"{receiver.url}/heartbeat")
    assert receiver.heartbeats == 3
    take(pipeline, "12:01", events=at("12:01"), seed=8, jobs=("bronze", "silver"))
    assert receiver.heartbeats == 5
    pipeline.environment["WIKIGUARD_NOW"] = at("12:16")
    pipeline.job("bronze", "--dry-run")
    assert receiver.taken() == ([], [])
    pipeline.job("bronze")
    assert receiver.taken() == (["[WARNING] No new event has come for 15 min"], [])
    # Silver has run, Gold has not; its target is ten minutes.
    pipeline.environment["WIKIGUARD_NOW"] = at("12:22")
    pipeline.job("bronze")
    assert receiver.taken() == (["[WARNING] Gold's oldest input waits for 21 min"], [])
    assert receiver.heartbeats == 5
    disk = os.statvfs(pipeline.home)
    pipeline.environment["WIKIGUARD_ALERTS_DISK_FREE"] = f"{min(1, 2 * disk.f_bavail / disk.f_blocks):.6f}"
    take(pipeline, "12:23", events=at("12:22"), seed=7)
    slack, sns = receiver.taken()
    assert sns == []
    assert sorted(text.split(" has ")[0] for text in slack) == [
        "[CLEARED] Gold's oldest input waits for 21 min", "[CLEARED] No new event", "[WARNING] The disk of the warehouse"]
    assert receiver.heartbeats == 8


def test_a_stopped_job_is_told_until_it_goes_on(tmp_path, receiver):
    pipeline = day(tmp_path, receiver)
    with sqlite3.connect(pipeline.home / "alerts.sqlite") as database:
        assert database.execute("select count(*) from causes").fetchone() == (0,)
    shutil.rmtree(pipeline.home / "events")
    pipeline.ingest("--generate", 100, "--seed", 5, "--ending", at("12:00"))
    refusal = pipeline.job("bronze", expect=65).stderr
    log = refusal.rsplit("accept-loss ", 1)[1].split("`")[0].split()[0]
    slack, sns = receiver.taken()
    assert slack == sns == ["[CRITICAL] Bronze waits for a decision: nothing more is taken in"]
    pipeline.job("bronze", expect=65)
    assert receiver.taken() == ([], [])
    pipeline.job("batches", "accept-loss", log)
    pipeline.job("bronze")
    assert receiver.taken()[0] == ["[CLEARED] Bronze waits for a decision: nothing more is taken in"]
