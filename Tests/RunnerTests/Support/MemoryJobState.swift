import Failures
import JobState
import Synchronization

/// Job state in memory; its locks belong to processes, which tests play.
final class MemoryJobState: JobState {
  private struct State {
    var runs: [RunRecord] = []
    var values: [String: String] = [:]
    var locked: Set<String> = []
  }

  private let state = Mutex(State())

  /// What another process finds after this one died: all but the locks.
  func afterDeath() -> MemoryJobState {
    let copy = MemoryJobState()
    let (runs, values) = state.withLock { ($0.runs, $0.values) }
    copy.state.withLock { ($0.runs, $0.values) = (runs, values) }
    return copy
  }

  func lock(job: String) throws -> (any JobLock)? {
    state.withLock { $0.locked.insert(job).inserted } ? Lock(job: job, owner: self) : nil
  }

  private final class Lock: JobLock {
    private let job: String
    private let owner: MemoryJobState

    init(job: String, owner: MemoryJobState) {
      self.job = job
      self.owner = owner
    }

    func release() { owner.state.withLock { _ = $0.locked.remove(job) } }
  }

  func record(_ run: RunRecord) throws {
    try state.withLock { state in
      guard !state.runs.contains(where: { $0.id == run.id }) else {
        throw Failure.conflict("run \(run.id) is recorded")
      }
      state.runs.append(run)
    }
  }

  func update(_ run: RunRecord) throws {
    try state.withLock { state in
      guard let position = state.runs.firstIndex(where: { $0.id == run.id }) else {
        throw Failure.notFound("run \(run.id) is not recorded")
      }
      state.runs[position] = run
    }
  }

  func run(_ id: String) throws -> RunRecord? { state.withLock { $0.runs.first { $0.id == id } } }

  func unfinished(job: String) throws -> [RunRecord] {
    state.withLock { $0.runs.filter { $0.job == job && ($0.status == .planned || $0.status == .prepared) } }
  }

  func blocked(job: String) throws -> RunRecord? {
    state.withLock { $0.runs.last { $0.job == job && $0.status == .blocked } }
  }

  func runs(job: String?, limit: Int) throws -> [RunRecord] {
    state.withLock { Array($0.runs.filter { job == nil || $0.job == job }.reversed().prefix(limit)) }
  }

  func runs(batch: String) throws -> [RunRecord] { state.withLock { $0.runs.filter { $0.batch == batch }.reversed() } }

  func value(job: String, key: String) throws -> String? { state.withLock { $0.values["\(job)/\(key)"] } }

  func setValue(_ value: String?, job: String, key: String) throws {
    state.withLock { $0.values["\(job)/\(key)"] = value }
  }
}
