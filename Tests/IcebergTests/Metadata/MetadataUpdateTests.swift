import Fixtures
import Failures
import Iceberg
import JSON
import ObjectStore
import Testing

/// What a commit does to metadata that another program wrote.
@Suite struct MetadataUpdateTests {
  /// A table registered from the text of `TableMetadataTests`, whose unknown members must survive.
  private static func register(_ test: TestCatalog, _ text: String = TableMetadataTests.text) throws -> Table {
    let location = "file://" + test.directory.file("warehouse/t/metadata/v7.metadata.json")
    let moved = text.split(separator: "s3://bucket/test/location/").joined(
      separator: "file://" + test.directory.file("warehouse/t"))
    try test.store.write(Array(moved.utf8), to: location, mode: .createNew)
    return try test.catalog.registerTable(test.identifier("t"), metadataLocation: location)
  }

  @Test func whatIsNotChangedIsCopiedAsBytes() throws {
    let test = try TestCatalog()
    let base = try Self.register(test)
    let update = MetadataUpdate(setProperties: ["b": "2", "a": "1"])
    let result = try base.commit(clock: test.effects.now, random: test.effects.random) { _, _ in .update(update) }
    #expect(result.snapshot == nil)
    let (before, after) = (
      try #require(try JSONValue.parse(base.metadata.bytes).object),
      try #require(try JSONValue.parse(result.table.metadata.bytes).object)
    )
    #expect(after.keys == before.keys, "members keep their order")
    let changed = Set(["properties", "last-updated-ms", "metadata-log"])
    for key in before.keys where !changed.contains(key) { #expect(after[key] == before[key], "\(key)") }
    let text = String(decoding: result.table.metadata.bytes, as: UTF8.self)
    #expect(text.contains(#""x-snapshot":"é \u00e9""#), "escapes stay as they were written")
    #expect(text.contains(#""x-top":{"deep":[1.50,1e2]}"#))
    #expect(after["properties"] == ["read.split.target.size": "134217728", "a": "1", "b": "2"])
    #expect(
      after["metadata-log"]?.array?.last
        == ["timestamp-ms": 1_602_638_573_590, "metadata-file": .string(base.metadataLocation)])
    #expect(result.table.metadataLocation.contains("/metadata/00008-"), "numbers go on from v7")
  }

