import Glibc

/// Keeps a write to a closed pipe from ending the process, whatever the process does with the signal elsewhere.
enum BrokenPipeSignal {
  /// Runs `body` with SIGPIPE held back from this thread; one that came of it is dropped.
  static func held<Result>(_ body: () throws -> Result) rethrows -> Result {
    var (signals, before, pending) = (sigset_t(), sigset_t(), sigset_t())
    sigemptyset(&signals)
    sigaddset(&signals, SIGPIPE)
    sigpending(&pending)
    let wasPending = sigismember(&pending, SIGPIPE) == 1
    pthread_sigmask(SIG_BLOCK, &signals, &before)
    defer {
      var now = timespec(tv_sec: 0, tv_nsec: 0)
      if !wasPending { _ = sigtimedwait(&signals, nil, &now) }
      pthread_sigmask(SIG_SETMASK, &before, nil)
    }
    return try body()
  }
}
