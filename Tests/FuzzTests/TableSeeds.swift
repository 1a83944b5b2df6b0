import Avro
import Columns
import Compression
import Fixtures
import FuzzTargets
import Hashing
import Iceberg
import ObjectStore
import Parquet
import Synchronization

/// A table with data files of both formats, position and equality deletes, and bloom filters, as one input for each of some filters.
struct TableSeeds {
  private static let root = "memory://t"
  private static let filters = [
    "id = 3", "name LIKE 'dr%' OR point.x IS NULL", "id IN (1, 99) AND NOT (score > 0.25)",
    "day BETWEEN '2024-10-04' AND '2024-10-05' AND name <> 'eins'",
  ]
  private static let columns = ColumnSchema([
    ColumnField("id", .long, isRequired: true), ColumnField("name", .string), ColumnField("day", .date),
    ColumnField("score", .double), ColumnField("point", .structure([ColumnField("x", .int)])),
  ])
  private static let partition = PartitionValues([.date(20_000)])

  private let store = MemoryObjectStore()
  private let directory = TemporaryDirectory()

  static func files() throws -> [Seed] {
    let seeds = TableSeeds()
    let table = try seeds.table()
    let metadata = try seeds.files(of: table) { $0.contains("/metadata/") }
    let all = try seeds.files(of: table) { _ in true }
    return [Seed(.metadataTables, "deletes", FuzzFiles.pack(metadata))]
      + filters.enumerated().map { position, filter in
        Seed(.scan, "filter-\(position)", FuzzFiles.pack(all + [(name: "filter", bytes: Array(filter.utf8))]))
      }
  }

  /// The newest metadata file first, then the other files that are wanted.
  private func files(of table: Table, _ isWanted: (String) -> Bool) throws -> [(name: String, bytes: [UInt8])] {
    let others = try store.list(prefix: Self.root).map(\.location).filter {
      !$0.hasSuffix(".metadata.json") && !$0.hasSuffix("version-hint.text") && isWanted($0)
    }
    return try ([table.metadataLocation] + others).map { (name: $0, bytes: try store.read($0)) }
  }

  /// One commit: data of both formats, and deletes of rows of it.
  private func table() throws -> Table {
    let generator = Mutex(SplitMix64(seed: 9))
    let random: @Sendable () -> UInt64 = { generator.withLock { $0.next() } }
    let catalog = try SQLCatalog(
      path: directory.file("catalog.sqlite"), name: "seeds", warehouse: Self.root, store: store,
      clock: { 1_700_000_000_000 }, random: random)
    try catalog.createNamespace(["n"])
    let schema = try Schema(columns: Self.columns)
    let spec = try PartitionSpec(schema: schema, by: [(name: "day", transform: .identity)])
    let table = try catalog.createTable(
      TableIdentifier(namespace: ["n"], name: "t"), TableCreation(schema: schema, spec: spec))
    let data = try DataFileWriter(table: table, options: Self.options, random: random)
    try data.write(Self.rows)
    var files = try data.finish()
    files.append(try avro(table))
    let rows = files
    let first = try commit(rows, to: table, random)
    return try commit(
      [positions(in: rows.map(\.path), table), equal(table)], to: first, random)
  }

  private func commit(_ files: [DataFile], to table: Table, _ random: @escaping () -> UInt64) throws -> Table {
    try table.commit(clock: { 1_700_000_000_000 }, random: random) { _, _ in
      var change = SnapshotChange(.append)
      change.added = files
      return .proceed(change)
    }
    .table
  }

  private static let options: DataFileOptions = {
    var options = DataFileOptions()
    (options.parquet.codec, options.parquet.level, options.parquet.pageRows) = (.uncompressed, nil, 4)
    options.parquet.bloomFilterColumns = ["id", "name", "point.x"]
    options.parquet.bloomFilterBytes = 32
    return options
  }()

