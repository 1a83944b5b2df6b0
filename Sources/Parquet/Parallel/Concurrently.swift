import Dispatch
import Synchronization

/// Calls `body` with `0..<count`, on as many threads as there are processors if `isConcurrent`; throws what the first of
/// them threw, by number.
///
/// Each call must touch only what belongs to its number.
func concurrently(_ count: Int, if isConcurrent: Bool = true, _ body: (Int) throws -> Void) throws {
  guard isConcurrent, count > 1 else {
    for index in 0..<count { try body(index) }
    return
  }
  let failures = Mutex<[(index: Int, error: any Error)]>([])
  withoutActuallyEscaping(body) { body in
    // Safety: the calls are over before this function returns, and each keeps to its own number.
    nonisolated(unsafe) let shared = body
    DispatchQueue.concurrentPerform(iterations: count) { index in
      do {
        try shared(index)
      } catch {
        failures.withLock { $0.append((index, error)) }
      }
    }
  }
  let first = failures.withLock { $0.min { $0.index < $1.index } }
  if let first { throw first.error }
}

/// `transform` of each element, computed on as many threads as there are processors.
func concurrentMap<Element, Result>(
  _ elements: [Element], if isConcurrent: Bool = true, _ transform: (Element) throws -> Result
) throws -> [Result] {
  let slots = UnsafeMutableBufferPointer<Result?>.allocate(capacity: elements.count)
  slots.initialize(repeating: nil)
  defer {
    slots.deinitialize()
    slots.deallocate()
  }
  // Safety: each call writes its own slot; all are over before the slots are read.
  nonisolated(unsafe) let shared = slots
  try concurrently(elements.count, if: isConcurrent) { index in shared[index] = try transform(elements[index]) }
  return slots.compactMap { $0 }
}
