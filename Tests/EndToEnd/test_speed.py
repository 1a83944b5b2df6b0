"""A guard against getting much slower or larger; the figures themselves are `make bench`'s."""
import sys
from pathlib import Path

import pytest

import conftest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "Benchmarks"))
import bench  # noqa: E402

MICRO_WALL = 0.250
MICRO_PEAK = 64
DRAIN_CPU = 20
DRAIN_PEAK = 512


@pytest.mark.skipif("debug" in str(conftest.PROGRAMS), reason="bounds are for release builds")
def test_a_micro_batch_is_quick_and_small(tmp_path):
    for job, measure in bench.micro_batches(conftest.PROGRAMS, tmp_path, 1_000, 5).items():
        print(f"{job}: wall {measure.wall:.3f} s, CPU {measure.cpu:.3f} s, peak {measure.peak:.0f} MiB")
        # A loaded machine makes it wait: then what it computes for is all that can be judged.
        assert min(measure.wall, 2 * measure.cpu) < MICRO_WALL, job
        assert measure.peak < MICRO_PEAK, job


@pytest.mark.skipif("debug" in str(conftest.PROGRAMS), reason="bounds are for release builds")
def test_a_drain_keeps_its_bounds(tmp_path):
    measures, _ = bench.drain(conftest.PROGRAMS, tmp_path, 100_000)
    for job, measure in measures.items():
        print(f"{job}: wall {measure.wall:.3f} s, CPU {measure.cpu:.3f} s, peak {measure.peak:.0f} MiB")
        assert measure.peak < DRAIN_PEAK, job
    assert bench.total(measures).cpu < DRAIN_CPU


@pytest.mark.skipif("debug" in str(conftest.PROGRAMS), reason="bounds are for release builds")
def test_a_commit_does_not_pay_for_history(tmp_path):
    first, last = bench.commits(conftest.PROGRAMS, tmp_path, 70)
    print(f"CPU of a Bronze batch: {first.cpu:.3f} s with few snapshots, {last.cpu:.3f} s with 60 more")
    assert last.cpu < 2 * first.cpu + 0.010
