import Failures
import Glibc
import Iceberg
import Testing

/// Manifests that Java's Iceberg 1.10 wrote: every type and transform, format versions 1 to 3, all codecs, delete files,
/// evolved partition specs. The fixtures are not part of the package.
struct JavaManifestTests {
  private static let prefixes = ["file:///wikiguard-fixtures", "file:/wikiguard-fixtures"]

  private static let root: String = {
    if let shared = getenv("WIKIGUARD_SHARED") { return String(cString: shared) + "/kit/iceberg-java/fixtures" }
    let package = #filePath.split(separator: "/").dropLast(4).map { "/" + $0 }.joined()
    return package + "/../shared/kit/iceberg-java/fixtures"
  }()

  /// The manifest lists below the fixtures, sorted.
  private static func lists() -> [String] {
    var found = glob_t()
    defer { globfree(&found) }
    guard glob(root + "/*/*/metadata/snap-*.avro", 0, nil, &found) == 0 else {
      print("skipped: no Java fixtures at \(root)")
      return []
    }
    return (0..<Int(found.gl_pathc)).compactMap { found.gl_pathv[$0].map { String(cString: $0) } }
  }

  /// Where a manifest lies here; nil where it was expired.
  private static func local(_ path: String) -> String? {
    guard let prefix = prefixes.first(where: { path.hasPrefix($0) }) else { return nil }
    let local = root + path.dropFirst(prefix.count)
    return access(local, R_OK) == 0 ? local : nil
  }

  private static func isVersion3(_ list: String) -> Bool { list.contains("/v3") }

  @Test
  func areReadAndDescribedAsJavaDoes() throws {
    var count = 0
    for list in Self.lists() where !Self.isVersion3(list) {
      for manifest in try ManifestList.read(ManifestPython.read(list)) {
        guard let path = Self.local(manifest.path) else { continue }
        try check(manifest, ManifestPython.read(path))
        count += 1
      }
    }
    #expect(count == 0 || count > 150, "\(count)")
  }

  /// Reads a manifest, and writes its entries again: counts and summaries must be those that Java listed.
  private func check(_ manifest: ManifestFile, _ bytes: [UInt8]) throws {
    #expect(Int64(bytes.count) == manifest.length)
    let reader = try ManifestReader(bytes)
    let spec = try reader.partitionSpec()
    let schema = try reader.schema()
    #expect(spec.id == manifest.specID)
    let types = spec.resultTypes(in: [schema])
    let entries = try reader.entries(inheriting: manifest, spec: spec, partitionTypes: types)
    var writer = try ManifestWriter(
      schema: schema, spec: spec, partitionTypes: types, content: manifest.content, sync: ManifestSamples.sync)
    for entry in entries { try writer.append(Self.asWritten(entry)) }
    let (again, described) = try writer.finish(path: manifest.path)
    #expect(described.addedFilesCount == manifest.addedFilesCount)
    #expect(described.existingFilesCount == manifest.existingFilesCount)
    #expect(described.deletedFilesCount == manifest.deletedFilesCount)
    #expect(described.addedRowsCount == manifest.addedRowsCount)
    #expect(described.existingRowsCount == manifest.existingRowsCount)
    #expect(described.deletedRowsCount == manifest.deletedRowsCount)
    #expect(described.partitions?.map(Self.comparable) == manifest.partitions?.map(Self.comparable), "\(manifest.path)")
    let reread = try ManifestReader.entries(again, of: manifest, spec: spec, partitionTypes: types)
    #expect(reread == entries)
  }

  /// The entry before it inherited anything.
  private static func asWritten(_ entry: ManifestEntry) -> ManifestEntry {
    guard entry.status == .added else { return entry }
    var entry = entry
    (entry.snapshotID, entry.sequenceNumber, entry.fileSequenceNumber) = (nil, nil, nil)
    return entry
  }

  /// Java says of every type that it contains no NaN; we of floating-point types only.
  private static func comparable(_ summary: FieldSummary) -> FieldSummary {
    var summary = summary
    if summary.containsNaN == false { summary.containsNaN = nil }
    return summary
  }

  @Test
  func ofVersion3AreRefused() throws {
    for list in Self.lists() where Self.isVersion3(list) {
      for manifest in try ManifestList.read(ManifestPython.read(list)) {
        let path = try #require(Self.local(manifest.path))
        let failure = #expect(throws: Failure.self) { try ManifestReader(ManifestPython.read(path)) }
        #expect(failure?.kind == .unsupported)
      }
    }
  }

  @Test
  func areReadAsPyIcebergReadsThem() throws {
    let lists = Self.lists().filter { !Self.isVersion3($0) }
    guard !lists.isEmpty,
      let theirs = try ManifestPython.run(
        ManifestPython.rendering + ManifestPython.renderingArguments, [Self.root] + lists,
        without: "Java's manifests were not compared with PyIceberg's reading")
    else { return }
    var ours: [String] = []
    for list in lists {
      for var manifest in try ManifestList.read(ManifestPython.read(list)) {
        guard let path = Self.local(manifest.path) else { continue }
        manifest.path = path
        ours.append(ManifestRendering.line(manifest))
        let reader = try ManifestReader(ManifestPython.read(path))
        let spec = try reader.partitionSpec()
        let entries = try reader.entries(
          inheriting: manifest, spec: spec, partitionTypes: spec.resultTypes(in: [reader.schema()]))
        ours += entries.map(ManifestRendering.line)
      }
    }
    for (mine, other) in zip(ours, theirs.split(separator: "\n")) { #expect(mine == other) }
    #expect(ours.count == theirs.split(separator: "\n").count)
  }
}
