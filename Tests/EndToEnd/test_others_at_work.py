"""Other engines work on our tables between our batches: they compact, expire, delete, append and evolve. Our jobs go on, and the tables
are equal to those of a home that nobody else touched."""
import datetime

import pyarrow as pa
import pyarrow.compute as pc

from conftest import TABLES, Pipeline
from equality import INCIDENTAL, assert_equal, rows

GOLD = ["gold_entity_metrics_10min", "gold_user_metrics_10min", "gold_global_metrics_10min"]

# The others go by the real clock, and refuse a table whose newest snapshot is of the future.
YESTERDAY = datetime.datetime.now(datetime.timezone.utc).replace(hour=12, minute=0, second=0, microsecond=0) - datetime.timedelta(days=1)

ADDED = "added_by_others"


class Twins:
    """Two homes with the same log, and the same commands to both; others touch one of them only."""

    def __init__(self, folder):
        # Small limits, so that a Silver batch ends inside a file of Bronze.
        self.alone = Pipeline(
            folder / "alone", WIKIGUARD_NOW=moment(0), WIKIGUARD_BRONZE_LIMITS_ROWS="700", WIKIGUARD_SILVER_LIMITS_ROWS="400")
        self.alone.job("init")
        self.ingest(1, homes=[self.alone])
        self.touched = self.alone.beside(folder / "touched")

    def ingest(self, seed, minutes_ago=0, homes=None):
        """1,200 events of 20 minutes, which end so long ago."""
        for home in homes or [self.alone, self.touched]:
            home.ingest("--generate", 1200, "--seed", seed, "--ending", moment(minutes_ago), "--rate", 1)

    def job(self, *arguments):
        for home in [self.alone, self.touched]:
            home.job(*arguments, "--waive", "freshness")

    def drain(self, *jobs):
        for job in jobs or ["bronze", "silver", "gold"]:
            self.job(job, "--drain")

    def forget_state(self):
        """The next process has to go by the tables alone."""
        for file in self.touched.home.glob("state.sqlite*"):
            file.unlink()

    def compare(self, note, layers=("bronze", "silver", "gold")):
        names = [name for name in TABLES if name.startswith(layers)]
        found, wanted = (
            {name: rows(home, name, INCIDENTAL | {ADDED}) for name in names} for home in [self.touched, self.alone])
        assert_equal(found, wanted, note)

    def check_end(self):
        """The look-up of duplicates sees every row that others moved: the same events again change nothing."""
        silver = self.touched.rows("silver_events", ["meta_id"]).num_rows
        assert silver > 3_000
        self.ingest(1)
        self.ingest(2, minutes_ago=10)
        self.drain()
        assert self.touched.rows("silver_events", ["meta_id"]).num_rows == silver
        self.compare("the same events again:")


def moment(minutes_ago):
    return (YESTERDAY - datetime.timedelta(minutes=minutes_ago)).strftime("%Y-%m-%dT%H:%M:%SZ")


