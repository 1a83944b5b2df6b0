import Failures
import Synchronization

/// Breaks a world at one call, the same one every time.
final class Faults: Sendable {
  /// What happens at the call.
  enum Kind: Sendable, Hashable {
    /// The process dies before the call, and no later call of it has an effect: what SIGKILL leaves behind. Only calls that change
    /// something are counted, since dying between two of them is the same wherever it happens.
    case kill
    /// The call fails as when a disk is full or a service away, once. All calls are counted.
    case failure
    /// The catalog does not say what became of a commit, which it made. Only commits are counted.
    case unknownDone
    /// The catalog does not say what became of a commit, which it did not make. Only commits are counted.
    case unknownUndone
  }

  /// What a call is.
  enum Call: Sendable { case read, change, commit }

  /// The distance of the positions that tests try.
  #if DEBUG
    static let step = 11
  #else
    static let step = 1
  #endif

  private struct State {
    var count = 0
    var isDead = false
  }

  private let kind: Kind?
  private let position: Int
  private let state = Mutex(State())

  /// Breaks at the call numbered `position` from 1; a nil kind only counts changes.
  init(_ kind: Kind? = nil, at position: Int = .max) {
    self.kind = kind
    self.position = position
  }

  /// The number of calls that were counted.
  var count: Int { state.withLock { $0.count } }

  /// True once the fault was there.
  var hasHappened: Bool { count >= position }

  func perform<Result>(_ call: Call, _ body: () throws -> Result) throws -> Result {
    let isHit = try state.withLock { state in
      if state.isDead { throw Killed() }
      guard counts(call) else { return false }
      state.count += 1
      guard state.count == position else { return false }
      if kind == .kill { state.isDead = true }
      return true
    }
    guard isHit else { return try body() }
    switch kind {
    case .failure: throw Failure(.unavailable, "injected", isRetryable: false)
    case .unknownDone:
      _ = try body()
      throw Failure.commitStateUnknown("injected")
    case .unknownUndone: throw Failure.commitStateUnknown("injected")
    case .kill, nil: throw Killed()
    }
  }

  private func counts(_ call: Call) -> Bool {
    switch kind {
    case .failure: true
    case .kill, nil: call != .read
    case .unknownDone, .unknownUndone: call == .commit
    }
  }
}

/// The process is gone.
struct Killed: Error {}
