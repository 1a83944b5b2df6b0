"""The built programs run as a user runs them: one home a test, every command a process of its own."""
import json
import os
import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = Path(os.environ.get("WIKIGUARD_PROGRAMS", ROOT / ".build" / "release")).resolve()
SHARED = Path(os.environ.get("WIKIGUARD_SHARED", ROOT.parent / "shared"))

TABLES = [
    "bronze_events", "bronze_quarantine", "silver_events", "silver_quarantine", "gold_baselines",
    "gold_entity_metrics_10min", "gold_user_metrics_10min", "gold_global_metrics_10min", "gold_quarantine",
    "quality_metrics", "quality_check_results",
]


def recorded(name):
    """A recorded file; the test is skipped, saying so, where recordings are not at hand."""
    path = SHARED / "data" / name
    if not path.exists():
        pytest.skip(f"no recorded events at {path}")
    return path


class Pipeline:
    """One home and the commands run on it."""

    def __init__(self, home, **environment):
        self.home = Path(home)
        self.environment = environment

    def variables(self):
        clean = {k: v for k, v in os.environ.items() if not k.startswith("WIKIGUARD_")}
        return {**clean, "WIKIGUARD_HOME": str(self.home), **self.environment}

    def start(self, program, *arguments, **options):
        return subprocess.Popen(
            [PROGRAMS / program, *map(str, arguments)], env=self.variables(), stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True, **options)

    def call(self, program, *arguments, expect=0, input=None, timeout=300):
        done = subprocess.run(
            [PROGRAMS / program, *map(str, arguments)], env=self.variables(), capture_output=True, input=input,
            timeout=timeout)
        done.stdout = done.stdout.decode("utf-8", "replace")
        done.stderr = done.stderr.decode("utf-8", "replace")
        wanted = expect if isinstance(expect, (list, tuple, set)) else [expect]
        assert done.returncode in wanted, (
            f"{program} {' '.join(map(str, arguments))}: exit {done.returncode}, wanted {expect}\n{done.stderr[-3000:]}")
        return done

    def job(self, *arguments, **options):
        return self.call("wikiguard-job", *arguments, **options)

    def ingest(self, *arguments, **options):
        return self.call("wikiguard-ingest", *arguments, **options)

    def generate(self, count, seed=1, **options):
        return self.ingest("--generate", count, "--seed", seed, "--ending", NOW, **options)

    def drain(self, *arguments):
        return self.job("run", "--drain", "--waive", "freshness", *arguments)

    def beside(self, home, **environment):
        """Another home with a copy of this one's event log and new tables."""
        other = Pipeline(home, **{**self.environment, **environment})
        other.home.mkdir(parents=True)
        shutil.copytree(self.home / "events", other.home / "events")
        other.job("init")
        return other

    def metadata(self, table):
        """The current metadata file of a table, as the SQL catalog has it."""
        with sqlite3.connect(f"file:{self.home}/catalog.sqlite?mode=ro", uri=True) as db:
            row = db.execute(
                "select metadata_location from iceberg_tables where catalog_name='wikiguard' and "
                "table_namespace='wikiguard' and table_name=?", (table,)).fetchone()
        return row[0] if row else None

    def snapshot_summaries(self, table):
        document = json.loads(Path(self.metadata(table).removeprefix("file://")).read_text())
        return [s["summary"] for s in document.get("snapshots", [])]

    def rows(self, table, columns=None):
        """Rows as a pyarrow table, read by PyIceberg through the SQL catalog."""
        scan = self.catalog().load_table(("wikiguard", table)).scan(selected_fields=tuple(columns or ("*",)))
        return scan.to_arrow()

    def catalog(self):
        from pyiceberg.catalog.sql import SqlCatalog
        return SqlCatalog("wikiguard", uri=f"sqlite:///{self.home}/catalog.sqlite", warehouse=f"file://{self.home}/warehouse")


# A fixed moment for generated events, so that they are the same on every run.
NOW = "2026-01-16T12:00:00Z"


@pytest.fixture
def pipeline(tmp_path):
    return Pipeline(tmp_path / "home", WIKIGUARD_NOW=NOW)


@pytest.fixture(scope="session")
def filled(tmp_path_factory):
    """A home with 20,000 generated events taken all the way, in several batches; tests only read it."""
    pipeline = Pipeline(
        tmp_path_factory.mktemp("filled") / "home", WIKIGUARD_NOW=NOW, WIKIGUARD_BRONZE_LIMITS_ROWS="6000",
        WIKIGUARD_SILVER_LIMITS_ROWS="6000")
    pipeline.generate(20_000, seed=7)
    pipeline.drain()
    return pipeline


@pytest.fixture(scope="session")
def spark(tmp_path_factory):
    """One Spark session for all tests; they are skipped, saying why, where it cannot run."""
    import engines
    missing = engines.Spark.missing()
    if missing:
        pytest.skip(missing)
    with open(tmp_path_factory.mktemp("spark") / "log", "w") as log:
        session = engines.Spark(log)
        yield session
        session.stop()
