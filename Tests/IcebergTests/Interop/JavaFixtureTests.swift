import Columns
import Failures
import Iceberg
import JSON
import ObjectStore
import Testing

/// Tables that Java's Iceberg 1.10 wrote (not part of the package; see their README for how), each with its expected rows. What lies
/// outside our scope must be refused: never wrong rows.
@Suite struct JavaFixtureTests {
  /// Why a table of the fixtures is refused as a whole.
  static let refused: [String: String] = [
    "v3": "format-version 3", "v3_dv": "format-version 3", "types_all_avro": "data files of format AVRO",
    "types_all_orc": "data files of format ORC", "pos_deletes": "delete file", "pos_deletes_file": "delete file",
    "eq_deletes": "delete file", "eq_deletes_part": "delete file", "eq_deletes_evo": "delete file",
    "eq_deletes_dropped": "delete file", "part_evo": "delete file", "maintained": "delete file",
  ]

  @Test func everyFixtureIsReadOrRefused() throws {
    guard let root = SharedKit.directory("kit/iceberg-java/fixtures", for: "tables written by Java") else { return }
    let store = MovedStore(prefix: "/wikiguard-fixtures", directory: root)
    let index = try JSONValue.parse(LocalObjectStore().read(root + "/index.json"))
    let tables = try #require(index.array)
    #expect(tables.count >= 37)
    for entry in tables { try check(entry, root, store) }
  }

  private func check(_ entry: JSONValue, _ root: String, _ store: MovedStore) throws {
    let name = try #require(entry["name"]?.string)
    let directory = root + "/" + (entry["dir"]?.string ?? "")
    let metadata = directory + "/" + (entry["metadata"]?.string ?? "")
    if let reason = Self.refused[name] {
      let failure = #expect(throws: Failure.self, "\(name)") {
        let table = try Table(metadataFile: metadata, store: store)
        try TableScan(table, columns: readable(table.metadata.currentSchema)).readAll { _ in }
      }
      #expect(failure?.kind == .unsupported, "\(name): \(failure?.description ?? "")")
      #expect(failure?.description.contains(reason) == true, "\(name): \(failure?.description ?? "")")
      return
    }
    let table = try Table(metadataFile: metadata, store: store)
    for expect in entry["expect"]?.array ?? [] {
      try compare(table, name, expect, directory)
    }
  }

  private func compare(_ table: Table, _ name: String, _ expect: JSONValue, _ directory: String) throws {
    let snapshotID = expect["snapshot"]?.int64 ?? expect["ref"]?.string.flatMap { table.metadata.refs[$0]?.snapshotID }
    let schema = try snapshotID.flatMap { try table.metadata.snapshot($0) }.map { snapshot in
      snapshot.id == table.metadata.currentSnapshotID
        ? table.metadata.currentSchema : table.metadata.schema(of: snapshot)
    }
    let columns = readable(schema ?? table.metadata.currentSchema)
    let rows = try table.rows(columns: columns, snapshotID: snapshotID)
    let text = RowText(rows.schema.fields)
    let file = directory + "/" + (expect["rows"]?.string ?? "")
    let expected = try text.lines(json: LocalObjectStore().read(file))
    #expect(expected.count == expect["count"]?.int, "\(name)")
    #expect(text.lines(rows) == expected, "\(name) \(expect)")
  }

  /// The columns that batches can hold.
  private func readable(_ schema: Schema) -> [String] {
    schema.fields.filter { $0.type.columnType != nil }.map(\.name)
  }
}
