import Failures
import Pipeline

/// A set of ten-minute windows as ascending, disjoint ranges.
///
/// Its text lists window numbers (the start in seconds since 1970 UTC, divided by 600): `2841234-2841240,2841250`.
public struct WindowRanges: Sendable, Hashable {
  /// Ranges of window numbers, ascending, with gaps between them.
  public private(set) var ranges: [ClosedRange<Int64>] = []

  /// No windows.
  public init() {}

  /// The windows that begin at `starts` (microseconds since 1970 UTC, on the grid).
  public init(starts: some Sequence<Int64>) {
    for number in Set(starts.map { $0 / GoldWindowGrid.width }).sorted() { append(number...number) }
  }

  /// All windows that overlap event times `first...last` (microseconds).
  public init(covering first: Int64, through last: Int64) {
    guard first <= last else { return }
    let low = GoldWindowGrid.start(of: first) / GoldWindowGrid.width
    ranges = [low...GoldWindowGrid.start(of: last) / GoldWindowGrid.width]
  }

  /// Reads what `text` wrote. Throws `.malformedInput`.
  public init(text: String) throws {
    for part in text.split(separator: ",") {
      // A number before 1970 begins with the sign that divides ranges.
      let divider = part.dropFirst().firstIndex(of: "-") ?? part.endIndex
      let high = divider < part.endIndex ? Int64(part[part.index(after: divider)...]) : Int64(part)
      guard let low = Int64(part[..<divider]), let high, low <= high else {
        throw Failure.malformedInput("\"\(part)\" is no range of windows")
      }
      formUnion(WindowRanges(range: low...high))
    }
  }

  private init(range: ClosedRange<Int64>) { ranges = [range] }

  /// True without windows.
  public var isEmpty: Bool { ranges.isEmpty }

  /// The number of windows.
  public var count: Int { ranges.reduce(0) { $0 + Int($1.upperBound - $1.lowerBound) + 1 } }

  /// Where the windows begin, ascending, in microseconds since 1970 UTC.
  public var starts: [Int64] { ranges.flatMap { $0.map { $0 * GoldWindowGrid.width } } }

  /// The text described above.
  public var text: String {
    ranges.map { $0.lowerBound == $0.upperBound ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
      .joined(separator: ",")
  }

  /// The text in at most `limit` bytes: of these windows, else of all windows of their days, else nil. Whoever computes a window again
  /// that did not change changes nothing.
  public func text(atMost limit: Int) -> String? {
    let exact = text
    if exact.utf8.count <= limit { return exact }
    var days = WindowRanges()
    for range in ranges {
      let first = Self.day(range.lowerBound) * Self.windowsOfDay
      days.formUnion(WindowRanges(range: first...(Self.day(range.upperBound) + 1) * Self.windowsOfDay - 1))
    }
    let coarse = days.text
    return coarse.utf8.count <= limit ? coarse : nil
  }

  /// These windows and the fewest others that make at most `limit` ranges of them: the smallest gaps are closed.
  public func closed(toRanges limit: Int) -> WindowRanges {
    guard ranges.count > max(1, limit) else { return self }
    let gaps = zip(ranges, ranges.dropFirst()).map { $1.lowerBound - $0.upperBound }
    let open = Set(gaps.indices.sorted { (gaps[$1], $0) < (gaps[$0], $1) }.prefix(max(1, limit) - 1))
    var result = WindowRanges(range: ranges[0])
    for (position, range) in ranges.dropFirst().enumerated() {
      if open.contains(position) {
        result.ranges.append(range)
      } else {
        result.ranges[result.ranges.count - 1] = result.ranges[result.ranges.count - 1].lowerBound...range.upperBound
      }
    }
    return result
  }

  private static let windowsOfDay: Int64 = 86_400_000_000 / GoldWindowGrid.width

  /// The day of a window number, rounded down.
  private static func day(_ number: Int64) -> Int64 {
    number >= 0 ? number / windowsOfDay : (number - windowsOfDay + 1) / windowsOfDay
  }

  /// Whether the window that begins at `start` (microseconds) is in the set.
  public func contains(_ start: Int64) -> Bool {
    let number = start / GoldWindowGrid.width
    return ranges.contains { $0.contains(number) }
  }

  /// Whether a window is in both sets.
  public func overlaps(_ other: WindowRanges) -> Bool {
    ranges.contains { range in other.ranges.contains { range.overlaps($0) } }
  }

  /// The windows in parts of at most `count` each, ascending.
  public func divided(into count: Int) -> [WindowRanges] {
    let starts = starts
    return stride(from: 0, to: starts.count, by: count).map { first in
      WindowRanges(starts: starts[first..<min(first + count, starts.count)])
    }
  }

  /// Adds the windows of another set.
  public mutating func formUnion(_ other: WindowRanges) {
    let all = (ranges + other.ranges).sorted { $0.lowerBound < $1.lowerBound }
    ranges = []
    for range in all { append(range) }
  }

  /// Adds a range that does not begin before the last one.
  private mutating func append(_ range: ClosedRange<Int64>) {
    if let last = ranges.last, range.lowerBound <= last.upperBound + 1 {
      ranges[ranges.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
    } else {
      ranges.append(range)
    }
  }
}
