import Fixtures
import Columns
import Glibc
import Iceberg
import JSON
import ObjectStore
import Testing

/// Generated tables that we write and PyIceberg reads, and that it writes again and we read: one Python process for all.
@Suite struct GeneratedTablesTests {
  /// Reads each table of the list, prints its rows in the row form of `RowText`, and writes them into a table of its own.
  private static let script = """
    import datetime, decimal, json, sys, uuid
    from pyiceberg.catalog.sql import SqlCatalog
    from pyiceberg.table import StaticTable
    listed, folder = sys.argv[1:3]
    catalog = SqlCatalog("test", uri="sqlite:///" + folder + "/theirs.sqlite", warehouse="file://" + folder + "/theirs")
    catalog.create_namespace("py")
    def plain(value):
        if isinstance(value, datetime.datetime):
            if value.tzinfo is None: return value.strftime("%Y-%m-%dT%H:%M:%S.%f")
            return value.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%f+00:00")
        if isinstance(value, datetime.date): return value.isoformat()
        if isinstance(value, datetime.time): return value.strftime("%H:%M:%S.%f")
        if isinstance(value, bytes): return value.hex()
        if isinstance(value, decimal.Decimal): return format(value, "f")
        if isinstance(value, uuid.UUID): return str(value)
        if isinstance(value, (list, tuple)): return [plain(v) for v in value]
        if isinstance(value, dict): return {k: plain(v) for k, v in value.items()}
        return value
    for number, line in enumerate(open(listed)):
        table = StaticTable.from_metadata(line.strip())
        rows = table.scan().to_arrow()
        with open(f"{folder}/{number}.jsonl", "w") as out:
            for row in rows.to_pylist(): out.write(json.dumps(plain(row)) + "\\n")
        copy = catalog.create_table(f"py.t{number}", schema=table.schema(), partition_spec=table.spec())
        copy.append(rows)
    print("done")
    """

  @Test func tablesGoBothWays() throws {
    guard let python = Python(for: "generated tables read and written again by PyIceberg") else { return }
    let count = getenv("WIKIGUARD_SOAK") == nil ? 250 : 2500
    let test = try TestCatalog(store: LocalObjectStore())
    var tables: [GeneratedTable] = []
    var list = ""
    for seed in 0..<UInt64(count) {
      let generated = try GeneratedTable(seed: seed)
      tables.append(generated)
      var table = try test.catalog.createTable(
        test.identifier("t\(seed)"), TableCreation(schema: generated.schema, spec: generated.spec))
      for batch in generated.batches { table = try table.appending(batch, test.effects) }
      let form = RowText(try generated.schema.columnSchema().fields)
      #expect(try form.lines(table.rows()) == form.lines(generated.rows()), "seed \(seed)")
      list += table.metadataLocation + "\n"
    }
    writeFile(test.directory.file("list"), Array(list.utf8))
    let arguments = [test.directory.file("list"), test.directory.path]
    #expect(try python.run(Self.script, arguments, in: test.directory) == "done\n")
    let theirs = try SQLCatalog(
      path: test.directory.file("theirs.sqlite"), name: "test", warehouse: "file://" + test.directory.file("theirs"),
      store: test.store, clock: test.effects.now, random: test.effects.random)
    for (seed, generated) in tables.enumerated() {
      let form = RowText(try generated.schema.columnSchema().fields)
      let expected = try form.lines(generated.rows())
      let read = try form.lines(json: readFile(test.directory.file("\(seed).jsonl")))
      #expect(
        Self.difference(read, expected) == nil, "seed \(seed): theirs of ours, \(generated.schema.fields.map(\.type))")
      let copy = try #require(try theirs.loadTable(TableIdentifier(namespace: ["py"], name: "t\(seed)")))
      let again = try form.lines(copy.rows())
      #expect(
        Self.difference(again, expected) == nil, "seed \(seed): ours of theirs, \(generated.schema.fields.map(\.type))")
    }
  }

  /// The first row that differs, in both forms.
  private static func difference(_ rows: [String], _ expected: [String]) -> String? {
    if rows == expected { return nil }
    let pair = zip(rows, expected).first { $0 != $1 }
    return pair.map { "\($0.0) instead of \($0.1)" } ?? "\(rows.count) rows instead of \(expected.count)"
  }
}
