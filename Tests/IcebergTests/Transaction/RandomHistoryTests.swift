import Columns
import Failures
import Fixtures
import Hashing
import Iceberg
import ObjectStore
import Testing

/// Random histories of a table, compared after every step with a plain model in memory.
@Suite struct RandomHistoryTests {
  @Test(arguments: 0..<200) func history(seed: UInt64) throws {
    var history = try RandomHistory(seed: seed, store: MemoryObjectStore())
    for _ in 0..<8 {
      try history.step()
      try history.compare()
    }
    try history.compareAtEnd()
  }

  @Test func pyIcebergReadsThem() throws {
    guard let python = Python(for: "random histories read by PyIceberg") else { return }
    for seed in UInt64(1000)..<1006 {
      var history = try RandomHistory(seed: seed, store: LocalObjectStore())
      for _ in 0..<10 { try history.step() }
      let text = try python.run(Self.script, [history.table.metadataLocation], in: history.test.directory)
      let form = try RowText(history.table.metadata.currentSchema.columnSchema().fields)
      let (theirs, ours) = try (
        form.lines(json: Array(text.utf8)), form.lines(Self.withoutNullLists(history.expected()))
      )
      #expect(theirs.count == ours.count)
      let difference = Set(theirs).symmetricDifference(ours).sorted()
      #expect(difference.isEmpty, "seed \(seed): \(difference.prefix(2))")
    }
  }

  /// PyIceberg reads a null list of structures as an empty one.
  private static func withoutNullLists(_ batch: ColumnBatch) throws -> ColumnBatch {
    let columns = zip(batch.schema.fields, batch.columns).map { field, column in
      guard case .list(let list) = column, case .list(.structure) = field.type else { return column }
      return .list(ListColumn(offsets: list.offsets, elements: list.elements))
    }
    return try ColumnBatch(schema: batch.schema, columns: columns)
  }

  static let script = """
    import datetime, decimal, json, sys, uuid
    from pyiceberg.table import StaticTable
    def plain(v):
        if isinstance(v, dict): return {k: plain(x) for k, x in v.items()}
        if isinstance(v, tuple): return [plain(x) for x in v]
        if isinstance(v, list): return [plain(x) for x in v]
        if isinstance(v, datetime.datetime):
            text = v.replace(tzinfo=None).strftime("%Y-%m-%dT%H:%M:%S.%f")
            return text if v.tzinfo is None else text + "+00:00"
        if isinstance(v, datetime.date): return v.isoformat()
        if isinstance(v, datetime.time): return v.strftime("%H:%M:%S.%f")
        if isinstance(v, (decimal.Decimal, uuid.UUID)): return str(v)
        if isinstance(v, bytes): return v.hex()
        return v
    for row in StaticTable.from_metadata(sys.argv[1]).scan().to_arrow().to_pylist():
        print(json.dumps({k: plain(v) for k, v in row.items()}))
    """
}
