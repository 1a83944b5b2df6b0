/// A message in Slack's mrkdwn.
///
/// Specification: https://docs.slack.dev/messaging/formatting-message-text. Titles and names come from outside: `&`, `<` and `>` are
/// escaped, so that none can mention a channel or disguise a link.
struct SlackText {
  /// Slack cuts off texts that are longer.
  static let longest = 38_000

  let text: String

  init(_ message: AlertMessage) {
    let template = MessageTemplate(message)
    let alert = message.alert
    var lines = ["*\(Self.escaped(template.headline))*"]
    if !alert.detail.isEmpty { lines.append("\(template.detailLabel): \(Self.escaped(alert.detail))") }
    if !alert.numbers.isEmpty {
      lines.append(
        alert.numbers.map { "\(Self.escaped($0.name)) *\(Self.escaped($0.value))*" }.joined(separator: " · "))
    }
    if let batch = alert.batch { lines.append("Batch: `\(Self.escaped(batch))`") }
    lines.append("Look closer: `\(Self.escaped(alert.command))`")
    if !alert.links.isEmpty { lines.append(alert.links.map(Self.link).joined(separator: " · ")) }
    lines.append(template.when)
    text = String(lines.joined(separator: "\n").prefix(Self.longest))
  }

  private static func link(_ link: Alert.Link) -> String {
    "<\(escaped(link.url))|\(escaped(link.title))>"
  }

  private static func escaped(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;".unicodeScalars
      case "<": result += "&lt;".unicodeScalars
      case ">": result += "&gt;".unicodeScalars
      default: result.append(scalar)
      }
    }
    return String(result)
  }
}