class OfSpark:
    """Java's Iceberg through the same catalog file."""

    def __init__(self, spark, home):
        self.spark = spark
        spark.ask(catalog="wikiguard", props={
            "type": "jdbc", "uri": f"jdbc:sqlite:{home.home}/catalog.sqlite", "warehouse": f"file://{home.home}/warehouse",
            "jdbc.schema-version": "V1", "jdbc.init-catalog-tables": "false"})

    def sql(self, text):
        return self.spark.ask(sql=text)

    def call(self, procedure, table, *arguments):
        return self.sql(f"call wikiguard.system.{procedure}({', '.join([f'table => {quoted(table)}', *arguments])})")

    def compact(self, table):
        done = self.call("rewrite_data_files", table, "options => map('rewrite-all', 'true')")
        assert done[0]["rewritten_data_files_count"] > 0, f"{table}: {done}"
        self.call("rewrite_manifests", table)

    def apply_deletes(self, table):
        self.call(
            "rewrite_data_files", table, "options => map('rewrite-all', 'true', 'use-starting-sequence-number', 'false', "
            "'remove-dangling-deletes', 'true')")
        assert self.delete_files(table) == 0

    def expire(self, table):
        """All snapshots but the newest, with their files."""
        tomorrow = (datetime.datetime.now() + datetime.timedelta(days=2)).strftime("%Y-%m-%d %H:%M:%S")
        self.call("expire_snapshots", table, f"older_than => timestamp '{tomorrow}'", "retain_last => 1")
        assert len(self.sql(f"select snapshot_id from {name(table)}.snapshots")) == 1

    def delete(self, table, condition):
        """By position, in delete files."""
        for kind in ("delete", "update"):
            self.sql(f"alter table {name(table)} set tblproperties ('write.{kind}.mode' = 'merge-on-read')")
        self.sql(f"delete from {name(table)} where {condition}")

    def touch(self, table, condition):
        """An update without a change: the rows are deleted by position and written into a new file."""
        self.sql(f"alter table {name(table)} set tblproperties ('write.update.mode' = 'merge-on-read')")
        self.sql(f"update {name(table)} set batch_id = concat(batch_id, '') where {condition}")

    def delete_files(self, table):
        return len(self.sql(f"select file_path from {name(table)}.delete_files"))


def name(table):
    return f"wikiguard.wikiguard.{table}"


def quoted(table):
    return f"'{name(table)}'"


def test_spark_works_on_our_tables(spark, tmp_path):
    twins = Twins(tmp_path)
    twins.drain("bronze")
    twins.job("silver")  # one batch: it ends inside the first file
    others = OfSpark(spark, twins.touched)

    others.compact("bronze_events")
    others.expire("bronze_events")
    twins.forget_state()
    twins.drain("silver")
    twins.compare("Bronze compacted in the midst of Silver's reading:", ("bronze", "silver"))

    others.compact("silver_events")
    others.expire("silver_events")
    twins.drain("gold")
    twins.compare("Silver compacted before Gold read it:")

    for table in GOLD:
        others.compact(table)
        others.expire(table)
        others.touch(table, "minute(window_start) = 50")
        assert others.delete_files(table) > 0
    twins.forget_state()
    twins.ingest(2, minutes_ago=10)
    twins.drain("bronze")

    copies = f"insert into {name('bronze_events')} select * from {name('bronze_events')} where kafka_offset % 100 = 0"
    others.sql(copies.replace("select *", "select " + columns(twins, "bronze_events", kafka_cluster_id="'elsewhere'")))
    others.delete("bronze_events", "kafka_cluster_id = 'elsewhere' and kafka_offset > 500")
    assert others.delete_files("bronze_events") > 0
    twins.drain("silver")
    others.delete("bronze_events", "kafka_cluster_id = 'elsewhere'")
    twins.compare("copies of Bronze's rows, some of them deleted by position:", ("bronze", "silver"))
    twins.drain("gold")
    twins.compare("Gold replaces windows in files that others compacted:")

    guests = columns(twins, "silver_events", meta_id="concat('guest ', meta_id)", user_name="'Guest'")
    others.sql(f"insert into {name('silver_events')} select {guests} from {name('silver_events')} where kafka_offset % 9 = 0")
    twins.drain("gold")
    assert "Guest" in twins.touched.rows(GOLD[1], ["user_name"])["user_name"].to_pylist()
    others.delete("silver_events", "user_name = 'Guest' and kafka_offset % 2 = 0")
    keys = others.sql(f"select meta_id, event_date from {name('silver_events')} where user_name = 'Guest'")
    spark.ask(eqdelete=name("silver_events"), fields=["meta_id"], rows=keys)
    twins.drain("gold")
    twins.compare("rows of others in Silver, deleted by position and by equality:", ("bronze", "gold"))
    others.apply_deletes("silver_events")  # PyIceberg, by which rows are compared, reads no equality deletes
    twins.compare("the deletes applied:")

    for table in ["bronze_events", "silver_events", *GOLD]:
        others.sql(f"alter table {name(table)} add column {ADDED} bigint")
    others.touch("silver_events", "kafka_offset % 3 = 0")
    twins.ingest(3, minutes_ago=5)
    twins.drain()
    twins.compare("a column added, rows moved:")
    for table in ["bronze_events", "silver_events", *GOLD]:
        others.compact(table)
        others.expire(table)
    twins.check_end()


