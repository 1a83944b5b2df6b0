import Glibc

extension RetryPolicy {
  /// Lets the thread sleep.
  @Sendable public static func sleep(milliseconds: Int64) {
    var left = timespec(tv_sec: Int(milliseconds / 1000), tv_nsec: Int(milliseconds % 1000) * 1_000_000)
    while nanosleep(&left, &left) == -1 && errno == EINTR {}
  }
}
