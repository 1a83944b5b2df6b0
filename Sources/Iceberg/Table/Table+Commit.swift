import Failures
import Hashing
import ObjectStore

extension Table {
  /// Commits a change, again on fresh metadata when another commit was first.
  ///
  /// - Parameters:
  ///   - retry: how often.
  ///   - clock: milliseconds since 1970-01-01 UTC.
  ///   - random: uniformly random bits, for ids and file names.
  ///   - willWriteMetadata: told the location of each metadata file before it is written, so that one that a kill leaves behind can
  ///     be deleted.
  ///   - decide: what to do, given the metadata that the attempt (counted from 1) would replace.
  /// - Throws: `.conflict` when retries are used up or a file to remove is gone; `.commitStateUnknown`, with everything left as it
  ///   is; what `decide` gave to abandon with; `.notFound` when the table was dropped; `.unsupported` for a table of another format
  ///   version. After any failure but the unknown one the commit's own manifests and metadata are deleted, data files are not.
  public func commit(
    retry: RetryPolicy = RetryPolicy(), clock: () -> Int64, random: () -> UInt64,
    willWriteMetadata: (String) throws -> Void = { _ in },
    decide: (_ base: TableMetadata, _ attempt: Int) throws -> AttemptDecision
  ) throws -> CommitResult {
    try withoutActuallyEscaping(clock) { clock in
      try withoutActuallyEscaping(random) { random in
        try withoutActuallyEscaping(willWriteMetadata) { willWriteMetadata in
          try within("committing to table \(identifier)") {
            var loop = CommitLoop(
              self, retry: retry, clock: clock, random: random, willWriteMetadata: willWriteMetadata)
            return try loop.run(decide)
          }
        }
      }
    }
  }

  /// Writes a manifest of files that a later commit adds (`SnapshotChange.addedManifests`), perhaps in another process. Its entries
  /// inherit snapshot and sequence number from that commit. All files must have the same partition spec.
  public func writeManifest(_ files: [DataFile], random: () -> UInt64) throws -> ManifestFile {
    guard let specID = files.first?.specID, files.allSatisfy({ $0.specID == specID }) else {
      throw Failure.invalidArgument("a manifest needs files, all of one partition spec")
    }
    try metadata.checkWritable()
    let commitID = UUID(randomHigh: random(), randomLow: random())
    let path = TableLayout.manifest(of: metadata.location, commit: commitID.description, number: 0)
    return try within("table \(identifier)") {
      try ManifestStore(metadata, store).write(
        files.map(ManifestEntry.added), specID: specID, to: path, sync: commitID.bytes)
    }
  }

  /// The entries of a manifest of this table, prepared or committed.
  public func entries(of manifest: ManifestFile) throws -> [ManifestEntry] {
    try within("table \(identifier)") { try ManifestStore(metadata, store).entries(of: manifest) }
  }

  /// Tells readers without a catalog which metadata is the newest. They read the text verbatim, so it has no line end; it may lag
  /// behind, so that a failure is none of the commit's.
  func writeVersionHint() {
    guard let name = metadataLocation.split(separator: "/").last, name.hasSuffix(".metadata.json") else { return }
    let stem = name.dropLast(".metadata.json".count)
    try? store.write(Array(stem.utf8), to: TableLayout.versionHint(of: metadata.location), mode: .replace)
  }

  /// Deletes the metadata files that the log named before the commit and names no more, where the table's properties want it.
  func deleteForgottenMetadata(of base: TableMetadata) {
    guard metadata.properties["write.metadata.delete-after-commit.enabled"] == "true" else { return }
    let kept = Set(metadata.earlierFiles)
    try? store.delete(base.earlierFiles.filter { !kept.contains($0) })
  }
}
