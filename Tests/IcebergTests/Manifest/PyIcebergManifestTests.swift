import Glibc
import Iceberg
import Testing

/// Manifests and manifest lists that PyIceberg reads from us and writes for us.
struct PyIcebergManifestTests {
  /// Writes a manifest and its list of a format version.
  private static let writing = """
    def write(path, version):
        schema = Schema(NestedField(1, "id", LongType(), required=True), NestedField(2, "name", StringType()),
            NestedField(3, "ts", TimestamptzType()))
        spec = PartitionSpec(PartitionField(3, 1000, DayTransform(), "ts_day"), PartitionField(2, 1001, IdentityTransform(), "name"),
            PartitionField(1, 1002, BucketTransform(8), "id_bucket"), spec_id=0)
        def file(name, rows, *partition):
            return DataFile.from_args(content=DataFileContent.DATA, file_path=name, file_format=FileFormat.PARQUET,
                partition=Record(*partition), record_count=rows, file_size_in_bytes=rows * 100, column_sizes={1: 10, 2: 20},
                value_counts={1: rows, 2: rows}, null_value_counts={2: 1}, nan_value_counts={}, lower_bounds={1: b"\\x00" * 8},
                upper_bounds={1: b"\\x01" * 8}, key_metadata=None, split_offsets=[4, 100], equality_ids=None, sort_order_id=None)
        with write_manifest(version, spec, schema, io.new_output(path + ".m0.avro"), 77, "deflate") as writer:
            writer.add(ManifestEntry.from_args(status=ManifestEntryStatus.ADDED, snapshot_id=77, sequence_number=None,
                file_sequence_number=None, data_file=file("s3://b/a.parquet", 3, 19675, "é", 7)))
            writer.existing(ManifestEntry.from_args(status=ManifestEntryStatus.EXISTING, snapshot_id=5, sequence_number=2,
                file_sequence_number=2, data_file=file("s3://b/b.parquet", 4, None, None, 3)))
            writer.delete(ManifestEntry.from_args(status=ManifestEntryStatus.DELETED, snapshot_id=6, sequence_number=1,
                file_sequence_number=1, data_file=file("s3://b/c.parquet", 5, -1, "", 0)))
        with write_manifest_list(version, io.new_output(path), 77, 76, 9, "null") as list:
            list.add_manifests([writer.to_manifest_file()])

    write(sys.argv[1], int(sys.argv[2]))
    render(sys.argv[1], "")
    """

  private static func render(_ list: [ManifestFile], spec: PartitionSpec, types: [PrimitiveType]) throws -> String {
    var lines: [String] = []
    for manifest in list {
      lines.append(ManifestRendering.line(manifest))
      let entries = try ManifestReader.entries(
        ManifestPython.read(manifest.path), of: manifest, spec: spec, partitionTypes: types)
      lines += entries.map(ManifestRendering.line)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  @Test
  func readsOurs() throws {
    let base = "/tmp/manifests-\(getpid())-ours"
    let paths = [base + ".m0.avro", base + ".m1.avro", base]
    defer { for path in paths { unlink(path) } }
    let (bytes, manifest) = try ManifestSamples.manifest(ManifestTests.mixed, path: paths[0])
    var deletes = ManifestSamples.file("delete", partition: ManifestSamples.nulls)
    deletes.content = .equalityDeletes
    deletes.equalityIDs = [1, 2]
    let (deleteBytes, deleteManifest) = try ManifestSamples.manifest(
      [.added(deletes)], path: paths[1], content: .deletes)
    try ManifestPython.write(bytes, to: paths[0])
    try ManifestPython.write(deleteBytes, to: paths[1])
    let listed = [manifest, deleteManifest.assigned(snapshotID: 17, sequenceNumber: 4)]
    let list = try ManifestList.write(
      listed, snapshotID: 99, parentID: 17, sequenceNumber: 8, sync: ManifestSamples.sync)
    try ManifestPython.write(list, to: base)
    guard
      let theirs = try ManifestPython.run(
        ManifestPython.rendering + ManifestPython.renderingArguments, ["", base],
        without: "PyIceberg has not read our manifests")
    else { return }
    let ours = try Self.render(
      ManifestList.read(list), spec: ManifestSamples.spec, types: ManifestSamples.partitionTypes)
    #expect(theirs == ours)
    #expect(ours.contains("entry 0 11 3 2 0 s3://lake/t/data/c.parquet PARQUET [true -7 1099511627776 1.5 -2.5 -1420"))
  }

  @Test(arguments: [1, 2])
  func writesForUs(version: Int) throws {
    let base = "/tmp/manifests-\(getpid())-v\(version)"
    defer { for path in [base, base + ".m0.avro"] { unlink(path) } }
    guard
      let theirs = try ManifestPython.run(
        ManifestPython.rendering + "\n" + Self.writing, [base, "\(version)"],
        without: "we have not read PyIceberg's manifests")
    else { return }
    let reader = try ManifestReader(ManifestPython.read(base + ".m0.avro"))
    #expect(reader.formatVersion == version)
    let spec = try reader.partitionSpec()
    #expect(spec.fields.map(\.name) == ["ts_day", "name", "id_bucket"])
    let types = try spec.resultTypes(in: [reader.schema()]).map { try #require($0) }
    #expect(types == [.date, .string, .int])
    #expect(try Self.render(ManifestList.read(ManifestPython.read(base)), spec: spec, types: types) == theirs)
  }
}
