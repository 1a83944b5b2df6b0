/// A page, a user or a window that stands out.
public struct Anomaly: Sendable, Hashable {
  /// What it is about.
  public enum Subject: Sendable, Hashable {
    /// A page of a wiki.
    case page(String, wiki: String)
    /// A user.
    case user(String)
    /// The window as a whole.
    case window
  }

  /// What it is about.
  public var subject: Subject
  /// How bad it is: HIGH is a warning.
  public var severity: Alert.Severity
  /// The start of its window, in microseconds since 1970-01-01 UTC.
  public var windowStart: Int64
  /// 0...100, higher is worse.
  public var risk: Int
  /// The flags that are set, joined by commas; empty without any.
  public var types: String
  /// In words, with numbers.
  public var explanation: String
  /// Whether it is on the watch list: such go first.
  public var isWatched: Bool
  /// The batch that computed it.
  public var batch: String
  /// Where more is to be seen.
  public var links: [Alert.Link]

  /// An anomaly.
  public init(
    subject: Subject, severity: Alert.Severity, windowStart: Int64, risk: Int, types: String, explanation: String,
    isWatched: Bool, batch: String, links: [Alert.Link]
  ) {
    self.subject = subject
    self.severity = severity
    self.windowStart = windowStart
    self.risk = risk
    self.types = types
    self.explanation = explanation
    self.isWatched = isWatched
    self.batch = batch
    self.links = links
  }

  /// The alert: its cause is the page or user, its occurrence the window, so that a window computed again says nothing new.
  public func alert(at now: Int64) -> Alert {
    var numbers = [Alert.Number("risk", String(risk))]
    if !types.isEmpty { numbers.append(Alert.Number("types", types)) }
    return Alert(
      cause: "anomaly/\(key)", occurrence: AlertTime.text(windowStart), severity: severity,
      title: "\(name) stands out at \(AlertTime.text(windowStart).prefix(16).replacing("T", with: " ")), risk \(risk)",
      detail: explanation, numbers: numbers, batch: batch, command: "wikiguard-job report", links: links,
      rank: (isWatched ? 1000 : 0) + risk, time: now)
  }

  private var key: String {
    switch subject {
    case .page(let title, let wiki): "page/\(wiki)/\(title)"
    case .user(let name): "user/\(name)"
    case .window: "global"
    }
  }

  private var name: String {
    switch subject {
    case .page(let title, let wiki): title.hasPrefix("\(wiki):") ? title : "\(wiki): \(title)"
    case .user(let name): "User \(name)"
    case .window: "All of Wikimedia"
    }
  }
}
