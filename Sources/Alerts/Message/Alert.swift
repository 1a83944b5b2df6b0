/// Something that an operator should hear of.
public struct Alert: Sendable, Hashable {
  /// How bad it is.
  public enum Severity: String, Sendable, CaseIterable, Comparable {
    /// Worth a look.
    case warning
    /// Somebody has to act.
    case critical

    /// Orders by badness.
    public static func < (left: Severity, right: Severity) -> Bool { left == .warning && right == .critical }
  }

  /// A named value, written as it is shown.
  public struct Number: Sendable, Hashable {
    /// The name, such as `failed`.
    public let name: String
    /// The value, such as `5,000`.
    public let value: String

    /// A named value.
    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// Where more is to be seen.
  public struct Link: Sendable, Hashable {
    /// What is there.
    public let title: String
    /// The address, http or https.
    public let url: String

    /// A link.
    public init(_ title: String, url: String) {
      self.title = title
      self.url = url
    }
  }

  /// What is wrong, as a key that stays the same while it is: parts divided by `/`, such as `quality/silver/freshness`. Messages
  /// are throttled by it.
  public var cause: String
  /// What tells one event from the next of the same cause, such as a window; the same is never announced twice. Nil for a
  /// condition, which holds until it clears.
  public var occurrence: String?
  /// How bad it is.
  public var severity: Severity
  /// One line.
  public var title: String
  /// What failed, in a sentence or a few lines.
  public var detail: String
  /// The numbers behind it.
  public var numbers: [Number]
  /// The batch, nil where it is not about one.
  public var batch: String?
  /// The command that shows more.
  public var command: String
  /// Where more is to be seen.
  public var links: [Link]
  /// Among many alerts those of higher rank go first.
  public var rank: Int
  /// When it was noticed, in microseconds since 1970-01-01 UTC.
  public var time: Int64

  /// An alert.
  public init(
    cause: String, occurrence: String? = nil, severity: Severity, title: String, detail: String,
    numbers: [Number] = [], batch: String? = nil, command: String, links: [Link] = [], rank: Int = 0, time: Int64
  ) {
    self.cause = cause
    self.occurrence = occurrence
    self.severity = severity
    self.title = title
    self.detail = detail
    self.numbers = numbers
    self.batch = batch
    self.command = command
    self.links = links
    self.rank = rank
    self.time = time
  }
}
