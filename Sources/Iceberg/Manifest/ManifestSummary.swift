import Failures

/// What a manifest list says of a manifest's entries, counted while they are written.
struct ManifestSummary {
  private var files: [ManifestEntry.Status: Int] = [:]
  private var rows: [ManifestEntry.Status: Int64] = [:]
  private var minSequenceNumber: Int64?
  private var partitions: [PartitionFieldSummary]

  init(types: [PrimitiveType]) {
    partitions = types.map { PartitionFieldSummary(type: $0) }
  }

  mutating func add(_ entry: ManifestEntry) throws {
    files[entry.status, default: 0] += 1
    let (sum, overflow) = rows[entry.status, default: 0].addingReportingOverflow(entry.dataFile.recordCount)
    guard !overflow else { throw Failure.invalidArgument("more than 2^63 rows in a manifest") }
    rows[entry.status] = sum
    if entry.isLive, let number = entry.sequenceNumber {
      minSequenceNumber = min(number, minSequenceNumber ?? number)
    }
    for (position, value) in entry.dataFile.partition.values.enumerated() where partitions.indices.contains(position) {
      partitions[position].add(value)
    }
  }

  func manifest(path: String, length: Int64, specID: Int32, content: ManifestFile.Content) -> ManifestFile {
    ManifestFile(
      path: path, length: length, specID: specID, content: content,
      minSequenceNumber: minSequenceNumber ?? ManifestFile.unassigned,
      addedFilesCount: files[.added] ?? 0, existingFilesCount: files[.existing] ?? 0,
      deletedFilesCount: files[.deleted] ?? 0, addedRowsCount: rows[.added] ?? 0,
      existingRowsCount: rows[.existing] ?? 0, deletedRowsCount: rows[.deleted] ?? 0,
      partitions: partitions.map(\.summary))
  }
}

/// The values of one partition field. Bounds are never cut: readers took a cut upper bound for the true one.
private struct PartitionFieldSummary {
  private let type: PrimitiveType
  private var containsNull = false
  private var containsNaN = false
  private var lower: Literal?
  private var upper: Literal?

  init(type: PrimitiveType) { self.type = type }

  mutating func add(_ value: Literal?) {
    guard let value = value?.converted(to: type) else {
      containsNull = true
      return
    }
    guard !value.isNaN else {
      containsNaN = true
      return
    }
    if lower == nil || value.isLess(than: lower ?? value) == true { lower = value }
    if upper == nil || (upper ?? value).isLess(than: value) == true { upper = value }
  }

  /// Zeros are widened to both: readers that order -0.0 below 0.0 must find either.
  var summary: FieldSummary {
    FieldSummary(
      containsNull: containsNull, containsNaN: type.isFloatingPoint ? containsNaN : nil,
      lowerBound: lower?.withSignOfZero(.minus).singleValue, upperBound: upper?.withSignOfZero(.plus).singleValue)
  }
}

extension Literal {
  /// A floating-point zero with this sign; any other value as it is. A lower bound of zero is written as -0.0 and an
  /// upper one as 0.0 (specification, notes of "Data File Fields").
  public func withSignOfZero(_ sign: FloatingPointSign) -> Literal {
    switch self {
    case .float(0): .float(sign == .minus ? -0.0 : 0.0)
    case .double(0): .double(sign == .minus ? -0.0 : 0.0)
    default: self
    }
  }
}
