internal import RecentChange

/// Writes drafts as the stream has them: the fields of schema 1.0.0 in EventStreams' order, without line ends.
struct EventWriter: Sendable {
  /// What an event has besides its draft.
  struct Envelope {
    var id: (UInt64, UInt64)
    var requestID: (UInt64, UInt64)
    /// Microseconds.
    var happened: Int64
    var offset: Int
    /// Ids within the wiki.
    var change: Int
    var oldRevision: Int
    var newRevision: Int
    var logID: Int
    /// Everything beyond ASCII as `\uXXXX`, as some producers write it.
    var asASCII: Bool
  }

  /// Appends an event.
  static func append(_ draft: EventDraft, _ envelope: Envelope, to output: inout [UInt8]) {
    let schema = draft.oddity == .otherSchema ? "2.0.0" : "1.0.0" as StaticString
    text(#"{"$schema":"/mediawiki/recentchange/"#, &output)
    text(schema, &output)
    text(#"""#, &output)
    if draft.oddity != .noMeta { appendMeta(draft, envelope, &output) }
    if draft.oddity == .canary {
      output.append(UInt8(ascii: "}"))
      return
    }
    appendIdentity(draft, envelope, &output)
    appendTitle(draft, envelope, &output)
    appendActor(draft, envelope, &output)
    switch draft.kind {
    case .edit, .new: appendRevision(draft, envelope, &output)
    case .log: appendLog(draft, envelope, &output)
    case .categorize, .external, .flow: break
    }
    appendServer(draft, &output)
    text(#","parsedcomment":""#, &output)
    var html: [UInt8] = []
    EscapedText.appendHTML(comment: draft.comment, title: draft.title, to: &html)
    EscapedText.appendJSON(html, asASCII: envelope.asASCII, to: &output)
    text(#""}"#, &output)
  }

  private static func text(_ text: StaticString, _ output: inout [UInt8]) { EscapedText.append(text, to: &output) }

  private static func number(_ name: StaticString, _ value: Int, _ output: inout [UInt8]) {
    text(name, &output)
    Digits.append(value, to: &output)
  }

  private static func appendMeta(_ draft: EventDraft, _ envelope: Envelope, _ output: inout [UInt8]) {
    text(#","meta":{"uri":"#, &output)
    appendAddress(draft, &output)
    text(#","request_id":""#, &output)
    Digits.appendUUID(high: envelope.requestID.0, low: envelope.requestID.1, to: &output)
    if draft.oddity != .noID {
      text(#"","id":""#, &output)
      Digits.appendUUID(high: envelope.id.0, low: envelope.id.1, to: &output)
    }
    text(#"","domain":""#, &output)
    output += draft.oddity == .canary ? Array("canary".utf8) : draft.site.domain
    text(#"","stream":"mediawiki.recentchange","dt":""#, &output)
    if draft.oddity == .unreadableTime {
      text("soon", &output)
    } else {
      EventTime.append(microseconds: envelope.happened, fractionDigits: 3, to: &output)
    }
    number(#"","topic":"eqiad.mediawiki.recentchange","partition":0,"offset":"#, envelope.offset, &output)
    output.append(UInt8(ascii: "}"))
  }

  private static func appendIdentity(_ draft: EventDraft, _ envelope: Envelope, _ output: inout [UInt8]) {
    if draft.oddity == .nullID {
      text(#","id":null"#, &output)
    } else if draft.log?.hasID ?? true {
      number(#","id":"#, envelope.change, &output)
    }
    switch draft.kind {
    case _ where draft.oddity == .typeAsNumber: text(#","type":0"#, &output)
    case .edit: text(#","type":"edit""#, &output)
    case .new: text(#","type":"new""#, &output)
    case .categorize: text(#","type":"categorize""#, &output)
    case .log: text(#","type":"log""#, &output)
    case .external: text(#","type":"external""#, &output)
    case .flow: text(#","type":"142""#, &output)
    }
    let isText = draft.oddity == .namespaceAsText
    number(isText ? #","namespace":""# : #","namespace":"#, draft.namespace, &output)
    if isText { output.append(UInt8(ascii: "\"")) }
  }

  private static func appendTitle(_ draft: EventDraft, _ envelope: Envelope, _ output: inout [UInt8]) {
    if draft.oddity == .nullTitle {
      text(#","title":null"#, &output)
    } else {
      text(#","title":""#, &output)
      EscapedText.appendJSON(draft.title, asASCII: envelope.asASCII, to: &output)
      text(draft.oddity == .nulInTitle ? #"\u0000""# : #"""#, &output)
    }
    text(#","title_url":"#, &output)
    appendAddress(draft, &output)
    text(#","comment":""#, &output)
    EscapedText.appendJSON(draft.comment, asASCII: envelope.asASCII, to: &output)
    text(draft.oddity == .loneSurrogate ? #"\ud83d""# : #"""#, &output)
  }

  private static func appendActor(_ draft: EventDraft, _ envelope: Envelope, _ output: inout [UInt8]) {
    // MediaWiki's clock, which has read whole seconds a moment earlier.
    number(#","timestamp":"#, Int((envelope.happened - 400_000) / 1_000_000), &output)
    if draft.oddity == .timestampAsFraction { text(".5", &output) }
    if draft.oddity != .noUser {
      text(#","user":""#, &output)
      EscapedText.appendJSON(draft.user, asASCII: envelope.asASCII, to: &output)
      output.append(UInt8(ascii: "\""))
    }
    text(#","bot":"#, &output)
    flag(draft.isBot, asNumber: draft.oddity == .botAsNumber, &output)
    if draft.kind == .log { return }
    text(#","notify_url":"https://"#, &output)
    output += draft.site.domain
    number("/w/index.php?diff=", envelope.newRevision, &output)
    number("&oldid=", envelope.oldRevision, &output)
    number("&rcid=", envelope.change, &output)
    output.append(UInt8(ascii: "\""))
  }

  private static func flag(_ value: Bool, asNumber: Bool, _ output: inout [UInt8]) {
    if asNumber {
      output.append(value ? UInt8(ascii: "1") : UInt8(ascii: "0"))
    } else {
      text(value ? "true" : "false", &output)
    }
  }

  private static func appendRevision(_ draft: EventDraft, _ envelope: Envelope, _ output: inout [UInt8]) {
    text(#","minor":"#, &output)
    flag(draft.isMinor, asNumber: false, &output)
    if let isPatrolled = draft.isPatrolled {
      text(#","patrolled":"#, &output)
      flag(isPatrolled, asNumber: false, &output)
    }
    if draft.oddity == .lengthAsList {
      text(#","length":[]"#, &output)
    } else if draft.kind == .new {
      number(#","length":{"new":"#, draft.newLength, &output)
      output.append(UInt8(ascii: "}"))
    } else {
      number(#","length":{"old":"#, draft.oldLength, &output)
      number(#","new":"#, draft.newLength, &output)
      output.append(UInt8(ascii: "}"))
    }
    if draft.kind == .edit {
      number(#","revision":{"old":"#, envelope.oldRevision, &output)
      number(#","new":"#, envelope.newRevision, &output)
    } else {
      number(#","revision":{"new":"#, envelope.newRevision, &output)
    }
    output.append(UInt8(ascii: "}"))
  }

  private static func appendLog(_ draft: EventDraft, _ envelope: Envelope, _ output: inout [UInt8]) {
    guard let log = draft.log else { return }
    number(#","log_id":"#, log.isFilter ? 0 : envelope.logID, &output)
    text(#","log_type":""#, &output)
    text(log.type, &output)
    text(#"","log_action":""#, &output)
    text(log.action, &output)
    text(#"","log_params":"#, &output)
    text(log.parameters, &output)
    text(#","log_action_comment":""#, &output)
    EscapedText.appendJSON(draft.user, asASCII: envelope.asASCII, to: &output)
    text(" did it to &quot;", &output)
    EscapedText.appendJSON(draft.title, asASCII: envelope.asASCII, to: &output)
    text(#"&quot;""#, &output)
  }

  private static func appendServer(_ draft: EventDraft, _ output: inout [UInt8]) {
    text(#","server_url":"https://"#, &output)
    output += draft.site.domain
    text(#"","server_name":""#, &output)
    output += draft.site.domain
    text(#"","server_script_path":"/w""#, &output)
    if draft.oddity == .noWiki { return }
    text(#","wiki":""#, &output)
    output += draft.site.name
    output.append(UInt8(ascii: "\""))
  }

  /// The page's address, quoted.
  private static func appendAddress(_ draft: EventDraft, _ output: inout [UInt8]) {
    text(#""https://"#, &output)
    output += draft.site.domain
    text("/wiki/", &output)
    EscapedText.appendPath(draft.title, to: &output)
    output.append(UInt8(ascii: "\""))
  }
}
