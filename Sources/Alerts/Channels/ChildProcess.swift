import Failures
import Glibc

/// A program that is started, fed and waited for.
///
/// It is the leader of a process group of its own, gets none of our descriptors but the standard three (all others are closed on exec), and
/// begins with the default signal handling, whatever ours is.
final class ChildProcess {
  /// How it ended.
  enum Ending: Equatable {
    case exited(Int32)
    case killed(Int32)
    case timedOut
  }

  /// So much of its standard error is kept.
  private static let keptComplaints = 400
  private static let pauseMilliseconds: Int32 = 10

  /// The beginning of what it wrote to standard error.
  private(set) var complaints: [UInt8] = []
  private let id: pid_t
  private var input: Int32
  private var output: Int32
  private var hasEnded = false

  /// Starts `arguments[0]`, an absolute path. Throws `.configuration` when it cannot be started.
  init(arguments: [String], environment: [String: String]) throws {
    let (stdin, stderr) = (try Pipe(), try Pipe())
    defer {
      stdin.closeReader()
      stderr.closeWriter()
    }
    do {
      id = try Self.spawn(arguments, environment, stdin: stdin.reader, stderr: stderr.writer)
    } catch {
      stdin.closeWriter()
      stderr.closeReader()
      throw error
    }
    (input, output) = (stdin.writer, stderr.reader)
    for descriptor in [input, output] { _ = fcntl(descriptor, F_SETFL, O_NONBLOCK) }
  }

  deinit {
    if !hasEnded { kill() }
    if input >= 0 { close(input) }
    close(output)
  }

  /// Writes `bytes` to its standard input and waits for its end; kills it once `isTimeUp`. A program that does not read all of its input
  /// is no failure: its exit code counts.
  func run(input bytes: [UInt8], isTimeUp: () -> Bool) throws -> Ending {
    try BrokenPipeSignal.held {
      var rest = bytes[...]
      while true {
        feed(&rest)
        listen()
        if let ending = try poll() { return ending }
        if isTimeUp() {
          kill()
          return .timedOut
        }
        wait(isFeeding: !rest.isEmpty)
      }
    }
  }

  private func feed(_ rest: inout ArraySlice<UInt8>) {
    while input >= 0, !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(input, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      if count < 0 && errno == EAGAIN { return }
      guard count > 0 else { break }
      rest = rest.dropFirst(count)
    }
    if input >= 0 { close(input) }
    input = -1
    rest = []
  }

  private func listen() {
    var chunk = [UInt8](repeating: 0, count: 4096)
    while case let count = read(output, &chunk, chunk.count), count > 0 {
      complaints += chunk[..<count].prefix(max(0, Self.keptComplaints - complaints.count))
    }
  }

  /// How it ended, nil while it runs.
  private func poll() throws -> Ending? {
    var status: Int32 = 0
    let result = waitpid(id, &status, WNOHANG)
    if result == 0 || (result < 0 && errno == EINTR) { return nil }
    hasEnded = true
    listen()
    guard result == id else { throw Failure.internalError("process \(id) is not ours to wait for") }
    let signal = status & 0x7f
    return signal == 0 ? .exited(status >> 8 & 0xff) : .killed(signal)
  }

  private func wait(isFeeding: Bool) {
    var events = [pollfd(fd: output, events: Int16(POLLIN), revents: 0)]
    if isFeeding { events.append(pollfd(fd: input, events: Int16(POLLOUT), revents: 0)) }
    _ = Glibc.poll(&events, nfds_t(events.count), Self.pauseMilliseconds)
    // A closed standard error is ready at once; the end of the program is looked for no more often than this.
    if events[0].revents & Int16(POLLHUP) != 0 { usleep(UInt32(Self.pauseMilliseconds) * 1000) }
  }

  /// Kills it and all that it started, and waits for its end.
  private func kill() {
    _ = Glibc.kill(-id, SIGKILL)
    var status: Int32 = 0
    while waitpid(id, &status, 0) < 0 && errno == EINTR {}
    hasEnded = true
  }

  private static func spawn(
    _ arguments: [String], _ environment: [String: String], stdin: Int32, stderr: Int32
  ) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, stdin, 0)
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, stderr, 2)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    var id: pid_t = 0
    let code = withStrings(arguments) { copies in
      withStrings(environment.map { "\($0.key)=\($0.value)" }.sorted()) { environment in
        posix_spawn(&id, arguments[0], &actions, &attributes, copies, environment)
      }
    }
    guard code == 0 else {
      throw Failure.configuration("\(arguments[0]) cannot be started: \(String(cString: strerror(code)))")
    }
    return id
  }

  /// The strings as C has them, ended by a null pointer.
  private static func withStrings<Result>(
    _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
  ) -> Result {
    let copies: [UnsafeMutablePointer<CChar>?] = strings.map { strdup($0) } + [nil]
    defer { for copy in copies { free(copy) } }
    return body(copies)
  }
}

/// Both ends of a pipe, closed in other programs.
private struct Pipe {
  let reader: Int32
  let writer: Int32

  init() throws {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else {
      throw Failure.unavailable("no pipe: \(String(cString: strerror(errno)))")
    }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    (reader, writer) = (ends[0], ends[1])
  }

  func closeReader() { close(reader) }
  func closeWriter() { close(writer) }
}
