import Configuration
import Host
import Quality
import Runner

/// How well the pipeline is: 0 well, 1 a warning, 2 critical, as monitors take it.
struct StatusJudgement {
  private let configuration: Configuration
  /// Now, in microseconds.
  private let now: Int64
  /// What is wrong, worst first.
  private(set) var findings: [Finding] = []

  /// Something that is wrong.
  struct Finding {
    /// 1 or 2.
    let level: Int32
    /// In one line.
    let text: String
  }

  /// - Parameters:
  ///   - newestRecord: when the newest record came into the log, in microseconds; nil when there is none.
  ///   - disk: the disk of the warehouse; nil where it is on none.
  init(
    _ status: PipelineStatus, _ trends: [QualityTrend], newestRecord: Int64?, disk: DiskSpace?,
    configuration: Configuration, now: Int64
  ) {
    self.configuration = configuration
    self.now = now
    for job in status.jobs {
      let level = level(of: job)
      if level > 0 { findings.append(Finding(level: level, text: "\(job.name.rawValue) is \(state(of: job))")) }
    }
    for trend in trends {
      guard let newest = trend.batches.last, newest.severity > .success else { continue }
      findings.append(
        Finding(
          level: newest.severity == .critical ? 2 : 1, text: "\(newest.name) is \(newest.severity.rawValue)"))
    }
    if let newestRecord, now - newestRecord > configuration.alerts.sourceSilent.inMicroseconds {
      let minutes = (now - newestRecord) / 60_000_000
      findings.append(Finding(level: 1, text: "the source is silent: no new record for \(minutes) min"))
    }
    if let disk, Double(disk.free) < configuration.alerts.diskFree * Double(disk.total) {
      findings.append(Finding(level: 2, text: "the disk is nearly full: \(disk.free >> 20) MiB are free"))
    }
    findings.sort { $0.level > $1.level }
  }

  /// The exit code of `status --check`.
  var exitCode: Int32 { findings.first?.level ?? 0 }

  /// 0, 1 when the oldest input waits longer than the latency target, 2 when it waits twice as long or a batch is blocked.
  func level(of job: PipelineStatus.Job) -> Int32 {
    if job.blocked != nil { return 2 }
    guard let oldest = job.oldestWaiting else { return 0 }
    let target = configuration.latencyTarget(of: job.name)
    let age = now - oldest
    return age > 2 * target ? 2 : age > target ? 1 : 0
  }

  /// The job's state in words.
  func state(of job: PipelineStatus.Job) -> String {
    job.blocked.map { "blocked: \($0)" } ?? ["ok", "late", "very late"][Int(level(of: job))]
  }
}
