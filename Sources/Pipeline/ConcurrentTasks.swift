import Dispatch
import Synchronization

/// Runs `body` for each of `0..<count`, at once where `isConcurrent`, and gives the results in order. Throws the first
/// error by index.
package func runTasks<Value: Sendable>(
  _ count: Int, isConcurrent: Bool, _ body: @Sendable (Int) throws -> Value
) throws -> [Value] {
  guard isConcurrent, count > 1 else { return try (0..<count).map(body) }
  let results = Mutex([Result<Value, any Error>?](repeating: nil, count: count))
  DispatchQueue.concurrentPerform(iterations: count) { index in
    let result = Result { try body(index) }
    results.withLock { $0[index] = result }
  }
  return try results.withLock { $0 }.compactMap { try $0?.get() }
}
