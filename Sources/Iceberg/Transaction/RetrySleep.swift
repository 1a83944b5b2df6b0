import Glibc

extension RetryPolicy {
  /// Lets the thread sleep.
  @Sendable public static func sleep(milliseconds: Int64) {
    var wanted = timespec(tv_sec: Int(milliseconds / 1000), tv_nsec: Int(milliseconds % 1000) * 1_000_000)
    var left = timespec()
    while nanosleep(&wanted, &left) == -1 && errno == EINTR { wanted = left }
  }
}