def columns(twins, table, **changed):
    """The columns of a table for a select, some of them computed."""
    names = twins.alone.rows(table).column_names
    return ", ".join(f"{changed[name]} as {name}" if name in changed else name for name in names)


class OfPyIceberg:
    """PyIceberg through the same catalog file; what it deletes or compacts it writes anew."""

    def __init__(self, home):
        self.catalog = home.catalog()

    def table(self, name):
        return self.catalog.load_table(("wikiguard", name))

    def rewrite(self, name):
        """What stands there, written again: PyIceberg's way to compact."""
        table = self.table(name)
        table.overwrite(table.scan().to_arrow())

    def expire(self, name):
        table = self.table(name)
        newest = table.current_snapshot().snapshot_id
        expiry = table.maintenance.expire_snapshots()
        expiry.by_ids([snapshot.snapshot_id for snapshot in table.snapshots() if snapshot.snapshot_id != newest]).commit()
        assert len(self.table(name).snapshots()) == 1

    def append(self, name, rows, **changed):
        for column, value in changed.items():
            place = rows.column_names.index(column)
            field = rows.schema.field(place)
            values = pa.array([value(old) for old in rows[column].to_pylist()], field.type)
            rows = rows.set_column(place, field, values)
        self.table(name).append(rows)

    def add_column(self, name):
        from pyiceberg.types import LongType
        with self.table(name).update_schema() as update:
            update.add_column(ADDED, LongType())


def test_pyiceberg_works_on_our_tables(tmp_path):
    twins = Twins(tmp_path)
    twins.drain("bronze")
    twins.job("silver")
    others = OfPyIceberg(twins.touched)

    others.rewrite("bronze_events")
    others.expire("bronze_events")
    twins.forget_state()
    twins.drain("silver")
    twins.compare("Bronze written anew in the midst of Silver's reading:", ("bronze", "silver"))

    others.rewrite("silver_events")
    others.expire("silver_events")
    twins.drain("gold")
    for table in GOLD:
        others.rewrite(table)
        others.expire(table)
    twins.compare("Silver written anew before Gold read it:")

    twins.ingest(2, minutes_ago=10)
    twins.drain("bronze")
    stored = twins.touched.rows("bronze_events")
    others.append(
        "bronze_events", stored.filter(pc.equal(pc.bit_wise_and(stored["kafka_offset"], 63), 0)), kafka_cluster_id=lambda _: "elsewhere")
    others.table("bronze_events").delete("kafka_cluster_id == 'elsewhere' and kafka_offset > 500")
    twins.drain("silver", "gold")
    others.table("bronze_events").delete("kafka_cluster_id == 'elsewhere'")
    twins.compare("copies of Bronze's rows, and windows replaced in files that others wrote:")

    stored = twins.touched.rows("silver_events")
    others.append(
        "silver_events", stored.slice(0, 200), meta_id=lambda old: "guest " + old, user_name=lambda _: "Guest")
    twins.drain("gold")
    assert "Guest" in twins.touched.rows(GOLD[1], ["user_name"])["user_name"].to_pylist()
    others.table("silver_events").delete("user_name == 'Guest'")
    twins.drain("gold")
    twins.compare("rows of others in Silver, deleted again:")

    for table in ["bronze_events", "silver_events", *GOLD]:
        others.add_column(table)
    twins.forget_state()
    twins.ingest(3, minutes_ago=5)
    twins.drain()
    twins.compare("a column added:")
    twins.check_end()
