import Glibc
import Testing

/// The schedules run the local pipeline with the documented cadence, on an absolute home.
@Suite struct ScheduleTests {
  private func lines(_ path: String) throws -> [String] {
    let bytes = try #require(contents(path), "\(path) is missing")
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init).filter { !$0.hasPrefix("#") }
  }

  /// Minutes of the hour that a cron field names.
  private func minutes(_ field: Substring) -> [Int] {
    let parts = field.split(separator: "/")
    let step = parts.count > 1 ? Int(parts[1]) ?? 0 : 1
    let bounds = parts[0].split(separator: "-").compactMap { Int($0) }
    return Array(stride(from: bounds.first ?? 0, through: bounds.last ?? 59, by: max(1, step)))
  }

  private func cronJobs() throws -> [String: [Int]] {
    var jobs: [String: [Int]] = [:]
    for line in try lines("schedules/crontab") where line.contains("wikiguard-") && line.contains("* * * *") {
      let fields = line.split(separator: " ")
      #expect(fields[1...4].allSatisfy { $0 == "*" })
      let command = fields[5...].joined(separator: " ")
      #expect(
        command.contains(" >>/var/log/wikiguard/") && command.hasSuffix("2>&1"), "cron would mail every run: \(line)")
      let name = command.firstRange(of: "wikiguard-job ").map { String(command[$0.upperBound...].prefix { $0 != " " }) }
      jobs[name ?? "ingest"] = minutes(fields[0])
    }
    return jobs
  }

  @Test func crontabHasTheCadence() throws {
    let jobs = try cronJobs()
    #expect(Set(jobs.keys) == ["ingest", "bronze", "silver", "gold"])
    #expect(jobs["ingest"]?.count == 60)
    #expect(jobs["bronze"] == Array(stride(from: 0, to: 60, by: 2)))
    #expect(jobs["silver"]?.count == 6 && jobs["gold"]?.count == 6)
    let text = try lines("schedules/crontab")
    #expect(text.contains("WIKIGUARD_HOME=/var/lib/wikiguard"))
    #expect(text.contains { $0.contains("flock -n /var/lib/wikiguard/") && $0.contains("wikiguard-ingest") })
  }

  @Test func servicesKnowHomeAndExitCodes() throws {
    let job = try lines("schedules/systemd/wikiguard-job@.service")
    let ingest = try lines("schedules/systemd/wikiguard-ingest.service")
    for unit in [job, ingest] {
      #expect(unit.contains("Environment=WIKIGUARD_HOME=/var/lib/wikiguard"))
      #expect(unit.contains("StateDirectory=wikiguard"))
      #expect(unit.contains("User=wikiguard"))
    }
    #expect(job.contains("SuccessExitStatus=75") && job.contains("Type=oneshot"))
    #expect(job.contains("ExecStart=/usr/local/bin/wikiguard-job %i"))
    #expect(ingest.contains("Restart=always") && ingest.contains("RestartPreventExitStatus=64 78"))
    #expect(ingest.contains("ExecStart=/usr/local/bin/wikiguard-ingest"))
  }

  @Test(arguments: [("bronze", "*:0/2"), ("silver", "*:1/10"), ("gold", "*:3/10")])
  func timersHaveTheCadence(_ job: String, _ calendar: String) throws {
    let unit = try lines("schedules/systemd/wikiguard-\(job).timer")
    #expect(unit.contains("OnCalendar=\(calendar)"))
    #expect(unit.contains("Unit=wikiguard-job@\(job).service"))
    #expect(unit.contains("WantedBy=timers.target"))
  }

  /// systemd's own opinion, where it is installed. The programs need not be: their place is taken by `true`.
  @Test func systemdAcceptsTheUnits() throws {
    guard run("command -v systemd-analyze >/dev/null 2>&1").status == 0 else {
      print("skipped: systemd-analyze is not installed")
      return
    }
    let root = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
    let script = """
      set -e
      folder=$(mktemp -d)
      trap 'rm -rf "$folder"' EXIT
      cp '\(root)'/schedules/systemd/* "$folder"
      sed -i -e 's|^ExecStart=[^ ]*|ExecStart=/bin/true|' -e '/^Documentation=/d' "$folder"/*.service
      cp "$folder/wikiguard-job@.service" "$folder/wikiguard-job@bronze.service"
      SYSTEMD_UNIT_PATH="$folder:" systemd-analyze verify --man=no "$folder"/wikiguard-ingest.service \
        "$folder"/wikiguard-job@bronze.service "$folder"/wikiguard-*.timer 2>&1 | grep "$folder\\|wikiguard" || true
      """
    let result = run(script)
    #expect(result.status == 0 && result.output.isEmpty, "\(result.output)")
  }

  private func run(_ script: String) -> (status: Int32, output: String) {
    guard let pipe = popen(script, "r") else { return (-1, "") }
    var output: [UInt8] = []
    while case let byte = fgetc(pipe), byte != EOF { output.append(UInt8(truncatingIfNeeded: byte)) }
    let status = pclose(pipe)
    return (status, String(decoding: output, as: UTF8.self))
  }
}
