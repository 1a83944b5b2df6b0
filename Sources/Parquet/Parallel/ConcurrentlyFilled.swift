/// An array whose part `i`, at `starts[i]..<starts[i + 1]`, call `i` of `body` fills wholly, on as many threads as there are
/// processors.
func concurrentlyFilled<Element: BitwiseCopyable>(
  _ starts: [Int], _ body: (Int, UnsafeMutableBufferPointer<Element>) throws -> Void
) throws -> [Element] {
  let count = starts.last ?? 0
  return try [Element](unsafeUninitializedCapacity: count) { buffer, filled in
    // Safety: each call has a part of its own.
    nonisolated(unsafe) let shared = buffer
    try concurrently(starts.count - 1) { part in
      try body(part, UnsafeMutableBufferPointer(rebasing: shared[starts[part]..<starts[part + 1]]))
    }
    filled = count
  }
}
