internal import CPCRE2
internal import Failures

/// A compiled PCRE2 pattern over titles.
///
/// Invariant: `code` and `context` are not changed after `init`, so that threads may match with them, and are freed once, here.
///
/// Source: https://www.pcre.org/current/doc/html/pcre2api.html
final class TitlePattern: @unchecked Sendable {
  /// What came of a match.
  enum Outcome { case found, notFound, tooCostly }

  private let code: OpaquePointer
  private let context: OpaquePointer

  /// How many steps a match may take: enough for any sensible pattern on a title of 255 bytes.
  private static let matchLimit: UInt32 = 100_000

  /// Compiles `pattern`. Throws `.configuration` with PCRE2's message and the offset.
  init(_ pattern: String) throws {
    var error: Int32 = 0
    var offset = 0
    let options = PCRE2_CASELESS | PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C | PCRE2_MATCH_INVALID_UTF
    guard let code = pcre2_compile_8(Array(pattern.utf8), pattern.utf8.count, options, &error, &offset, nil) else {
      throw Failure.configuration("\(Self.message(error)) at offset \(offset) of the pattern \(pattern)")
    }
    guard let context = pcre2_match_context_create_8(nil) else {
      pcre2_code_free_8(code)
      throw Failure.unavailable("no memory for the pattern \(pattern)")
    }
    pcre2_set_match_limit_8(context, Self.matchLimit)
    pcre2_set_depth_limit_8(context, Self.matchLimit)
    // Where there is no just-in-time compiler the pattern is interpreted.
    pcre2_jit_compile_8(code, PCRE2_JIT_COMPLETE)
    self.code = code
    self.context = context
  }

  deinit {
    pcre2_match_context_free_8(context)
    pcre2_code_free_8(code)
  }

  private static func message(_ error: Int32) -> String {
    var text = [UInt8](repeating: 0, count: 256)
    let length = pcre2_get_error_message_8(error, &text, text.count)
    return length > 0 ? String(decoding: text[..<Int(length)], as: UTF8.self) : "error \(error)"
  }

  /// Whether the pattern finds something in `title`.
  func matches(_ title: [UInt8]) -> Outcome {
    guard let data = pcre2_match_data_create_8(1, nil) else { return .tooCostly }
    defer { pcre2_match_data_free_8(data) }
    let result = pcre2_match_8(code, title, title.count, 0, 0, data, context)
    if result >= 0 { return .found }
    return result == PCRE2_ERROR_NOMATCH ? .notFound : .tooCostly
  }
}
