"""Silver and Gold computed again, by SQL that was written from the tables' contract and not from our code, are the same."""
import gzip
import re
from pathlib import Path

import pytest

import engines
from conftest import NOW, ROOT, Pipeline, recorded

HERE = Path(__file__).parent

# Columns that are about our own processing, or that the SQL does not compute.
SILVER_OURS = {"batch_id", "ingest_time", "kafka_cluster_id"}
BASELINES = {
    "baseline_events_avg", "baseline_events_stddev", "baseline_edits_avg", "baseline_edits_stddev", "baseline_entities_avg",
    "baseline_entities_stddev", "baseline_revert_ratio", "baseline_anonymous_ratio", "baseline_kind", "events_zscore", "edits_zscore",
    "entities_zscore", "revert_deviation", "anonymous_deviation"}
SCORES = {
    "is_burst_activity", "is_new_user_blitz", "is_anomaly", "anomaly_types", "severity", "anomaly_explanation", "risk_score",
    "user_risk_score", "platform_health", "health_score", "health_explanation"}
GOLD_OURS = BASELINES | SCORES | {"is_final", "revision", "aggregation_timestamp", "batch_id"}

REVERTS = ["is_revert", "revert_kind", "revert_target_user", "revert_target_revision"]

# Differences that were looked at, by what the comment holds; ours is right unless said otherwise.
ACCEPTED = [
    # A name without a link, behind "by": the SQL reads names from links only.
    ("revert_target_user", r"(?i)revision \d+ by \S"),
]

GOLD = [
    ("gold_entity_metrics_10min", "entity_metrics", ["window_start", "entity", "wiki"]),
    ("gold_user_metrics_10min", "user_metrics", ["window_start", "user_name", "is_bot", "is_anonymous"]),
    ("gold_global_metrics_10min", "global_metrics", ["window_start"]),
]


def replay(pipeline, events, folder):
    file = folder / "events.jsonl"
    file.write_bytes(events)
    pipeline.ingest("--replay", file, "--retime")


def recording_of_2023(pipeline, folder):
    replay(pipeline, gzip.decompress(recorded("recentchange-2023-01-25-11987.jsonl.gz").read_bytes()), folder)


def recording_of_2024(pipeline, folder):
    replay(pipeline, gzip.decompress(recorded("recentchange-2024-08-22-2387-raw.jsonl.gz").read_bytes()), folder)


def day_of_2015(pipeline, folder):
    """23 hours of edits, 140 windows. It was converted from another format, of which its `$schema` tells."""
    events = gzip.decompress(recorded("day-2015-09-12-39244-converted.jsonl.gz").read_bytes())
    replay(pipeline, events.replace(b"converted/druid-wikiticker", b"/mediawiki/recentchange/1.0.0"), folder)


def generated(pipeline, folder):
    """100,000 events at a rate that makes several windows."""
    pipeline.ingest("--generate", 100_000, "--seed", 11, "--ending", NOW, "--rate", 30)


SOURCES = [recording_of_2023, recording_of_2024, day_of_2015, generated]


class Computed:
    """A filled home and the SQL's tables over its Bronze events."""

    def __init__(self, source, folder):
        self.source = source
        self.pipeline = Pipeline(folder / "home", WIKIGUARD_NOW=NOW, WIKIGUARD_BRONZE_LIMITS_ROWS="60000")
        source(self.pipeline, folder)
        self.pipeline.drain()
        self.sql = engines.duckdb_connection()
        for name in ["bronze_events", "silver_events", "silver_quarantine", *(table for table, _, _ in GOLD)]:
            self.sql.register("read", self.pipeline.rows(name))
            self.sql.execute(f"create table {name} as from read")
        self.sql.execute("create view bronze as from bronze_events")
        self.sql.execute(f"create table plan as select timestamptz '{NOW}' as clock")
        self.sql.execute("create table watched (title varchar, wiki varchar, name varchar)")
        self.sql.executemany("insert into watched values (?, ?, ?)", watch_list())
        for script in ["silver", "reverts", "gold"]:
            self.sql.execute((HERE / f"independent_{script}.sql").read_text())

    def count(self, table):
        return self.sql.execute(f"select count(*) from {table}").fetchone()[0]

    def columns(self, table):
        return {row[0] for row in self.sql.execute(f"describe {table}").fetchall()}

    def same_keys(self, ours, theirs, key):
        for one, other in [(ours, theirs), (theirs, ours)]:
            rows = self.sql.execute(f"select {', '.join(key)} from {one} except all select {', '.join(key)} from {other}").fetchall()
            assert not rows, f"{self.source.__name__}: {len(rows)} rows are in {one} only, as {rows[:3]}"

    def differing(self, ours, theirs, key, column, tell="null"):
        """For each row with another value: our value, theirs, the key, and what `tell` selects."""
        on = " and ".join(f"o.{name} is not distinct from t.{name}" for name in key)
        differs = f"o.{column} is distinct from t.{column}"
        if column == "log_params":  # JSON text: the same value, however spaced
            differs = f"o.{column}::json is distinct from t.{column}::json"
        keys = ", ".join(f"o.{name}" for name in key)
        return self.sql.execute(
            f"select o.{column}, t.{column}, {tell}, {keys} from {ours} o join {theirs} t on {on} where {differs}").fetchall()


