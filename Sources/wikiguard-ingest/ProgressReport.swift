import CommandLine
import Host

/// Shows how far a finite source has come, on a terminal only.
struct ProgressReport {
  private var line: ProgressLine

  init(session: Session, label: String) {
    line = ProgressLine(label, terminal: Terminal(descriptor: 2, variables: session.host.variables))
  }

  /// So many of so many events.
  mutating func show(_ done: Int, of total: Int?) {
    Host.printError(line.update(done: done, total: total, now: Int64(Host.monotonicSeconds() * 1000)))
  }

  /// Clears the line.
  mutating func end() { Host.printError(line.clear()) }
}
