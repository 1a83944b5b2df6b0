import Fixtures
import Columns
import Iceberg
import JSON
import ObjectStore
import Testing

/// Tables that we wrote, read by other engines.
@Suite struct OurTablesElsewhereTests {
  /// Prints, for each engine that is installed, the rows, the sum of ids and the days of the table; and what PyIceberg makes of the
  /// catalog and the metadata.
  static let script = """
    import json, sys
    path, warehouse, metadata, table_dir = sys.argv[1:5]
    from pyiceberg.catalog.sql import SqlCatalog
    catalog = SqlCatalog("test", uri="sqlite:///" + path, warehouse=warehouse)
    table = catalog.load_table("ns.t")
    out = {"tables": [".".join(t) for t in catalog.list_tables("ns")],
           "namespaces": [".".join(n) for n in catalog.list_namespaces()],
           "properties": table.properties, "snapshots": [s.snapshot_id for s in table.snapshots()],
           "sequence": [s.sequence_number for s in table.snapshots()],
           "entries": table.inspect.entries().num_rows,
           "null_ids": table.inspect.entries().column("snapshot_id").null_count,
           "log": len(table.metadata.metadata_log)}
    arrow = table.scan().to_arrow()
    reads = {"pyiceberg": arrow}
    out["filtered"] = table.scan(row_filter="id >= 200 and id < 260").to_arrow().num_rows
    import duckdb
    connection = duckdb.connect()
    import glob, importlib
    for name in ["avro", "iceberg"]:
        folder = importlib.import_module("duckdb_extension_" + name).__path__[0]
        connection.execute("load '" + glob.glob(folder + "/extensions/*/*.duckdb_extension")[0] + "'")
    reads["duckdb"] = connection.execute(f"select * from iceberg_scan('{metadata}')").to_arrow_table()
    reads["duckdb by hint"] = connection.execute(f"select * from iceberg_scan('{table_dir}')").to_arrow_table()
    import polars
    reads["polars"] = polars.scan_iceberg(metadata).collect().to_arrow()
    import os
    os.chdir(table_dir.removeprefix("file://"))  # chdb reads only below the working directory
    import chdb
    got = chdb.query(f"select count(), sum(id) from icebergLocal('.')", "CSV")
    out["chdb"] = str(got).strip()
    import pyarrow.compute as pc
    out["reads"] = {name: [t.num_rows, pc.sum(t.column("id")).as_py(), t.column("label").null_count,
                           sorted(set(map(str, t.column("day").to_pylist())))] for name, t in reads.items()}
    print(json.dumps(out))
    """

  /// A table with everything: several commits, a prepared manifest, an overwrite, merged manifests, changed columns.
  static func makeTable(_ test: TestCatalog) throws -> Table {
    let effects = test.effects
    var table = try test.makeTable(properties: ["commit.manifest.min-count-to-merge": "2", "owner": "us"])
    for start in stride(from: Int64(0), to: 300, by: 100) {
      table = try table.appending(Rows.batch(start..<start + 100), effects)
    }
    let prepared = try table.writeManifest(table.writing(Rows.batch(300..<400), effects), random: effects.random)
    let manifest = try ManifestFile(json: prepared.json)
    table = try table.commit(clock: effects.now, random: effects.random) { _, _ in
      var change = SnapshotChange(.append)
      change.addedManifests = [manifest]
      change.update.setProperties = ["wikiguard.progress": "{}"]
      return .proceed(change)
    }
    .table
    let removed = try TableScan(table, filter: .equal("day", .date(Rows.day(150)))).plan().files
    let added = try table.writing(Rows.batch(100..<110), effects)
    return try table.commit(clock: effects.now, random: effects.random) { _, _ in
      var change = SnapshotChange(.overwrite)
      change.removed = removed
      change.added = added
      change.update.schemaChanges = [
        .renameColumn(from: "name", to: "label"),
        .addColumn(name: "extra", type: .list(ListType(elementID: 0, element: .string))),
      ]
      return .proceed(change)
    }
    .table
  }

  @Test func everyEngineReadsTheSameRows() throws {
    guard let python = Python(for: "tables read by PyIceberg, DuckDB, Polars and chdb") else { return }
    let test = try TestCatalog(store: LocalObjectStore())
    let table = try Self.makeTable(test)
    let text = try python.run(
      Self.script,
      [
        test.directory.file("catalog.sqlite"), "file://" + test.directory.file("warehouse"), table.metadataLocation,
        table.metadata.location,
      ], in: test.directory)
    let out = try JSONValue.parse(text)
    let ids = try table.ids()
    #expect(ids == Array(0..<110) + Array(200..<400))
    let sum = ids.reduce(0, +)
    #expect(out["tables"] == ["ns.t"])
    #expect(out["namespaces"] == ["ns"])
    #expect(out["properties"]?["owner"] == "us")
    #expect(out["properties"]?["wikiguard.progress"] == "{}")
    #expect(out["snapshots"]?.array?.compactMap(\.int64) == table.metadata.snapshotIDs)
    #expect(out["sequence"] == [1, 2, 3, 4, 5])
    #expect(out["null_ids"] == 0)
    #expect(out["log"] == 5)
    #expect(out["filtered"] == 60)
    #expect(out["chdb"]?.string == "\(ids.count),\(sum)")
    let nulls = ids.filter { Rows.name($0) == nil }.count
    for (engine, read) in out["reads"]?.object?.members ?? [] {
      #expect(read[0]?.int == ids.count, "\(engine)")
      #expect(read[1]?.int64 == sum, "\(engine)")
      #expect(read[2]?.int == nulls, "\(engine)")
      #expect(read[3] == ["2024-10-04", "2024-10-05", "2024-10-06", "2024-10-07"], "\(engine)")
    }
    #expect(out["reads"]?.object?.count == 4)
  }
}
