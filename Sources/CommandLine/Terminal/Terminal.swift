import Glibc

/// What stands behind a file descriptor.
public struct Terminal: Sendable, Hashable {
  /// Whether a person may be looking.
  public let isTerminal: Bool
  /// Its width in columns; 80 where that is not known.
  public let width: Int

  /// A terminal, or none, for tests.
  public init(isTerminal: Bool, width: Int = 80) {
    self.isTerminal = isTerminal
    self.width = width
  }

  /// Looks at a file descriptor: 1 for results, 2 for logs and progress. `TERM=dumb` is no terminal for us.
  public init(descriptor: Int32, variables: [String: String]) {
    isTerminal = isatty(descriptor) == 1 && variables["TERM"] != "dumb"
    var size = winsize()
    let known = ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    width = known ? Int(size.ws_col) : 80
  }
}
