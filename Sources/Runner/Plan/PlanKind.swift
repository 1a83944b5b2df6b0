import Pipeline

/// What a planned run is for.
public enum PlanKind: String, Sendable, CaseIterable {
  /// Takes the input that comes next and moves the job's progress.
  case forward
  /// Takes rows out of quarantine into the main table.
  case release
  /// Closes rows of the quarantine without taking them.
  case discard

  /// What quarantined rows become by it; nil where it is not about them.
  var status: QuarantineStatus? {
    switch self {
    case .forward: nil
    case .release: .released
    case .discard: .discarded
    }
  }
}
