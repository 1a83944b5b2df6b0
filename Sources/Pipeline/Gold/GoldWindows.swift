public import Columns
import Detection
import Failures

/// The windows of a Gold batch, computed one at a time so that only the rows of a few windows are in memory.
public struct GoldWindows: Sendable {
  private var tallies: [WindowTally?]
  private let settings: GoldSettings

  /// The starts of all windows asked for, ascending.
  public let starts: [Int64]

  init(tallies: [WindowTally], settings: GoldSettings) {
    self.tallies = tallies
    self.settings = settings
    starts = tallies.map(\.start)
  }

  /// The window `starts[index]`; its groups are then forgotten.
  ///
  /// - Parameter previous: what the tables hold of this window; rows of other windows are ignored.
  /// - Throws: `.invalidArgument` when the window was taken before, or the previous rows have other columns than Gold's.
  public mutating func window(_ index: Int, previous: PreviousGold = PreviousGold()) throws -> GoldWindow {
    try take(index).compute(previous: previous)
  }

  /// Takes the window `starts[index]` out, to be computed at the same time as others. Throws `.invalidArgument` when it was taken
  /// before.
  public mutating func take(_ index: Int) throws -> GoldWindowTask {
    guard tallies.indices.contains(index), let tally = tallies[index] else {
      throw Failure.invalidArgument("window \(index) of \(tallies.count) is not there any more")
    }
    tallies[index] = nil
    return GoldWindowTask(tally: tally, settings: settings)
  }
}

/// What the Gold tables hold of a window, all columns of theirs. Rows of other windows do no harm.
public struct PreviousGold: Sendable {
  /// Rows of gold_entity_metrics_10min.
  public var entities: ColumnBatch?
  /// Rows of gold_user_metrics_10min.
  public var users: ColumnBatch?
  /// Rows of gold_global_metrics_10min.
  public var globals: ColumnBatch?

  /// Previous rows; nil where there are none.
  public init(entities: ColumnBatch? = nil, users: ColumnBatch? = nil, globals: ColumnBatch? = nil) {
    self.entities = entities
    self.users = users
    self.globals = globals
  }
}
