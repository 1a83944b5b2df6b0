/// How much room the disk of the warehouse has.
public struct DiskCondition: Sendable, Hashable {
  /// Below the least share divided by this a warning becomes critical.
  private static let criticalDivisor = 5.0

  private let path: String
  private let least: Double

  /// Less than the share `least` (0...1) of the disk that holds `path` is an alert.
  public init(path: String, least: Double) {
    self.path = path
    self.least = least
  }

  /// What so many free bytes of so many say.
  public func observation(free: UInt64, of total: UInt64, at now: Int64) -> Observation {
    let share = total == 0 ? 1 : Double(free) / Double(total)
    guard share < least else { return .clears(family: "disk") }
    let tenths = Int(share * 1000)
    return .holds(
      Alert(
        cause: "disk", severity: share < least / Self.criticalDivisor ? .critical : .warning,
        title: "The disk of the warehouse has \(tenths / 10).\(tenths % 10) % left",
        detail: "\(path) has \(free >> 20) MiB free of \(total >> 20)",
        numbers: [Alert.Number("free bytes", String(free)), Alert.Number("bytes", String(total))],
        command: "df -h \(path)", time: now))
  }
}
