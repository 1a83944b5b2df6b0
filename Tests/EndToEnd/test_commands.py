"""Exit codes and manners of the job's commands."""
import fcntl
import json
import signal
import time

import pytest

from conftest import NOW, Pipeline


def held(pipeline, job):
    """Another process at work: its lock, held by this one."""
    folder = pipeline.home / "locks"
    folder.mkdir(exist_ok=True)
    file = open(folder / f"{job}.lock", "w")
    fcntl.flock(file, fcntl.LOCK_EX)
    return file


@pytest.mark.parametrize("arguments", [
    [], ["golden"], ["silver", "--drian"], ["silver", "--max-batches", "0"], ["silver", "--max-batches", "x"],
    ["silver", "--waive"], ["silver", "--waive", "freshnes"], ["run", "--timeout", "-1"], ["batches", "show"],
])
def test_a_wrong_command_line_is_64(pipeline, arguments):
    pipeline.generate(5)
    done = pipeline.job(*arguments, expect=64)
    assert done.stdout == ""


def test_a_waiver_of_another_layer_is_accepted(pipeline):
    pipeline.generate(50)
    pipeline.job("bronze", "--waive", "freshness")
    pipeline.job("gold", "--waive", "freshness")


def test_nothing_to_do_is_0_and_makes_no_snapshot(pipeline):
    pipeline.generate(50)
    pipeline.drain()
    before = {name: pipeline.metadata(name) for name in ("bronze_events", "silver_events", "gold_global_metrics_10min")}
    done = pipeline.drain()
    assert done.stdout.count("nothing new") == 3
    assert before == {name: pipeline.metadata(name) for name in before}
    # Without its input a job has nothing to do either.
    empty = Pipeline(pipeline.home.parent / "empty", WIKIGUARD_NOW=NOW)
    empty.job("init")
    assert "nothing new" in empty.job("gold").stdout


def test_a_dry_run_changes_nothing(pipeline):
    pipeline.generate(50)
    files = sorted(pipeline.home.rglob("*"))
    assert "would take" in pipeline.job("bronze", "--dry-run").stdout
    pipeline.job("gold", "--dry-run")
    grown = [file for file in sorted(pipeline.home.rglob("*")) if file not in files]
    assert not [file for file in grown if "warehouse" in str(file)]


def test_a_busy_job_is_75_and_run_goes_on(pipeline):
    pipeline.generate(300)
    pipeline.job("bronze", "--drain")
    with held(pipeline, "bronze"):
        assert "another process runs bronze" in pipeline.job("bronze", expect=75).stderr
        done = pipeline.job("run", "--drain", "--waive", "freshness", expect=75)
        assert "silver-000001" in done.stdout and "gold-000001" in done.stdout


def test_waiting_for_a_busy_job(pipeline):
    pipeline.generate(100)
    lock = held(pipeline, "bronze")
    process = pipeline.start("wikiguard-job", "bronze", "--wait", "60")
    time.sleep(0.5)
    assert process.poll() is None
    lock.close()
    output, _ = process.communicate(timeout=60)
    assert process.returncode == 0 and "bronze-000001" in output


def test_a_job_that_is_busy_for_long_is_69(pipeline):
    pipeline.generate(100)
    pipeline.environment["WIKIGUARD_NOW"] = "2026-01-16T12:05:00Z"
    with held(pipeline, "bronze"):
        line = pipeline.job("bronze", expect=69).stderr.strip().splitlines()[-1]
        assert "waits since 3" in line or "waits since" in line
        pipeline.job("run", expect=69)


def test_the_time_is_up(pipeline):
    pipeline.environment["WIKIGUARD_BRONZE_LIMITS_ROWS"] = "10"
    pipeline.generate(6000)
    done = pipeline.job("bronze", "--drain", "--timeout", "1", expect=69)
    assert "the time of 1 s is up" in done.stderr
    del pipeline.environment["WIKIGUARD_BRONZE_LIMITS_ROWS"]
    pipeline.drain()
    assert pipeline.rows("bronze_events").num_rows + pipeline.rows("bronze_quarantine").num_rows >= 5990


def test_sigterm_in_the_middle_of_a_drain(pipeline):
    pipeline.environment["WIKIGUARD_BRONZE_LIMITS_ROWS"] = "10"
    pipeline.generate(6000)
    process = pipeline.start("wikiguard-job", "bronze", "--drain")
    assert process.stdout.readline().startswith("bronze-000001")
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=20)
    assert process.returncode == 69
    runs = json.loads(pipeline.job("batches", "--output", "json").stdout)["runs"]
    assert all(run["status"] in ("done", "prepared", "planned") for run in runs)
    del pipeline.environment["WIKIGUARD_BRONZE_LIMITS_ROWS"]
    pipeline.drain()
    offsets = pipeline.rows("bronze_events", ["kafka_topic", "kafka_offset"]).to_pylist()
    assert len({tuple(row.values()) for row in offsets}) == len(offsets) >= 5900


def test_every_commit_says_what_it_is(pipeline):
    pipeline.environment["WIKIGUARD_SILVER_LIMITS_ROWS"] = "200"
    pipeline.generate(600)
    pipeline.drain()
    for table, job in (("bronze_events", "bronze"), ("silver_events", "silver"), ("gold_global_metrics_10min", "gold")):
        for summary in pipeline.snapshot_summaries(table):
            assert summary["wikiguard.job"] == job and summary["wikiguard.batch-id"].startswith(job + "-")
            plan = json.loads(summary["wikiguard.plan"])
            assert len(summary["wikiguard.plan"]) <= 2048 and {"clock", "waivers", "config", "input"} <= plan.keys()
            assert "wikiguard.progress" in summary and "wikiguard.run" in summary
            assert (pipeline.home / "warehouse" / "config" / f"{plan['config']}.json").exists()
        document = json.loads(open(pipeline.metadata(table).removeprefix("file://")).read())
        assert document["properties"]["wikiguard.progress"] == summary["wikiguard.progress"]
