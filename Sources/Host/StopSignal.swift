import Glibc
import Synchronization

/// Whether the process was asked to stop by SIGTERM or SIGINT.
public enum StopSignal {
  private static let isRaised = Atomic<Bool>(false)

  /// Begins to listen, and lets a closed pipe be an error of `write` instead of a death.
  public static func listen() {
    signal(SIGPIPE, SIG_IGN)
    for number in [SIGTERM, SIGINT] {
      signal(number) { _ in StopSignal.isRaised.store(true, ordering: .relaxed) }
    }
  }

  /// True after such a signal.
  @Sendable public static func wasRaised() -> Bool { isRaised.load(ordering: .relaxed) }
}
