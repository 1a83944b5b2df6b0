internal import Failures
internal import SQLite
internal import Synchronization

/// The segments that a process knows of and has open for reading. Other processes add and drop segments meanwhile.
final class SegmentReaders: Sendable {
  private struct Known {
    /// By directory; behind the truth once the last one is sealed or one is dropped.
    var listings: [String: [SegmentFile]] = [:]
    /// By path.
    var open: [String: Segment] = [:]
  }

  private let logID: String
  private let known = Mutex(Known())

  private static let openSegments = 8

  init(logID: String) { self.logID = logID }

  /// The partition's segments as they were when they were last looked at.
  func lastListing(_ partition: LogPartition) throws -> [SegmentFile] {
    if let listing = known.withLock({ $0.listings[partition.directory] }) { return listing }
    return try listing(partition)
  }

  /// The partition's segments, looked at now.
  func listing(_ partition: LogPartition) throws -> [SegmentFile] {
    let segments = try partition.segments()
    let paths = Set(segments.map(\.path))
    known.withLock { known in
      known.listings[partition.directory] = segments
      // What was dropped is to be given back to the file system.
      known.open = known.open.filter {
        paths.contains($0.key) || $0.value.file.partition.directory != partition.directory
      }
    }
    return segments
  }

  /// A segment opened for reading.
  func segment(_ file: SegmentFile) throws -> Segment {
    if let segment = known.withLock({ $0.open[file.path] }) { return segment }
    let segment = try Segment(file, logID: logID, options: .reader)
    known.withLock { known in
      if known.open.count >= Self.openSegments { known.open.removeAll() }
      known.open[file.path] = segment
    }
    return segment
  }

  func forget(_ file: SegmentFile) {
    known.withLock { $0.open[file.path] = nil }
  }

  /// Calls `body` with the partition's segments, again when one of them was dropped beneath it.
  func withListing<Result>(_ partition: LogPartition, _ body: ([SegmentFile]) throws -> Result) throws -> Result {
    for _ in 1..<Self.listings {
      do { return try body(try listing(partition)) } catch let failure as Failure where failure.kind == .notFound {
        continue
      }
    }
    return try body(try listing(partition))
  }

  /// It takes bad luck for a segment to be dropped between the listing and the opening once.
  private static let listings = 8

  /// Records of `[from, to)`, of which there may be more; only ever empty if there are none.
  func fetch(_ partition: LogPartition, from: Int64, to: Int64, maxBytes: Int) throws -> LogRecords {
    if let records = try? fetch(lastListing(partition), from: from, to: to, maxBytes: maxBytes), records.count > 0 {
      return records
    }
    // None, a segment was dropped, or there is damage: with a fresh list it is certain.
    return try withListing(partition) { try fetch($0, from: from, to: to, maxBytes: maxBytes) }
  }

  private func fetch(_ segments: [SegmentFile], from: Int64, to: Int64, maxBytes: Int) throws -> LogRecords {
    var assembler = RecordAssembler()
    let start = segments.lastIndex { $0.first <= from } ?? 0
    for file in segments.dropFirst(start) where file.first < to {
      if try segment(file).read(from: from, to: to, maxBytes: maxBytes, into: &assembler) { break }
    }
    return assembler.records()
  }
}
