import Dispatch
import Testing

/// Work on several threads at once.
enum Threads {
  /// Runs `body` on `count` threads and waits for all; what one throws is an issue of the test.
  static func run(_ count: Int, _ body: @escaping @Sendable (Int) throws -> Void) {
    DispatchQueue.concurrentPerform(iterations: count) { number in
      do {
        try body(number)
      } catch {
        Issue.record(error, "thread \(number)")
      }
    }
  }
}
