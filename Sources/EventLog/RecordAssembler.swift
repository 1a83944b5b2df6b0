internal import Columns

/// Columns that grow by whole blocks.
struct RecordAssembler {
  /// One binary column under construction.
  struct Part {
    private(set) var offsets: [Int] = [0]
    private(set) var bytes: [UInt8] = []
    private var validity: [Bool]?

    /// Makes room for `count` more bytes, growing at least to the double where it must grow.
    mutating func reserve(bytes count: Int) {
      let needed = bytes.count + count
      if needed > bytes.capacity { bytes.reserveCapacity(max(needed, 2 * bytes.count)) }
    }

    /// Adds rows: where each ends in `added`, and their bytes.
    mutating func append(_ ends: some Collection<Int>, _ added: Slice<UnsafeRawBufferPointer>) {
      let base = bytes.count
      offsets.reserveCapacity(offsets.count + ends.count)
      for end in ends { offsets.append(base + end) }
      bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: added))
    }

    /// Says which of the last `count` rows are there, after they were added; nil: all.
    mutating func append(validity added: UnsafeRawBufferPointer?, count: Int) {
      guard validity != nil || added != nil else { return }
      var known = validity ?? [Bool](repeating: true, count: offsets.count - 1 - count)
      if let added {
        known.append(contentsOf: added.lazy.map { $0 != 0 })
      } else {
        known.append(contentsOf: repeatElement(true, count: count))
      }
      validity = known
    }

    consuming func column() -> BinaryColumn { BinaryColumn(offsets: offsets, bytes: bytes, validity: validity) }
  }

  var offsets: [Int64] = []
  var timestamps: [Int64] = []
  var keys = Part()
  var values = Part()
  /// The bytes of keys and values so far.
  var byteCount = 0

  /// Adds as many of the records `wanted` as fit into `maxBytes`, at least one to nothing; returns how many. The block's first
  /// record has the offset `first`.
  mutating func append(
    _ block: RecordBlockView, _ wanted: Range<Int>, first: Int64, time: Int64, maxBytes: Int
  ) -> Int {
    let rows = block.rows(wanted, within: maxBytes - byteCount, needsOne: offsets.isEmpty)
    guard !rows.isEmpty else { return 0 }
    offsets.append(contentsOf: rows.lazy.map { first + Int64($0) })
    timestamps.append(contentsOf: repeatElement(time, count: rows.count))
    byteCount += block.append(rows, to: &self)
    return rows.count
  }

  consuming func records() -> LogRecords {
    var records = LogRecords()
    records.offsets = offsets
    records.timestamps = timestamps
    records.keys = keys.column()
    records.values = values.column()
    return records
  }
}
