import Glibc

/// Waiting between attempts and, in a replay, between events.
enum Sleep {
  /// Sleeps that long.
  static func milliseconds(_ milliseconds: Int64) {
    guard milliseconds > 0 else { return }
    var time = timespec(tv_sec: Int(milliseconds / 1000), tv_nsec: Int(milliseconds % 1000) * 1_000_000)
    var left = timespec()
    while nanosleep(&time, &left) == -1 && errno == EINTR { time = left }
  }
}
