internal import CSimdjson
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
    let result = invalid.withUnsafeMutableBytes { invalid in
      bytes.withUnsafeBufferPointer { bytes in
        offsets.withUnsafeBytes { offsets in
          withValidity(validity) { valid in
            wg_json_find_invalid(
              bytes.baseAddress, bytes.count, offsets.assumingMemoryBound(to: Int64.self).baseAddress, valid, rows,
              maximumDepth, invalid.assumingMemoryBound(to: UInt8.self).baseAddress)
          }
        }
      }
    }
    guard result == 0 else { throw .unavailable("no memory to parse \(rows) values of JSON") }
    return invalid
  }

  private static func withValidity(_ validity: [Bool]?, _ body: (UnsafePointer<UInt8>?) -> Int32) -> Int32 {
    guard let validity else { return body(nil) }
    return validity.withUnsafeBytes { body($0.assumingMemoryBound(to: UInt8.self).baseAddress) }
  }
}
