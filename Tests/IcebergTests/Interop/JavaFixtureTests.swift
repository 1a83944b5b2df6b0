import Columns
import Failures
import Iceberg
import JSON
import ObjectStore
import Testing

/// Tables that Java's Iceberg 1.10 wrote (not part of the package; see their README for how), each with its expected rows. What lies
/// outside our scope must be refused: never wrong rows.
@Suite struct JavaFixtureTests {
  /// What of the failure's text tells why a table is refused; beside those that the index marks.
  static let refused: [String: String] = ["types_all_orc": "data files of format ORC"]

  @Test func everyFixtureIsReadOrRefused() throws {
    guard let root = SharedKit.directory("kit/iceberg-java/fixtures", for: "tables written by Java") else { return }
    let store = MovedStore(prefix: "/wikiguard-fixtures", directory: root)
    let index = try JSONValue.parse(LocalObjectStore().read(root + "/index.json"))
    let tables = try #require(index.array)
    #expect(tables.count >= 40)
    for entry in tables {
      let name = try #require(entry["name"]?.string)
      do {
        try check(entry, name, root, store)
      } catch {
        Issue.record("\(name): \(error)")
      }
    }
  }

  @Test func everyFolderHasACase() throws {
    guard let root = SharedKit.directory("kit/iceberg-java/fixtures", for: "folders written by Java") else { return }
    let index = try JSONValue.parse(LocalObjectStore().read(root + "/index.json"))
    let listed = Set((index.array ?? []).compactMap { $0["dir"]?.string })
    let found = try LocalObjectStore().list(prefix: root + "/").compactMap { object -> String? in
      let parts = (object.location.split(separator: "/fixtures/").last ?? "").split(separator: "/")
      return parts.count > 2 ? parts.prefix(2).joined(separator: "/") : nil
    }
    #expect(Set(found) == listed)
  }

  private func check(_ entry: JSONValue, _ name: String, _ root: String, _ store: MovedStore) throws {
    let directory = root + "/" + (entry["dir"]?.string ?? "")
    let metadata = directory + "/" + (entry["metadata"]?.string ?? "")
    if let reason = entry["refused"]?.string ?? Self.refused[name] {
      let failure = #expect(throws: Failure.self, "\(name)") {
        try TableScan(Table(metadataFile: metadata, store: store)).readAll { _ in }
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
    let scan =
      if let ref = expect["ref"]?.string {
        try TableScan(table, ref: ref)
      } else {
        try TableScan(table, snapshotID: expect["snapshot"]?.int64)
      }
    var rows = ColumnBatch(empty: scan.columns)
    try scan.readAll { try rows.append(contentsOf: $0.rows) }
    let text = RowText(rows.schema.fields)
    let file = directory + "/" + (expect["rows"]?.string ?? "")
    let lines = try LocalObjectStore().read(file)
    let expected = try text.lines(json: lines)
    #expect(expected.count == expect["count"]?.int, "\(name)")
    #expect(text.lines(rows) == expected, "\(name) \(expect)")
    if let first = lines.split(separator: UInt8(ascii: "\n")).first, let row = try JSONValue.parse(Array(first)).object
    {
      #expect(row.members.map(\.key).sorted() == rows.schema.fields.map(\.name).sorted(), "\(name): every column")
    }
  }
}
