/// A message in words: a headline, what failed, the numbers, the batch and the command to look closer, links.
public struct MessageTemplate: Sendable {
  private let message: AlertMessage

  /// The words of a message.
  public init(_ message: AlertMessage) { self.message = message }

  /// `[CRITICAL] Silver batch silver-000003: 12 % of its rows passed`. One line.
  public var headline: String { "[\(label)] \(Self.line(message.alert.title))" }

  /// The message as plain text.
  public var text: String {
    let alert = message.alert
    var lines = [headline]
    if !alert.detail.isEmpty { lines.append("\(detailLabel): \(alert.detail)") }
    if !alert.numbers.isEmpty {
      lines.append("Numbers: " + alert.numbers.map { "\($0.name) \($0.value)" }.joined(separator: ", "))
    }
    if let batch = alert.batch { lines.append("Batch: \(batch)") }
    lines.append("Look closer: \(alert.command)")
    lines += alert.links.map { "\($0.title): \($0.url)" }
    lines.append(when)
    return lines.joined(separator: "\n")
  }

  /// What stands before the detail.
  var detailLabel: String {
    switch message.kind {
    case .firing: message.alert.occurrence == nil ? "What failed" : "What happened"
    case .cleared: "It was"
    case .digest: "What happened"
    case .test: "What this is"
    }
  }

  /// When it was seen.
  var when: String {
    switch message.kind {
    case .cleared:
      "Cleared: \(AlertTime.text(message.time)), after \(AlertTime.span(message.time - message.since))"
    case .firing where message.seen > 1:
      "Time: \(AlertTime.text(message.time)), seen \(message.seen) times since \(AlertTime.text(message.since))"
    default: "Time: \(AlertTime.text(message.time))"
    }
  }

  private var label: String {
    switch message.kind {
    case .firing, .digest: message.alert.severity.rawValue.uppercased()
    case .cleared: "CLEARED"
    case .test: "TEST"
    }
  }

  /// Control characters and line breaks as spaces.
  static func line(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
  }
}
