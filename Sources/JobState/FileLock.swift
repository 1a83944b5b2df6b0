internal import Failures
internal import Glibc

/// An exclusive lock on a file by `flock(2)`: the system frees it when the process ends, however it ends.
///
/// The file stays when the lock is released: removing it would let two processes lock two files of one name. Not for network file
/// systems.
public final class FileLock: JobLock {
  /// -1 once released.
  private var descriptor: Int32

  private init(descriptor: Int32) { self.descriptor = descriptor }

  deinit { release() }

  /// Takes the lock, making the file where it is missing; nil when somebody else, in this process too, holds it.
  ///
  /// Throws `.unavailable` naming the file when it cannot be opened.
  public static func acquire(_ path: String) throws -> FileLock? {
    let descriptor = try retrying(path) { open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666) }
    let lock = FileLock(descriptor: descriptor)
    do {
      try retrying(path) { flock(descriptor, LOCK_EX | LOCK_NB) }
    } catch let failure as Failure where failure.kind == .busy {
      return nil
    }
    return lock
  }

  /// Frees the lock; a second call does nothing.
  public func release() {
    guard descriptor >= 0 else { return }
    // Closing alone would not do: a child that is just being started holds a copy until its exec.
    flock(descriptor, LOCK_UN)
    close(descriptor)
    descriptor = -1
  }

  @discardableResult
  private static func retrying(_ path: String, _ call: () -> Int32) throws -> Int32 {
    while true {
      let result = call()
      if result >= 0 { return result }
      switch errno {
      case EINTR: continue
      case EWOULDBLOCK: throw Failure.busy("\(path): locked")
      case ENOSPC: throw Failure(.unavailable, "\(path): disk full", isRetryable: false)
      case let code:
        let words = strerror(code).map { String(cString: $0) } ?? "error \(code)"
        throw Failure(.unavailable, "\(path): \(words)", isRetryable: false)
      }
    }
  }
}
