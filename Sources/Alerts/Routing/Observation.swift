/// What a look at the pipeline says of one cause.
public enum Observation: Sendable, Hashable {
  /// The condition holds.
  case holds(Alert)
  /// No condition of this cause, or of one below it (`quality/silver` of `quality/silver/freshness`), holds any more.
  case clears(family: String)
}
