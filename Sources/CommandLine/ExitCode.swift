import Failures

/// What a process says when it ends, after BSD's `sysexits.h`.
public enum ExitCode: Int32, Sendable, CaseIterable {
  /// Done, or nothing to do.
  case success = 0
  /// The command line is wrong.
  case usage = 64
  /// Data was refused.
  case dataRefused = 65
  /// A service does not answer, the disk is full, or the time is up.
  case unavailable = 69
  /// A bug of ours.
  case internalError = 70
  /// A commit conflict that retries did not resolve, or a commit whose outcome is not known.
  case conflict = 73
  /// Busy or superseded; try later.
  case tryLater = 75
  /// The configuration, the home, or something that this version does not have.
  case configuration = 78

  /// The code for `error`; whatever is not a `Failure` is a bug.
  public init(_ error: any Error) {
    guard let failure = error as? Failure else {
      self = .internalError
      return
    }
    switch failure.kind {
    case .invalidArgument: self = .usage
    case .malformedInput, .limitExceeded, .notFound, .qualityGate: self = .dataRefused
    case .unavailable: self = .unavailable
    case .internalError: self = .internalError
    case .conflict, .commitStateUnknown: self = .conflict
    case .busy: self = .tryLater
    case .configuration, .unsupported: self = .configuration
    }
  }

  /// The meaning, for manual pages.
  public var meaning: String {
    switch self {
    case .success: "Done, or nothing to do."
    case .usage: "The command line is wrong."
    case .dataRefused: "Data was refused: malformed, gone, or stopped by a check."
    case .unavailable: "A service does not answer, the disk is full, or the time is up."
    case .internalError: "A bug of this program."
    case .conflict: "A commit conflict that retries did not resolve."
    case .tryLater: "Busy or superseded; try later."
    case .configuration: "The configuration or the home is wrong, or asks for what this version does not have."
    }
  }
}