  private static var rows: ColumnBatch {
    get throws {
      let ids = (0..<10).map { Int64($0) }
      return try ColumnBatch(
        schema: columns,
        columns: [
          .int64(PrimitiveColumn(ids)), .binary(BinaryColumn(ids.map { ["eins", nil, "drei"][Int($0) % 3] })),
          .int32(PrimitiveColumn(ids.map { _ in 20_000 })), .double(PrimitiveColumn(ids.map { Double($0) / 8 })),
          .structure(
            StructColumn(
              columns: [.int32(PrimitiveColumn(ids.map { Int32($0) }, validity: ids.map { $0 % 2 == 0 && $0 != 4 }))],
              count: ids.count, validity: ids.map { $0 != 4 })),
        ])
    }
  }
}

/// Files that the library reads and does not write.
extension TableSeeds {
  private func stored(
    _ bytes: [UInt8], _ name: String, _ table: Table, _ content: DataFile.Content, _ format: FileFormat, rows: Int64
  ) throws -> DataFile {
    let path = table.metadata.location + "/data/" + name
    try store.write(bytes, to: path, mode: .createNew)
    return DataFile(
      content: content, path: path, format: format, partition: Self.partition, recordCount: rows,
      fileSize: Int64(bytes.count), specID: 0)
  }

  private func avro(_ table: Table) throws -> DataFile {
    let schema = #"""
      {"type":"record","name":"r","fields":[{"name":"id","type":"long","field-id":1},
      {"name":"name","type":["null","string"],"field-id":2},
      {"name":"point","type":["null",{"type":"record","name":"p","fields":[{"name":"x","type":["null","int"],"field-id":6}]}],
      "field-id":5}]}
      """#
    var writer = try AvroFileWriter(
      schema: AvroSchema(parsing: Array(schema.utf8)), codec: .null, sync: [UInt8](0..<16))
    for id in 20..<23 {
      let point = AvroValue.record([id == 20 ? .union(0, .null) : .union(1, .int(Int32(id)))])
      try writer.append(
        .record([
          .long(Int64(id)), .union(1, .string("drei")), id == 22 ? .union(0, .null) : .union(1, point),
        ]))
    }
    return try stored(writer.finish(), "rows.avro", table, .data, .avro, rows: 3)
  }

  private func parquet(_ fields: [ParquetField], _ columns: [Column]) throws -> [UInt8] {
    var writer = try ParquetWriter(schema: ParquetSchema(fields: fields), options: Self.options.parquet.withoutBlooms)
    try writer.write(columns)
    _ = try writer.finish()
    var bytes: [UInt8] = []
    try writer.drain { bytes += $0 }
    return bytes
  }

  private func positions(in paths: [String], _ table: Table) throws -> DataFile {
    let fields = [
      ParquetField("file_path", .string, fieldID: 2_147_483_546, isRequired: true),
      ParquetField("pos", .int64, fieldID: 2_147_483_545, isRequired: true),
    ]
    let bytes = try parquet(fields, [.binary(BinaryColumn(paths)), .int64(PrimitiveColumn(paths.map { _ in 1 }))])
    return try stored(bytes, "positions.parquet", table, .positionDeletes, .parquet, rows: Int64(paths.count))
  }

  private func equal(_ table: Table) throws -> DataFile {
    let fields = [ParquetField("id", .int64, fieldID: 1), ParquetField("name", .string, fieldID: 2)]
    let bytes = try parquet(fields, [.int64(PrimitiveColumn([2, 21])), .binary(BinaryColumn(["drei", nil]))])
    var file = try stored(bytes, "equal.parquet", table, .equalityDeletes, .parquet, rows: 2)
    file.equalityIDs = [1, 2]
    return file
  }
}

extension WriterOptions {
  /// The same options for files with other columns.
  fileprivate var withoutBlooms: WriterOptions {
    var options = self
    options.bloomFilterColumns = []
    return options
  }
}
