internal import CPCRE2
public import Failures

/// A compiled PCRE2 pattern over UTF-8; ill-formed bytes match nothing but do no harm.
///
/// Invariant: `code` is not changed after `init`, so that threads may match with it, and is freed once, here. Two patterns are
/// equal when they are written alike.
///
/// Source: https://www.pcre.org/current/doc/html/pcre2api.html
public final class Pattern: @unchecked Sendable {
  /// The pattern as it was written.
  public let text: String
  /// Whether upper and lower case are alike.
  public let ignoresCase: Bool
  let code: OpaquePointer

  /// The longest pattern, in bytes.
  public static let maximumBytes = 16_384

  /// Compiles `text`. Throws `.configuration` with PCRE2's message and the offset.
  public init(_ text: String, ignoringCase: Bool = false) throws(Failure) {
    guard text.utf8.count <= Self.maximumBytes else {
      throw .configuration("a pattern of \(text.utf8.count) bytes, at most \(Self.maximumBytes) are possible")
    }
    var error: Int32 = 0
    var offset = 0
    let options =
      PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C | PCRE2_MATCH_INVALID_UTF | (ignoringCase ? PCRE2_CASELESS : 0)
    guard let code = pcre2_compile_8(Array(text.utf8), text.utf8.count, options, &error, &offset, nil) else {
      throw .configuration("\(Self.message(error)) at offset \(offset) of the pattern \(text)")
    }
    // Where there is no just-in-time compiler the pattern is interpreted.
    pcre2_jit_compile_8(code, PCRE2_JIT_COMPLETE)
    self.text = text
    ignoresCase = ignoringCase
    self.code = code
  }

  deinit { pcre2_code_free_8(code) }

  private static func message(_ error: Int32) -> String {
    var text = [UInt8](repeating: 0, count: 256)
    let length = pcre2_get_error_message_8(error, &text, text.count)
    return length > 0 ? String(decoding: text[..<Int(length)], as: UTF8.self) : "error \(error)"
  }
}

extension Pattern: Hashable {
  /// Whether both are written alike.
  public static func == (left: Pattern, right: Pattern) -> Bool {
    left.text == right.text && left.ignoresCase == right.ignoresCase
  }

  /// Hashes what `==` compares.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(text)
    hasher.combine(ignoresCase)
  }
}
