import Hashing

/// A recent change as the log holds it.
struct Event {
  /// The number that its id is made of.
  var number: Int
  /// Seconds since 1970 UTC.
  var time: Int64
  var title = "Page"
  /// A user that is none fails a check.
  var user: String? = "Alice"
  var kind = "edit"
  var comment = "a word"
  var newLength = 120
  /// `meta.dt` where it is not the time.
  var received: Int64?
  /// A namespace that is none fails a check.
  var namespace: Int? = 0

  /// The JSON.
  var json: String {
    let id = UUID(randomHigh: 0xabcd_0000_0000_4000, randomLow: 0x8000_0000_0000_0000 | UInt64(number)).description
    let name = user.map { "\"user\":\"\($0)\"," } ?? ""
    let space = namespace.map { "\"namespace\":\($0)," } ?? ""
    return """
      {"$schema":"/mediawiki/recentchange/1.0.0","meta":{"uri":"https://en.wikipedia.org/wiki/\(title)",\
      "request_id":"r\(number)","id":"\(id)","dt":"\(Self.text(received ?? time))","domain":"en.wikipedia.org",\
      "stream":"mediawiki.recentchange"},"id":\(number + 1),"type":"\(kind)",\(space)"title":"\(title)",\
      "title_url":"https://en.wikipedia.org/wiki/\(title)","comment":"\(comment)","timestamp":\(time),\(name)\
      "bot":false,"minor":false,"patrolled":true,"length":{"old":100,"new":\(newLength)},\
      "revision":{"old":\(number + 5),"new":\(number + 6)},"server_url":"https://en.wikipedia.org",\
      "server_name":"en.wikipedia.org","server_script_path":"/w","wiki":"enwiki","parsedcomment":""}
      """
  }

  /// ISO 8601 of seconds since 1970 UTC.
  static func text(_ seconds: Int64) -> String {
    let days = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
    let rest = seconds - days * 86_400
    // Howard Hinnant's civil_from_days, https://howardhinnant.github.io/date_algorithms.html
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let part = (5 * dayOfYear + 2) / 153
    let (day, month) = (dayOfYear - (153 * part + 2) / 5 + 1, part < 10 ? part + 3 : part - 9)
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))T"
      + "\(padded(rest / 3600, 2)):\(padded(rest / 60 % 60, 2)):\(padded(rest % 60, 2))Z"
  }

  private static func padded(_ number: Int64, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
  }
}