def watch_list():
    """Titles and aliases of the default watch list in lower case, with the wiki and the name; its lines are simple enough."""
    rows = []
    for line in (ROOT / "jobs" / "entity-allowlist.yaml").read_text().split("\n"):
        entry = re.match(r'  - \{title: "?(.*?)"?, wiki: (\w+)(?:, aliases: \[(.*?)\])?', line)
        if entry:
            titles = [entry[1], *filter(None, (alias.strip() for alias in (entry[3] or "").split(",")))]
            rows += [(title.lower(), entry[2], entry[1]) for title in titles]
    assert len(rows) > 20
    return rows


@pytest.fixture(scope="module", params=SOURCES, ids=lambda source: source.__name__)
def computed(request, tmp_path_factory):
    return Computed(request.param, tmp_path_factory.mktemp(request.param.__name__))


def test_silver(computed):
    """The same events pass, with the same values in every column that is not about our own processing."""
    assert computed.count("silver") > 2_000
    computed.same_keys("silver_events", "silver", ["kafka_topic", "kafka_partition", "kafka_offset"])
    columns = computed.columns("silver_events") - SILVER_OURS
    assert columns <= computed.columns("silver"), columns - computed.columns("silver")
    for column in sorted(columns - {"meta_id", *REVERTS}):
        rows = computed.differing("silver_events", "silver", ["meta_id"], column)
        assert not rows, f"{column}: {len(rows)} rows, as {rows[:3]}"


def test_refused_events(computed):
    """Every event that the contract refuses is in quarantine, and no other."""
    computed.same_keys("silver_quarantine", "refused", ["kafka_topic", "kafka_partition", "kafka_offset"])


def test_reverts(computed):
    """Reverts of other patterns than ours, made from MediaWiki's messages. The comments of 2015 hold many languages' and tools' own
    that the SQL's short list lacks (ours has them): there, what the SQL finds by a generated summary must be found by us."""
    if computed.source is day_of_2015:
        rows = computed.sql.execute(
            "select t.comment from silver t join silver_events o using (meta_id) where t.revert_kind <> 'manual' and not o.is_revert"
        ).fetchall()
        assert not rows, rows[:3]
        shared = computed.sql.execute(
            "select count_if(o.is_revert and t.is_revert), count_if(t.is_revert and not o.is_revert) "
            "from silver_events o join silver t using (meta_id)").fetchone()
        assert shared[0] > 600 and shared[1] < 40, shared
        return
    assert computed.sql.execute("select count_if(is_revert) from silver").fetchone()[0] >= 5
    for column in REVERTS:
        rows = [
            row for row in computed.differing("silver_events", "silver", ["meta_id"], column, "o.comment")
            if not any(column == name and re.search(pattern, row[2]) for name, pattern in ACCEPTED)]
        assert not rows, f"{column}: {len(rows)} rows, as {rows[:3]}"


@pytest.mark.parametrize("ours, theirs, key", GOLD, ids=[ours for ours, _, _ in GOLD])
def test_gold(computed, ours, theirs, key):
    """The same windows and keys, counts, ratios, and flags that need no baseline. Gold is counted from our Silver, which the tests above compare."""
    assert computed.count(theirs) > 0
    computed.same_keys(ours, theirs, key)
    columns = computed.columns(ours) - GOLD_OURS
    assert columns <= computed.columns(theirs), columns - computed.columns(theirs)
    for column in sorted(columns - set(key)):
        rows = computed.differing(ours, theirs, key, column)
        assert not rows, f"{column}: {len(rows)} rows, as {rows[:3]}"

