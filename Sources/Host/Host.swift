public import Configuration
import Failures
import Glibc
import RecentChange

/// What a process takes from the machine it runs on. Only programs use it; everything below is handed what it needs.
public struct Host: Sendable {
  /// The environment variables.
  public let variables: [String: String]
  /// Where the process was started.
  public let workingDirectory: String
  /// The time in microseconds since 1970-01-01 UTC; `WIKIGUARD_NOW` fixes it.
  public let clock: @Sendable () -> Int64

  /// Reads the environment. Throws `.configuration` when `WIKIGUARD_NOW` is no time.
  public init() throws {
    try self.init(variables: Self.readVariables(), workingDirectory: Self.readWorkingDirectory())
  }

  /// A machine with that environment. Throws `.configuration` when `WIKIGUARD_NOW` is no time.
  package init(variables: [String: String], workingDirectory: String) throws {
    self.variables = variables
    self.workingDirectory = workingDirectory
    if let text = variables["WIKIGUARD_NOW"] {
      guard let now = EventTime.microseconds(text) else {
        throw Failure.configuration("WIKIGUARD_NOW is \"\(text)\", which is no ISO 8601 time")
      }
      clock = { now }
    } else {
      clock = Self.now
    }
  }

  /// 64 bits of the system's randomness.
  @Sendable public static func random() -> UInt64 {
    var generator = SystemRandomNumberGenerator()
    return generator.next()
  }

  /// Seconds of a clock that never jumps.
  @Sendable public static func monotonicSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// Sleeps so many milliseconds; a signal does not end it.
  @Sendable public static func sleep(milliseconds: Int64) {
    guard milliseconds > 0 else { return }
    var time = timespec(tv_sec: Int(milliseconds / 1000), tv_nsec: Int(milliseconds % 1000) * 1_000_000)
    var left = timespec()
    while nanosleep(&time, &left) == -1 && errno == EINTR { time = left }
  }

  /// The number of cores, at most 8.
  public static var threads: Int { max(1, min(8, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))) }

  /// The name of this machine.
  public static var name: String {
    var buffer = [CChar](repeating: 0, count: 256)
    guard gethostname(&buffer, buffer.count - 1) == 0 else { return "localhost" }
    return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Reads configuration from files.
  public static let configurationReader = ConfigurationReader(
    read: { path in try FileReading.contents(of: path) }, list: { path in try FileReading.names(in: path) })

  /// Writes text to standard output.
  public static func print(_ text: String) { FileWriting.write(text, to: STDOUT_FILENO) }

  /// Writes text to standard error.
  @Sendable public static func printError(_ text: String) { FileWriting.write(text, to: STDERR_FILENO) }

  @Sendable private static func now() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
  }

  private static func readVariables() -> [String: String] {
    var result: [String: String] = [:]
    var entry = environ
    while let text = entry.pointee {
      let line = String(cString: text)
      if let equals = line.firstIndex(of: "=") {
        result[String(line[..<equals])] = String(line[line.index(after: equals)...])
      }
      entry += 1
    }
    return result
  }

  private static func readWorkingDirectory() -> String {
    guard let path = getcwd(nil, 0) else { return "/" }
    defer { free(path) }
    return String(cString: path)
  }
}
