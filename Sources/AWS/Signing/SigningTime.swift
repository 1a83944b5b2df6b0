import Glibc

/// The moment of a signature.
struct SigningTime {
  /// `20150830T123600Z`.
  let text: String

  /// The second that holds these microseconds since 1970-01-01 UTC.
  init(microseconds: Int64) {
    var seconds = time_t(microseconds / 1_000_000)
    var parts = tm()
    gmtime_r(&seconds, &parts)
    var buffer = [CChar](repeating: 0, count: 32)
    let length = strftime(&buffer, buffer.count, "%Y%m%dT%H%M%SZ", &parts)
    text = String(decoding: buffer.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// `20150830`.
  var date: String { String(text.prefix(8)) }
}
