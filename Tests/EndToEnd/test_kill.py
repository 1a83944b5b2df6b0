"""SIGKILL at random moments of a drain: running it again gives equal tables."""
import os
import random
import signal
import time

from conftest import NOW, Pipeline
from equality import assert_equal, contents

KILLS = 100 if os.environ.get("WIKIGUARD_SOAK") else 20
LIMITS = {
    "WIKIGUARD_NOW": NOW, "WIKIGUARD_BRONZE_LIMITS_ROWS": "150", "WIKIGUARD_SILVER_LIMITS_ROWS": "170",
    "WIKIGUARD_GOLD_LIMITS_WINDOWS": "1",
}


def test_killed_at_random_moments(tmp_path):
    wanted, disturbed, duration = pair(tmp_path)
    moments = random.Random(20260116)
    killed = 0
    while killed < KILLS:
        process = start(disturbed)
        time.sleep(moments.uniform(0, 2 * duration / KILLS))
        if process.poll() is not None:
            # All done before the moment came: the rest of the moments fall into drains that have something to do.
            assert process.returncode == 0, process.stderr.read()[-2000:]
            break
        process.send_signal(signal.SIGKILL)
        process.wait()
        killed += 1
    disturbed.drain()
    print(f"killed {killed} times in a drain of {duration:.1f} s")
    assert killed >= KILLS / 2
    assert_equal(contents(disturbed, quality=False), wanted)
    assert_newest_metadata_is_the_catalogs(disturbed)
    assert_every_batch_is_in_the_ledger_once(disturbed)


def test_killed_and_the_state_lost_each_time(tmp_path):
    wanted, disturbed, duration = pair(tmp_path)
    moments = random.Random(7)
    for _ in range(8):
        process = start(disturbed)
        time.sleep(moments.uniform(0, duration / 4))
        process.send_signal(signal.SIGKILL)
        process.wait()
        for file in disturbed.home.glob("state.sqlite*"):
            file.unlink()
    disturbed.drain()
    assert_equal(contents(disturbed, quality=False), wanted)


def pair(tmp_path):
    """What an undisturbed drain makes of a log, another home with the same log, and how long a drain takes."""
    source = Pipeline(tmp_path / "undisturbed", **LIMITS)
    source.generate(3000, seed=11)
    disturbed = source.beside(tmp_path / "disturbed")
    started = time.monotonic()
    source.drain()
    return contents(source, quality=False), disturbed, time.monotonic() - started


def start(pipeline):
    return pipeline.start("wikiguard-job", "run", "--drain", "--waive", "freshness")


def assert_newest_metadata_is_the_catalogs(pipeline):
    """Readers that list a folder take the file with the highest number for the newest."""
    for name in ("bronze_events", "silver_events", "gold_global_metrics_10min", "silver_quarantine", "quality_metrics"):
        current = pipeline.metadata(name).removeprefix("file://")
        folder = os.path.dirname(current)
        newest = max(file for file in os.listdir(folder) if file.endswith(".metadata.json"))
        assert newest == os.path.basename(current), name


def assert_every_batch_is_in_the_ledger_once(pipeline):
    ledger = pipeline.rows("quality_metrics", ["batch_id", "run", "layer", "total_count"]).to_pylist()
    runs = [row["run"] for row in ledger]
    assert len(runs) == len(set(runs))
    bronze = sum(row["total_count"] for row in ledger if row["layer"] == "bronze")
    assert bronze == pipeline.rows("bronze_events").num_rows + pipeline.rows("bronze_quarantine").num_rows
