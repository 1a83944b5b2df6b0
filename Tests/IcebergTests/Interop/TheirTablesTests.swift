import Fixtures
import Columns
import Failures
import Iceberg
import JSON
import ObjectStore
import Testing

/// Tables that PyIceberg made in a catalog file of its own, read and changed by us.
@Suite struct TheirTablesTests {
  /// A partitioned table with changed columns and several snapshots; prints the rows of each snapshot in the row form of `RowText`.
  static let script = """
    import datetime, json, sys
    import pyarrow as pa
    from pyiceberg.catalog.sql import SqlCatalog
    from pyiceberg.partitioning import PartitionSpec, PartitionField
    from pyiceberg.schema import Schema
    from pyiceberg.transforms import IdentityTransform, DayTransform
    from pyiceberg.types import *
    path, warehouse = sys.argv[1:3]
    catalog = SqlCatalog("test", uri="sqlite:///" + path, warehouse=warehouse)
    catalog.create_namespace("py")
    schema = Schema(NestedField(1, "id", LongType(), required=True), NestedField(2, "n", IntegerType()),
        NestedField(3, "f", FloatType()), NestedField(4, "s", StringType()), NestedField(5, "day", DateType()),
        NestedField(6, "at", TimestamptzType()), NestedField(7, "tags", ListType(8, StringType(), element_required=False)),
        NestedField(9, "raw", BinaryType()), NestedField(10, "ok", BooleanType()), NestedField(11, "d", DoubleType()))
    spec = PartitionSpec(PartitionField(5, 1000, IdentityTransform(), "day"), PartitionField(6, 1001, DayTransform(), "at_day"))
    table = catalog.create_table("py.t", schema=schema, partition_spec=spec)
    def rows(first, last, extra={}):
        out = []
        for i in range(first, last):
            at = datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc) + datetime.timedelta(hours=7 * i, microseconds=i)
            row = {"id": i, "n": None if i % 5 == 0 else i, "f": i / 4, "s": None if i % 6 == 0 else f"text é {i}",
                "day": datetime.date(2026, 1, 1) + datetime.timedelta(days=i // 10), "at": at,
                "tags": None if i % 4 == 0 else [f"t{j}" if j else None for j in range(i % 3)],
                "raw": None if i % 7 == 0 else bytes([i % 256, 0, 255]), "ok": i % 2 == 0, "d": float("nan") if i % 9 == 0 else i * 1.5}
            row.update({k: f(i) for k, f in extra.items()})
            out.append(row)
        return out
    def arrow(data):
        return pa.Table.from_pylist(data, schema=table.schema().as_arrow())
    table.append(arrow(rows(0, 40)))
    table.append(arrow(rows(40, 60)))
    with table.update_schema() as update:
        update.rename_column("s", "text")
        update.add_column("added", StringType())
        update.update_column("n", LongType())
        update.update_column("f", DoubleType())
        update.delete_column("ok")
    later = rows(60, 90, {"added": lambda i: f"new {i}"})
    for row in later:
        row["text"] = row.pop("s")
        del row["ok"]
    table.append(arrow(later))
    table.delete("day = '2026-01-02'")
    import os
    def plain(value):
        if isinstance(value, datetime.datetime): return value.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%f+00:00")
        if isinstance(value, datetime.date): return value.isoformat()
        if isinstance(value, bytes): return value.hex()
        if isinstance(value, float) and value != value: return "NaN"
        return value
    def dump(snapshot_id):
        data = table.scan(snapshot_id=snapshot_id).to_arrow().to_pylist()
        return [{k: plain(v) for k, v in row.items()} for row in data]
    print(json.dumps([{"snapshot": s.snapshot_id, "rows": dump(s.snapshot_id)} for s in table.snapshots()]))
    """

  @Test func rowsOfEverySnapshot() throws {
    guard let python = Python(for: "tables written by PyIceberg") else { return }
    let test = try TestCatalog(store: LocalObjectStore())
    let text = try python.run(
      Self.script, [test.directory.file("catalog.sqlite"), "file://" + test.directory.file("warehouse")],
      in: test.directory)
    let snapshots = try #require(try JSONValue.parse(text).array)
    let table = try #require(try test.catalog.loadTable(TableIdentifier(namespace: ["py"], name: "t")))
    #expect(snapshots.count >= 4)
    #expect(table.metadata.snapshotIDs == snapshots.compactMap { $0["snapshot"]?.int64 })
    for snapshot in snapshots {
      let expected = snapshot["rows"]?.array ?? []
      let rows = try table.rows(snapshotID: snapshot["snapshot"]?.int64)
      let form = RowText(rows.schema.fields)
      let lines = expected.map { String(decoding: $0.serialized(), as: UTF8.self) }.joined(separator: "\n")
      #expect(rows.rowCount == expected.count)
      #expect(try form.lines(rows) == form.lines(json: Array(lines.utf8)))
    }
    try filters(table)
    try commits(table, test, python)
  }

  /// Filters give what filtering all rows gives, whatever the files' bounds and partitions say.
  private func filters(_ table: Table) throws {
    let all = try table.rows()
    let midnight: Int64 = 1_767_225_600_000_000
    for filter in [
      Expression.equal("day", .date(20_454)), .less("at", .timestamptz(midnight + 86_400_000_000 * 5)), .isNull("text"),
      .greaterOrEqual("n", .long(70)), .equal("n", .long(61)), .equal("text", .text("text é 43")), .isNull("added"),
      .notNull("added"),
      .greater("d", .double(100)), .not(.less("f", .double(20))), .isIn("raw", [.binary([41, 0, 255])]),
    ] {
      let bound = try filter.bound(to: table.metadata.currentSchema)
      let matching = try RowFilter(bound).matchingRows(count: all.rowCount) { id in
        try all.column(table.metadata.currentSchema.field(id: id)?.name ?? "")
      }
      let form = RowText(all.schema.fields)
      #expect(try form.lines(table.rows(filter)) == form.lines(all.gathering(matching)), "\(filter)")
    }
    let plan = try TableScan(table, filter: .equal("day", .date(20_454))).plan()
    #expect(plan.filesSkipped > 0 && plan.files.count < 10)
  }

  /// We append to their table, and they read it.
  private func commits(_ table: Table, _ test: TestCatalog, _ python: Python) throws {
    let last = try table.rows(.equal("id", .long(89)))
    let after = try table.appending(last, test.effects)
    let count = try after.ids().count
    let script = """
      import sys
      from pyiceberg.catalog.sql import SqlCatalog
      table = SqlCatalog("test", uri="sqlite:///" + sys.argv[1]).load_table("py.t")
      print(table.scan().to_arrow().num_rows, table.scan(row_filter="id = 89").to_arrow().num_rows, len(table.snapshots()))
      """
    let text = try python.run(script, [test.directory.file("catalog.sqlite")], in: test.directory)
    #expect(text == "\(count) 2 \(after.metadata.snapshotIDs.count)\n")
  }
}
