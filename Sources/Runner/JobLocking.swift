import Failures
import JobState

/// Takes the lock of a job.
struct JobLocking {
  let workspace: Workspace

  /// The lock, tried again for `seconds`. Throws `.busy` when another process keeps it.
  func acquire(job: String, waiting seconds: Int) throws -> any JobLock {
    for _ in 0..<max(1, seconds * 10) {
      if let lock = try workspace.state.lock(job: job) { return lock }
      if seconds == 0 || workspace.isStopping() { break }
      Pause.milliseconds(100)
    }
    throw Failure.busy("another process runs \(job); nothing was touched")
  }
}