  @Test func propertiesAreRemovedAndReservedOnesRefused() throws {
    let test = try TestCatalog()
    let base = try Self.register(test)
    let removed = try base.commit(clock: test.effects.now, random: test.effects.random) { _, _ in
      .update(MetadataUpdate(removeProperties: ["read.split.target.size", "absent"]))
    }
    #expect(removed.table.metadata.properties.isEmpty)
    let failure = #expect(throws: Failure.self) {
      try base.commit(clock: test.effects.now, random: test.effects.random) { _, _ in
        .update(MetadataUpdate(setProperties: ["format-version": "3"]))
      }
    }
    #expect(failure?.kind == .invalidArgument)
  }

  @Test(arguments: [true, false]) func metadataLogIsTrimmed(isDeleted: Bool) throws {
    let test = try TestCatalog()
    var table = try test.makeTable(properties: [
      "write.metadata.previous-versions-max": "3", "write.metadata.delete-after-commit.enabled": "\(isDeleted)",
    ])
    for number in 0..<6 {
      table = try table.commit(clock: test.effects.now, random: test.effects.random) { _, _ in
        .update(MetadataUpdate(setProperties: ["n": "\(number)"]))
      }
      .table
    }
    let log = try JSONValue.parse(table.metadata.bytes)["metadata-log"]?.array ?? []
    #expect(log.count == 3)
    #expect(log.last?["metadata-file"]?.string?.contains("/00005-") == true)
    let files = try test.metadataFiles(of: table).filter { $0.hasSuffix(".metadata.json") }
    #expect(files.count == (isDeleted ? 4 : 7), "files go only where the table wants it")
  }

  @Test func timeDoesNotGoBack() throws {
    let test = try TestCatalog()
    let table = try test.makeTable()
    let result = try table.commit(clock: { 5 }, random: test.effects.random) { _, _ in .proceed(SnapshotChange(.append))
    }
    #expect(result.table.metadata.lastUpdatedMilliseconds == table.metadata.lastUpdatedMilliseconds)
    #expect(result.snapshot?.timestampMilliseconds == table.metadata.lastUpdatedMilliseconds)
  }

  @Test func versionOneIsNotWritten() throws {
    let test = try TestCatalog()
    let text = TableMetadataTests.text.split(separator: "\"format-version\":2").joined(
      separator: "\"format-version\":1")
    let table = try Self.register(test, text)
    let before = try test.store.list(prefix: "").map(\.location)
    let file = DataFile(path: "file:///x", partition: .empty, recordCount: 1, fileSize: 1, specID: 0)
    let attempts: [() throws -> Void] = [
      {
        _ = try table.commit(clock: test.effects.now, random: test.effects.random) { _, _ in
          var change = SnapshotChange(.append)
          change.added = [file]
          return .proceed(change)
        }
      },
      {
        _ = try table.commit(clock: test.effects.now, random: test.effects.random) { _, _ in
          .update(MetadataUpdate(setProperties: ["format-version-of-mine": "2"]))
        }
      }, { _ = try DataFileWriter(table: table, random: test.effects.random) },
      { _ = try table.writeManifest([file], random: test.effects.random) },
    ]
    for attempt in attempts {
      let failure = #expect(throws: Failure.self) { try attempt() }
      #expect(failure?.kind == .unsupported)
      #expect(
        failure?.description.hasSuffix("format-version 1 of the table is read, not written; version 2 is") == true)
    }
    #expect(try test.store.list(prefix: "").map(\.location) == before, "nothing was written")
  }

  @Test func schemaChanges() throws {
    let test = try TestCatalog()
    let table = try Self.register(test)
    func change(_ table: Table, _ changes: [SchemaChange]) throws -> Table {
      try table.commit(clock: test.effects.now, random: test.effects.random) { _, _ in
        .update(MetadataUpdate(schemaChanges: changes))
      }
      .table
    }
    let changed = try change(
      table,
      [
        .addColumn(name: "tags", type: .list(ListType(elementID: 0, element: .string)), doc: "new"),
        .renameColumn(from: "z", to: "zed"), .widen("zed", to: .long),
      ])
    let schema = changed.metadata.currentSchema
    #expect(schema.id == 2 && changed.metadata.schemas.count == 3)
    #expect(schema.fields.map(\.id) == [1, 2, 3, 4] && schema.fields.map(\.name) == ["x", "y", "zed", "tags"])
    #expect(schema.fields[3].type == .list(ListType(elementID: 5, element: .string)))
    #expect(changed.metadata.lastColumnID == 5)
    #expect(String(decoding: schema.json.serialized(), as: UTF8.self).contains(#""x-field":1"#))
    let dropped = try change(changed, [.dropColumn("tags")])
    #expect(dropped.metadata.lastColumnID == 5, "ids are not used again")
    let back = try change(dropped, [.addColumn(name: "tags", type: .string)])
    #expect(back.metadata.currentSchema.field(named: "tags")?.id == 6)
    for wrong: SchemaChange in [
      .dropColumn("x"), .dropColumn("y"), .makeOptional("x"), .widen("x", to: .int), .renameColumn(from: "q", to: "r"),
      .renameColumn(from: "y", to: "x"), .addColumn(name: "x", type: .int),
    ] {
      #expect(throws: Failure.self, "\(wrong)") { _ = try change(back, [wrong]) }
    }
  }

  /// Numbers at their end must not trap.
  @Test(arguments: [
    ("\"last-sequence-number\":34", "\"last-sequence-number\":9223372036854775807"),
    ("\"last-column-id\":3", "\"last-column-id\":2147483647"),
    ("\"schema-id\":0", "\"schema-id\":2147483647"),
  ]) func numbersThatAreUsedUp(old: String, new: String) throws {
    let test = try TestCatalog()
    let text = TableMetadataTests.text.split(separator: old, maxSplits: 1).joined(separator: new)
    let table = try Self.register(test, text)
    let failure = #expect(throws: Failure.self) {
      try table.commit(clock: test.effects.now, random: test.effects.random) { base, _ in
        base.lastSequenceNumber == .max
          ? .proceed(SnapshotChange(.append))
          : .update(MetadataUpdate(schemaChanges: [.addColumn(name: "new", type: .long)]))
      }
    }
    #expect(failure?.kind == .limitExceeded)
  }
}
