import Alerts
import Failures
import Fixtures
import Glibc
import JSON
import Testing

@Suite struct CommandChannelTests {
  private let directory = TemporaryDirectory()

  private func channel(_ script: String, environment: [String: String] = ["PATH": "/usr/bin:/bin"]) -> CommandChannel {
    CommandChannel(
      arguments: ["/bin/sh", "-c", script, "alert", directory.path], environment: environment,
      monotonicSeconds: monotonicSeconds)
  }

  @Sendable private func monotonicSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  private func text(_ name: String) -> String { String(decoding: readFile(directory.file(name)), as: UTF8.self) }

  @Test func theProgramGetsTheMessageAsJSON() throws {
    try channel(#"cat > "$1/input""#).deliver(fullMessage(), withinMilliseconds: 5000)
    let object = try #require(try JSONValue.parse(readFile(directory.file("input"))).object)
    #expect(try AlertMessage(json: object) == fullMessage())
    #expect(text("input").hasSuffix("}\n"))
  }

  @Test func aLongMessageArrivesWhole() throws {
    var message = fullMessage()
    message.alert.detail = String(repeating: "lang ", count: 1_000_000)
    try channel(#"sleep 0.2; cat > "$1/input""#).deliver(message, withinMilliseconds: 20_000)
    let object = try #require(try JSONValue.parse(readFile(directory.file("input"))).object)
    #expect(try AlertMessage(json: object).alert.detail.utf8.count == 5_000_000)
  }

  @Test func aProgramMayIgnoreItsInput() throws {
    var message = fullMessage()
    message.alert.detail = String(repeating: "lang ", count: 1_000_000)
    try channel("exec 0<&-; exit 0").deliver(message, withinMilliseconds: 20_000)
    try channel("exit 0").deliver(message, withinMilliseconds: 20_000)
  }

  @Test(
    "Another exit than 0 is a failure, with what it said",
    arguments: [
      ("echo no mail >&2; exit 3", "/bin/sh exits 3: no mail"), ("exit 1", "/bin/sh exits 1"),
      ("kill -9 $$", "/bin/sh dies of signal 9"),
    ])
  func failures(_ script: String, _ expected: String) {
    #expect(throws: DeliveryFailure(expected)) { try channel(script).deliver(fullMessage(), withinMilliseconds: 5000) }
  }

  @Test(
    "A slow program is killed with all that it started",
    arguments: ["sleep 30", "sleep 30 & echo $! > \"$1/child\"; wait"])
  func timeouts(_ script: String) throws {
    let clock = ContinuousClock()
    let time = clock.measure {
      #expect(throws: DeliveryFailure("/bin/sh takes longer than 300 ms")) {
        try channel(script).deliver(fullMessage(), withinMilliseconds: 300)
      }
    }
    #expect(time < .seconds(5))
    guard let child = pid_t(text("child").split(separator: "\n").first ?? "") else { return }
    var attempts = 0
    while kill(child, 0) == 0 && attempts < 100 {
      usleep(20_000)
      attempts += 1
    }
    #expect(kill(child, 0) == -1)
  }

  @Test func muchOnStandardErrorDoesNotBlockIt() throws {
    try channel("head -c 3000000 /dev/zero >&2").deliver(fullMessage(), withinMilliseconds: 20_000)
  }

  @Test func aChildThatLivesOnIsNotWaitedFor() throws {
    let clock = ContinuousClock()
    let time = try clock.measure {
      try channel("sleep 3 & exit 0").deliver(fullMessage(), withinMilliseconds: 10_000)
    }
    #expect(time < .seconds(2.5))
  }

  @Test func itSeesTheEnvironmentThatItIsGivenAndDefaultSignals() throws {
    try channel(
      #"echo "$SEEN/$HOME" > "$1/environment"; grep SigIgn /proc/self/status > "$1/signals""#,
      environment: ["PATH": "/usr/bin:/bin", "SEEN": "yes"]
    ).deliver(fullMessage(), withinMilliseconds: 5000)
    #expect(text("environment") == "yes/\n")
    let ignored = try #require(UInt64(text("signals").dropFirst("SigIgn:\t".count).prefix(16), radix: 16))
    // Beyond 31 there are only those that the C library keeps for itself.
    #expect(ignored & 0x7fff_ffff == 0)
  }

  @Test func whatIsNoProgramIsSaid() {
    let channel = CommandChannel(
      arguments: ["/nonexistent/program"], environment: [:], monotonicSeconds: monotonicSeconds)
    #expect {
      try channel.deliver(fullMessage(), withinMilliseconds: 100)
    } throws: {
      "\($0)" == "/nonexistent/program cannot be started: No such file or directory"
        && ($0 as? Failure)?.kind == .configuration
    }
  }

  @Test func noDescriptorIsLeftOpen() throws {
    func descriptors() -> Int { fileNames(in: "/proc/self/fd").count }
    try channel("exit 0").deliver(fullMessage(), withinMilliseconds: 5000)
    let before = descriptors()
    for _ in 0..<40 { try channel("exit 0").deliver(fullMessage(), withinMilliseconds: 5000) }
    // Other tests open files meanwhile.
    #expect(descriptors() < before + 40)
  }
}
