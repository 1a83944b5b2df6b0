internal import CSimdjson
internal import Dispatch
internal import Synchronization
public import Failures

/// Whether the values of a column are JSON (RFC 8259): any value, numbers of any length, one call into simdjson a column.
public enum JSONValidity {
  /// Values that nest deeper are not taken for JSON.
  public static let maximumDepth = 1024

  /// For each row whether its bytes are no JSON. Row i is `bytes[offsets[i]..<offsets[i + 1]]`; rows that `validity` marks as null are not
  /// looked at.
  ///
  /// Precondition: the offsets never fall and end at `bytes.count`. Throws `.unavailable` when memory runs out.
  public static func invalidRows(bytes: [UInt8], offsets: [Int], validity: [Bool]?) throws(Failure) -> [Bool] {
    let rows = offsets.count - 1
    guard rows > 0 else { return [] }
    var invalid = [Bool](repeating: false, count: rows)
    let parts = min(rows, max(1, bytes.count / partBytes))
    let failures = Atomic<Int>(0)
    invalid.withUnsafeMutableBytes { invalid in
      let column = Column(bytes: bytes, offsets: offsets, validity: validity, invalid: invalid)
      DispatchQueue.concurrentPerform(iterations: parts) { part in
        if !column.judge(rows * part / parts..<rows * (part + 1) / parts) { failures.add(1, ordering: .relaxed) }
      }
    }
    guard failures.load(ordering: .relaxed) == 0 else {
      throw .unavailable("no memory to parse \(rows) values of JSON")
    }
    return invalid
  }

  /// About so many bytes are worth a turn of a thread.
  private static let partBytes = 1 << 20

  /// A column under judgement. Threads write to rows of their own, and no further than the call that lent the memory.
  private struct Column: @unchecked Sendable {
    let bytes: [UInt8]
    let offsets: [Int]
    let validity: [Bool]?
    let invalid: UnsafeMutableRawBufferPointer

    /// Judges some rows; false when memory runs out.
    func judge(_ rows: Range<Int>) -> Bool {
      bytes.withUnsafeBufferPointer { bytes in
        offsets.withUnsafeBytes { offsets in
          withValidity { valid in
            wg_json_find_invalid(
              bytes.baseAddress, bytes.count,
              offsets.assumingMemoryBound(to: Int64.self).baseAddress?.advanced(by: rows.lowerBound),
              valid?.advanced(by: rows.lowerBound), rows.count, maximumDepth,
              invalid.assumingMemoryBound(to: UInt8.self).baseAddress?.advanced(by: rows.lowerBound)) == 0
          }
        }
      }
    }

    private func withValidity(_ body: (UnsafePointer<UInt8>?) -> Bool) -> Bool {
      guard let validity else { return body(nil) }
      return validity.withUnsafeBytes { body($0.assumingMemoryBound(to: UInt8.self).baseAddress) }
    }
  }
}
