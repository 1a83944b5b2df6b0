import Failures
import Pipeline
import Synchronization
import Testing

@Suite struct ConcurrentTasksTests {
  @Test(arguments: [0, 1, 3, 100], [1, 2, 5]) func resultsAreInOrder(count: Int, threads: Int) throws {
    #expect(try runTasks(count, threads: threads) { $0 * $0 } == (0..<count).map { $0 * $0 })
  }

  @Test func theFirstErrorByIndexIsThrown() {
    let failure = #expect(throws: Failure.self) {
      try runTasks(20, threads: 4) { index in
        if index % 7 == 6 { throw Failure.invalidArgument("task \(index)") }
        return index
      }
    }
    #expect(failure?.message == "task 6")
  }

  /// More tasks than processors are under way: each waits until all have begun.
  @Test func tasksThatWaitDoNotHoldUpOthers() throws {
    let begun = Atomic<Int>(0)
    let counts = try runTasks(16, threads: 16) { _ in
      begun.add(1, ordering: .sequentiallyConsistent)
      while begun.load(ordering: .sequentiallyConsistent) < 16 {}
      return begun.load(ordering: .sequentiallyConsistent)
    }
    #expect(counts == [Int](repeating: 16, count: 16))
  }
}
