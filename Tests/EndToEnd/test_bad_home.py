"""A home that is full, damaged, read-only or not there: one line, the right exit code, nothing committed by half."""
import os
import shutil
import subprocess

import pytest

from conftest import NOW, ROOT, Pipeline
from equality import assert_equal, contents


def one_line(done):
    lines = [line for line in done.stderr.splitlines() if line.startswith("wikiguard-job: ")]
    assert len(lines) == 1, done.stderr
    assert "Fatal" not in done.stderr and "0x" not in done.stderr
    return lines[0]


def mounted(path, options):
    """A small file system at `path`; the test is skipped, saying why, where none can be mounted."""
    path.mkdir(parents=True)
    if os.geteuid() != 0:
        pytest.skip("mounting a small tmpfs needs root")
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", path], capture_output=True, text=True)
    if done.returncode != 0:
        pytest.skip(f"no tmpfs can be mounted: {done.stderr.strip()}")
    return path


@pytest.fixture
def small_disk(tmp_path):
    path = mounted(tmp_path / "disk", "size=6m")
    yield path
    subprocess.run(["umount", "-l", path], check=True)


def test_a_full_disk_under_the_warehouse(tmp_path, small_disk):
    limits = {"WIKIGUARD_NOW": NOW, "WIKIGUARD_BRONZE_LIMITS_ROWS": "500", "WIKIGUARD_SILVER_LIMITS_ROWS": "500"}
    roomy = Pipeline(tmp_path / "roomy", **limits)
    roomy.generate(4000, seed=21)
    cramped = roomy.beside(tmp_path / "cramped", WIKIGUARD_ENVIRONMENT_WAREHOUSE_URI=str(small_disk / "warehouse"))
    roomy.drain()
    ballast = small_disk / "ballast"
    steps = 0
    # Room for a little more each time, so that the disk is full at many different places.
    for room in range(40_000, 2_000_000, 65_000):
        fill(ballast, room)
        done = cramped.job("run", "--drain", "--waive", "freshness", expect=[0, 69])
        if done.returncode == 0:
            break
        steps += 1
        line = one_line(done)
        assert "space" in line.lower() or "full" in line.lower(), line
        used = shutil.disk_usage(small_disk).used - ballast.stat().st_size if ballast.exists() else 0
        # What failed executions wrote is gone again: only what is committed or prepared stays.
        assert used < 6_000_000
    assert steps >= 3, "the disk was never full"
    ballast.unlink(missing_ok=True)
    cramped.drain()
    assert_equal(contents(cramped, quality=False), contents(roomy, quality=False))


def fill(ballast, room):
    """Leaves `room` bytes on the disk of `ballast`."""
    ballast.unlink(missing_ok=True)
    free = shutil.disk_usage(ballast.parent).free
    if free > room:
        with open(ballast, "wb") as file:
            os.posix_fallocate(file.fileno(), 0, free - room)


def test_a_home_that_is_not_there(tmp_path):
    pipeline = Pipeline(tmp_path / "nowhere", WIKIGUARD_NOW=NOW)
    for arguments in (["bronze"], ["silver"], ["gold"], ["run", "--drain"], ["status"], ["batches"], ["report"]):
        done = pipeline.job(*arguments, expect=78)
        assert str(tmp_path / "nowhere") in one_line(done) and "init" in one_line(done)
    assert not (tmp_path / "nowhere").exists()


def test_an_unknown_configuration_key(pipeline, tmp_path):
    pipeline.generate(10)
    folder = tmp_path / "configuration"
    folder.mkdir()
    text = (ROOT / "jobs" / "silver.yaml").read_text()
    (folder / "silver.yaml").write_text(text + "\nlatency_targets: 10 min\n")
    line = one_line(pipeline.job("silver", "--config", folder, expect=78))
    number = text.count("\n") + 2
    assert f"silver.yaml:{number}" in line and "latency_targets" in line
    pipeline.environment["WIKIGUARD_SILVER_LIMITS_ROW"] = "5"
    line = one_line(pipeline.job("silver", expect=78))
    assert "WIKIGUARD_SILVER_LIMITS_ROW" in line


def test_a_damaged_state_file(pipeline):
    pipeline.generate(300)
    pipeline.drain()
    before = contents(pipeline)
    for file in pipeline.home.glob("state.sqlite-*"):
        file.unlink()
    (pipeline.home / "state.sqlite").write_bytes(b"this is no database" * 300)
    line = one_line(pipeline.job("silver", expect=65))
    assert "state.sqlite" in line and "delete it" in line
    (pipeline.home / "state.sqlite").unlink()
    pipeline.drain()
    assert_equal(contents(pipeline), before)


def test_a_home_that_cannot_be_written(tmp_path):
    inside = mounted(tmp_path / "mount", "size=64m")
    try:
        pipeline = Pipeline(inside / "home", WIKIGUARD_NOW=NOW)
        pipeline.generate(300)
        pipeline.job("bronze")
        subprocess.run(["mount", "-o", "remount,ro", inside], check=True)
        line = one_line(pipeline.job("silver", expect=69))
        assert "read-only" in line.lower() or "readonly" in line.lower(), line
        subprocess.run(["mount", "-o", "remount,rw", inside], check=True)
        pipeline.drain()
        assert pipeline.rows("silver_events").num_rows > 200
    finally:
        subprocess.run(["umount", "-l", inside], check=True)


def test_a_catalog_that_was_lost(pipeline):
    pipeline.generate(200)
    pipeline.drain()
    for file in pipeline.home.glob("catalog.sqlite*"):
        file.unlink()
    line = one_line(pipeline.job("bronze", expect=78))
    assert "catalog rebuild" in line
