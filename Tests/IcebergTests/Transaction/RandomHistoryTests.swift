import ObjectStore
import Testing

/// Random histories of a table, compared after every step with a plain model in memory.
@Suite struct RandomHistoryTests {
  @Test(arguments: 0..<200) func history(seed: UInt64) throws {
    var history = try RandomHistory(seed: seed, store: MemoryObjectStore())
    for _ in 0..<8 {
      try history.step()
      try history.compare()
    }
    try history.compareAtEnd()
  }
}
