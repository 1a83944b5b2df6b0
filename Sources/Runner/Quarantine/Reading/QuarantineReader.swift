import Columns
import Failures
import Iceberg
import Pipeline

/// Reads the quarantine tables for a person. Changes nothing.
public struct QuarantineReader {
  private let workspace: Workspace

  /// A reader of a workspace's tables.
  public init(workspace: Workspace) { self.workspace = workspace }

  /// The newest `limit` rows of a selection over `layers`, and the counts of all of it.
  ///
  /// Holds at most twice as many rows, and no record.
  public func list(_ layers: [JobName], _ selection: QuarantineSelection, limit: Int) throws -> QuarantineListing {
    var listing = QuarantineListing()
    var counts: [QuarantineListing.Group: Int] = [:]
    for layer in layers {
      try scan(layer, filter: selection.filter, columns: QuarantineRecordColumns.names) { batch in
        let rows = try batch.gathering(selection.matches(batch))
        try Self.count(rows, layer, into: &counts)
        try Self.add(rows, layer, limit: max(0, limit), to: &listing.rows)
      }
    }
    listing.rows = Self.newest(listing.rows, limit: max(0, limit))
    listing.groups = counts.sorted { Self.order($0) < Self.order($1) }.map { ($0.key, $0.value) }
    return listing
  }

  /// What `show` prints of the row with this id.
  public func original(of record: QuarantineRecord) throws -> QuarantineOriginal {
    var original = QuarantineOriginal.none
    let filter = Expression.equal("row_id", .text(record.rowID))
    try scan(record.layer, filter: filter, columns: ["original_record", "original_bytes"]) { batch in
      if let text = try batch.binaries("original_record")[0] { original = .text(Array(text)) }
      if let bytes = try batch.binaries("original_bytes")[0] { original = .bytes(Array(bytes)) }
    }
    return original
  }

  /// The rows whose ids begin with `prefixes`, in their order.
  ///
  /// Throws `.notFound` for one that no row begins with, `.invalidArgument` for one that is no beginning of an id or of several.
  public func find(_ prefixes: [String]) throws -> [QuarantineRecord] {
    let wanted = try RowIDPrefixes(prefixes)
    var found: [String: [QuarantineRecord]] = [:]
    for layer in JobName.allCases {
      try scan(layer, filter: wanted.filter, columns: QuarantineRecordColumns.names) { batch in
        let records = try QuarantineRecordColumns(layer, batch)
        for row in 0..<batch.rowCount {
          let record = try records.record(row)
          // Two are enough to know that there are several.
          for prefix in wanted.matching(record.rowID) where found[prefix, default: []].count < 2 {
            found[prefix, default: []].append(record)
          }
        }
      }
    }
    return try prefixes.map { prefix in
      guard let records = found[prefix], let record = records.first else {
        throw Failure.notFound("no quarantined row has the id \(prefix)")
      }
      guard records.count == 1 else {
        throw Failure.invalidArgument(
          "several quarantined rows have ids that begin with \(prefix); more of it is needed")
      }
      return record
    }
  }

  private func scan(
    _ layer: JobName, filter: Expression, columns: [String], _ body: (ColumnBatch) throws -> Void
  ) throws {
    var tables = TableSet(workspace)
    let definition = try Tables.definition(named: "\(layer.rawValue)_quarantine")
    guard let table = try tables.existing(definition), table.metadata.currentSnapshotID != nil else { return }
    try TableScan(table, filter: filter, columns: columns).readAll { batch in
      if batch.rows.rowCount > 0 { try body(batch.rows) }
    }
  }

  private static func count(
    _ rows: ColumnBatch, _ layer: JobName, into counts: inout [QuarantineListing.Group: Int]
  ) throws {
    let (reasons, statuses) = (try rows.binaries("quarantine_reason"), try rows.binaries("status"))
    for row in 0..<rows.rowCount {
      let group = QuarantineListing.Group(
        layer: layer, reason: reasons.string(row) ?? "", status: statuses.string(row) ?? "")
      counts[group, default: 0] += 1
    }
  }

  private static func add(
    _ rows: ColumnBatch, _ layer: JobName, limit: Int, to newest: inout [QuarantineRecord]
  ) throws {
    let records = try QuarantineRecordColumns(layer, rows)
    // Once there are enough, rows as old as the oldest of them are not worth making.
    var floor = newest.count >= limit ? newest.map(\.quarantined).min() : nil
    for row in 0..<rows.rowCount where floor.map({ (records.times[row] ?? 0) >= $0 }) ?? true {
      newest.append(try records.record(row))
      guard newest.count > 2 * limit else { continue }
      newest = Self.newest(newest, limit: limit)
      floor = newest.last?.quarantined
    }
  }

  private static func newest(_ records: [QuarantineRecord], limit: Int) -> [QuarantineRecord] {
    Array(records.sorted { ($1.quarantined, $0.rowID) < ($0.quarantined, $1.rowID) }.prefix(limit))
  }

  private static func order(_ entry: (key: QuarantineListing.Group, value: Int)) -> (Int, String, String, String) {
    (-entry.value, entry.key.layer.rawValue, entry.key.reason, entry.key.status)
  }
}

/// The record of a quarantined row, byte for byte.
public enum QuarantineOriginal: Sendable, Hashable {
  /// There is none.
  case none
  /// UTF-8.
  case text([UInt8])
  /// Anything else.
  case bytes([UInt8])
}
