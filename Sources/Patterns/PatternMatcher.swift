internal import CPCRE2
public import Failures

/// Matches one pattern against many texts, with limits, so that no text makes it hang. One owner at a time.
public final class PatternMatcher {
  /// What came of a match.
  public enum Outcome: Sendable {
    /// The pattern finds something.
    case found
    /// It does not.
    case notFound
    /// It was given up: it takes too many steps or too much memory on this text.
    case tooCostly
  }

  private let pattern: Pattern
  private let data: OpaquePointer
  private let context: OpaquePointer
  private let stack: OpaquePointer?

  /// How many steps a match may take: enough for any sensible pattern on a comment of some hundred characters.
  private static let matchLimit: UInt32 = 100_000
  /// How much memory a match may take where the pattern is interpreted, in KiB.
  private static let heapLimit: UInt32 = 8192
  /// The compiled pattern's own stack, in bytes: at first, and at most.
  private static let stackBytes = (32 << 10, 1 << 20)

  /// A matcher. Throws `.unavailable` when memory runs out.
  public init(_ pattern: Pattern) throws(Failure) {
    guard let data = pcre2_match_data_create_8(1, nil) else { throw Self.noMemory }
    guard let context = pcre2_match_context_create_8(nil) else {
      pcre2_match_data_free_8(data)
      throw Self.noMemory
    }
    pcre2_set_match_limit_8(context, Self.matchLimit)
    pcre2_set_depth_limit_8(context, Self.matchLimit)
    pcre2_set_heap_limit_8(context, Self.heapLimit)
    // None where there is no just-in-time compiler.
    let stack = pcre2_jit_stack_create_8(Self.stackBytes.0, Self.stackBytes.1, nil)
    pcre2_jit_stack_assign_8(context, nil, UnsafeMutableRawPointer(stack))
    self.pattern = pattern
    self.data = data
    self.context = context
    self.stack = stack
  }

  private static var noMemory: Failure { .unavailable("no memory to match a pattern") }

  deinit {
    pcre2_jit_stack_free_8(stack)
    pcre2_match_context_free_8(context)
    pcre2_match_data_free_8(data)
  }

  /// Whether the pattern finds something anywhere in `text`.
  public func match(_ text: UnsafeRawBufferPointer) -> Outcome {
    // PCRE2 takes no null pointer, even for an empty text.
    guard let start = text.baseAddress else { return withUnsafeBytes(of: UInt8(0)) { match($0.baseAddress, 0) } }
    return match(start, text.count)
  }

  private func match(_ start: UnsafeRawPointer?, _ count: Int) -> Outcome {
    let bytes = start?.assumingMemoryBound(to: UInt8.self)
    let result = pcre2_match_8(pattern.code, bytes, count, 0, 0, data, context)
    if result >= 0 { return .found }
    return result == PCRE2_ERROR_NOMATCH ? .notFound : .tooCostly
  }
}
