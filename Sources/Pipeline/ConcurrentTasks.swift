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

/// Runs `body` for each of `0..<count` on `threads` threads, more than there are processors: while some wait for a disk or a network,
/// others have the processors. Gives the results in order. Throws the first error by index.
package func runTasks<Value: Sendable>(
  _ count: Int, threads: Int, _ body: @Sendable (Int) throws -> Value
) throws -> [Value] {
  let results = Mutex([Result<Value, any Error>?](repeating: nil, count: count))
  let next = Atomic<Int>(0)
  let group = DispatchGroup()
  withoutActuallyEscaping(body) { body in
    for _ in 0..<min(threads, count) {
      // A serial queue has a thread of its own; a concurrent one shares as many as there are processors.
      DispatchQueue(label: "tasks").async(group: group) {
        while case let index = next.add(1, ordering: .relaxed).oldValue, index < count {
          let result = Result { try body(index) }
          results.withLock { $0[index] = result }
        }
      }
    }
    group.wait()
  }
  return try results.withLock { $0 }.compactMap { try $0?.get() }
}
