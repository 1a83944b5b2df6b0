/// The one error type of this package: what went wrong (`kind`), the words for it (`message`), and what was being done
/// to what (`context`, outermost first).
///
/// A failure prints as one line, `context: context: message (underlying)`, because that line is what an operator reads.
public struct Failure: Error, Sendable {
  /// Whose fault it is and what can be done about it. Executables map kinds to exit codes; nothing else does.
  public enum Kind: String, Sendable, CaseIterable {
    /// Bytes, a file or a record from outside that do not follow their format.
    case malformedInput
    /// Well formed, but a feature that this version does not implement.
    case unsupported
    /// A caller's mistake: a command line or an API argument.
    case invalidArgument
    /// A length, depth or count beyond a configured limit.
    case limitExceeded
    /// A file, table, batch or key that is not there.
    case notFound
    /// Somebody else changed the same thing first. Retry on fresh state.
    case conflict
    /// A commit whose outcome is not known; nothing that it wrote may be deleted.
    case commitStateUnknown
    /// A service, a file system or a disk that does not answer or is full.
    case unavailable
    /// Another process holds the lock, or this run was superseded. Try later.
    case busy
    /// Data that a gate refused, or input that is no longer wholly there.
    case qualityGate
    /// A configuration value, or a home directory that is not one.
    case configuration
    /// A broken invariant of our own code.
    case internalError
  }

  /// The class of the failure.
  public let kind: Kind
  /// One sentence in lower case without a full stop.
  public let message: String
  /// What was being done, outermost first.
  public private(set) var context: [String]
  /// The error that caused this one.
  public let underlying: (any Error)?
  /// Whether the same call may succeed when it is made again.
  public let isRetryable: Bool

  /// Creates a failure. Hot code calls the cold static factories instead.
  public init(
    _ kind: Kind, _ message: String, context: [String] = [], underlying: (any Error)? = nil, isRetryable: Bool? = nil
  ) {
    self.kind = kind
    self.message = message
    self.context = context
    self.underlying = underlying
    self.isRetryable = isRetryable ?? (kind == .conflict || kind == .unavailable || kind == .busy)
  }

  /// The same failure seen from one level further out.
  public func within(_ outer: String) -> Failure {
    var copy = self
    copy.context.insert(outer, at: 0)
    return copy
  }
}

extension Failure {
  /// Input that does not follow its format.
  @inline(never) public static func malformedInput(_ message: String) -> Failure { Failure(.malformedInput, message) }
  /// A feature that is not implemented.
  @inline(never) public static func unsupported(_ message: String) -> Failure { Failure(.unsupported, message) }
  /// A caller's mistake.
  @inline(never) public static func invalidArgument(_ message: String) -> Failure { Failure(.invalidArgument, message) }
  /// A length or count over its limit.
  @inline(never) public static func limitExceeded(_ message: String) -> Failure { Failure(.limitExceeded, message) }
  /// Something that is not there.
  @inline(never) public static func notFound(_ message: String) -> Failure { Failure(.notFound, message) }
  /// A lost race.
  @inline(never) public static func conflict(_ message: String) -> Failure { Failure(.conflict, message) }
  /// A commit with an unknown outcome.
  @inline(never) public static func commitStateUnknown(_ message: String, underlying: (any Error)? = nil) -> Failure {
    Failure(.commitStateUnknown, message, underlying: underlying)
  }
  /// A service or disk that does not answer.
  @inline(never) public static func unavailable(_ message: String, underlying: (any Error)? = nil) -> Failure {
    Failure(.unavailable, message, underlying: underlying)
  }
  /// A lock held by another.
  @inline(never) public static func busy(_ message: String) -> Failure { Failure(.busy, message) }
  /// Data that was refused.
  @inline(never) public static func qualityGate(_ message: String) -> Failure { Failure(.qualityGate, message) }
  /// A wrong configuration.
  @inline(never) public static func configuration(_ message: String) -> Failure { Failure(.configuration, message) }
  /// A bug of ours.
  @inline(never) public static func internalError(_ message: String) -> Failure { Failure(.internalError, message) }
}

extension Failure: CustomStringConvertible {
  /// The failure as one line.
  public var description: String {
    var line = (context + [message]).joined(separator: ": ")
    if let underlying { line += " (\(underlying))" }
    return line.split(whereSeparator: \.isNewline).joined(separator: " ")
  }
}

/// Runs `body`; a failure that it throws gets `outer` as its outermost context, any other error becomes the underlying
/// error of an `.internalError`.
@inlinable
public func within<Result>(_ outer: @autoclosure () -> String, _ body: () throws -> Result) throws -> Result {
  do {
    return try body()
  } catch let failure as Failure {
    throw failure.within(outer())
  } catch {
    throw Failure(.internalError, outer(), underlying: error)
  }
}
