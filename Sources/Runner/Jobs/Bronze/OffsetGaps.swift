import Failures
import JSON

/// Offsets of a range that hold no record: compaction and transaction markers leave such gaps, which are no loss.
struct OffsetGaps: Sendable, Hashable {
  /// So many ranges are kept, so that the plan stays small; `count` holds for all.
  static let longestList = 32

  /// The number of offsets without a record.
  private(set) var count: Int64 = 0
  /// The first ranges of them.
  private(set) var ranges: [Range<Int64>] = []

  /// Adds a range that lies after all others; an empty one is none.
  mutating func append(_ range: Range<Int64>) {
    guard !range.isEmpty else { return }
    count += range.upperBound - range.lowerBound
    if ranges.count < Self.longestList { ranges.append(range) }
  }
}

extension OffsetGaps {
  /// Reads what `add(to:)` wrote. Throws `.malformedInput`.
  init(of slice: JSONObject) throws {
    count = try slice.optionalInt64("missing") ?? 0
    ranges = try (slice.optionalArray("gaps") ?? []).map { pair in
      guard let first = pair[0]?.int64, let end = pair[1]?.int64, first < end else {
        throw Failure.malformedInput("a gap in Bronze's input is no range of offsets")
      }
      return first..<end
    }
  }

  /// Writes them into a slice of a plan's input: nothing without any.
  func add(to slice: inout JSONObject) {
    guard count > 0 else { return }
    slice["missing"] = .integer(count)
    slice["gaps"] = .array(ranges.map { [.integer($0.lowerBound), .integer($0.upperBound)] })
  }

  /// The ranges as an operator reads them, first and last offset of each.
  var text: String {
    let listed = ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound - 1)" }
    return listed.joined(separator: ", ") + (ranges.count == Self.longestList ? ", …" : "")
  }
}
