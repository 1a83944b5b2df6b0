/// The newest rows of a selection, and how many there are of each kind.
public struct QuarantineListing: Sendable {
  /// Rows of one layer with the same first failing check and status.
  public struct Group: Sendable, Hashable {
    /// The layer.
    public let layer: JobName
    /// The first failing check.
    public let reason: String
    /// What has become of them, as the table has it.
    public let status: String
  }

  /// The newest rows, newest first.
  public var rows: [QuarantineRecord] = []
  /// How many rows there are of each group; the largest first.
  public var groups: [(group: Group, count: Int)] = []
  /// How many rows there are.
  public var total: Int { groups.reduce(0) { $0 + $1.count } }
}
