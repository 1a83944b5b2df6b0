import Avro
import Columns
import Fixtures
import FuzzTargets
import Hashing
import Iceberg
import ObjectStore
import Synchronization

/// The metadata files of a small table with some history.
enum IcebergSeeds {
  static func files() throws -> [Seed] {
    let store = MemoryObjectStore()
    _ = try table(store)
    var seeds: [Seed] = []
    for object in try store.list(prefix: "memory://seeds/").sorted(by: { $0.location < $1.location }) {
      let name = String(object.location.split(separator: "/").last ?? "")
      let bytes = try store.read(object.location)
      if name.hasSuffix(".metadata.json") { seeds.append(Seed(.metadata, name, bytes)) }
      guard name.hasSuffix(".avro") else { continue }
      seeds.append(Seed(name.hasPrefix("snap-") ? .manifestList : .manifest, name, bytes))
    }
    let avro = kept(seeds, .manifest) + kept(seeds, .manifestList)
    return kept(seeds, .metadata) + avro + (try avro.map(uncompressed))
  }

  /// The same file without a codec: what is changed in a compressed block seldom gets further than the codec.
  private static func uncompressed(_ seed: Seed) throws -> Seed {
    let file = try AvroFileReader(seed.bytes)
    let metadata = file.metadata.filter { !$0.key.hasPrefix("avro.") }
    var writer = try AvroFileWriter(
      schema: file.schema, metadata: metadata, codec: .null, sync: [UInt8](0..<16))
    for record in try file.values() { try writer.append(record) }
    return Seed(seed.target, seed.name + "-uncompressed", try writer.finish())
  }

  /// The first and the last of a kind, called by what they are.
  private static func kept(_ seeds: [Seed], _ target: FuzzTarget) -> [Seed] {
    let all = seeds.filter { $0.target == target }
    return [("first", all.first), ("last", all.last)].compactMap { name, seed in
      seed.map { Seed(target, name, $0.bytes) }
    }
  }

  private static func table(_ store: MemoryObjectStore) throws -> Table {
    let directory = TemporaryDirectory()
    let time = Mutex<Int64>(1_700_000_000_000)
    let generator = Mutex(SplitMix64(seed: 1))
    let clock: @Sendable () -> Int64 = {
      time.withLock {
        $0 += 1000; return $0
      }
    }
    let random: @Sendable () -> UInt64 = { generator.withLock { $0.next() } }
    let catalog = try SQLCatalog(
      path: directory.file("catalog.sqlite"), name: "seeds", warehouse: "memory://seeds", store: store, clock: clock,
      random: random)
    try catalog.createNamespace(["n"])
    let schema = try Schema(columns: columns)
    let spec = try PartitionSpec(
      schema: schema, by: [("day", .identity), ("time", .hour), ("id", .bucket(4)), ("name", .truncate(3))])
    var table = try catalog.createTable(
      TableIdentifier(namespace: ["n"], name: "t"),
      TableCreation(schema: schema, spec: spec, properties: ["owner": "é"]))
    for start in [Int64(0), 3] {
      let writer = try DataFileWriter(table: table, random: random)
      try writer.write(rows(start))
      let files = try writer.finish()
      table = try table.commit(clock: clock, random: random) { _, _ in
        var change = SnapshotChange(.append)
        change.added = files
        change.summary = [("progress", "\(start)")]
        return .proceed(change)
      }.table
    }
    return try table.commit(clock: clock, random: random) { _, _ in
      .update(MetadataUpdate(schemaChanges: [.addColumn(name: "more", type: .double, doc: "later")]))
    }.table
  }

  private static let columns = ColumnSchema([
    ColumnField("id", .long, isRequired: true), ColumnField("name", .string), ColumnField("day", .date),
    ColumnField("time", .timestamptz), ColumnField("score", .double), ColumnField("tags", .list(.string)),
  ])

  private static func rows(_ start: Int64) throws -> ColumnBatch {
    let ids = [start, start + 1, start + 2]
    return try ColumnBatch(
      schema: columns,
      columns: [
        .int64(PrimitiveColumn(ids)), .binary(BinaryColumn(["eins", nil, "drei"])),
        .int32(PrimitiveColumn([20_000, 20_000, 20_001])),
        .int64(PrimitiveColumn(ids.map { 1_728_000_000_000_000 + $0 })), .double(PrimitiveColumn([0.5, .nan, -0.0])),
        .list(ListColumn([["a", "b"], nil, []])),
      ])
  }
}
