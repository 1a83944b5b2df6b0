import CommandLine
import Quality
import Runner

/// The status as a person reads it.
struct StatusText {
  let status: PipelineStatus
  let trends: [QualityTrend]
  let judgement: StatusJudgement
  /// Now, in microseconds.
  let now: Int64
  /// Whether bars may be drawn.
  let isTerminal: Bool

  var text: String {
    [jobs, quality, tables].filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private var jobs: String {
    var table = TextTable([
      .init("job"), .init("newest batch"), .init("committed", .right), .init("waiting", .right),
      .init("oldest", .right), .init("state"),
    ])
    for job in status.jobs {
      table.add([
        job.name.rawValue, job.lastBatch ?? "none", ago(job.lastCommit), "\(Grouped.number(job.waiting)) \(job.unit)",
        ago(job.oldestWaiting), judgement.state(of: job),
      ])
    }
    return table.text()
  }

  private var quality: String {
    var table = TextTable([
      .init("quality, \(StatusCommand.trendHours) h"), .init("batches", .right), .init("pass rate", .right),
      .init("newest", .right), .init("severity"), .init(isTerminal ? "trend" : ""), .init("worst checks"),
    ])
    for trend in trends {
      guard let newest = trend.batches.last else { continue }
      table.add([
        trend.job.rawValue, Grouped.number(trend.batches.count), Self.percent(trend.counts.passRate),
        Self.percent(newest.counts.passRate), newest.severity.rawValue, isTerminal ? bars(trend) : "", worst(trend),
      ])
    }
    return table.text()
  }

  private func worst(_ trend: QualityTrend) -> String {
    guard !trend.failedChecks.isEmpty else { return "-" }
    return trend.failedChecks.prefix(3).map { "\($0.name) \(Grouped.number($0.failed))" }.joined(separator: ", ")
  }

  /// The newest batches, drawn between the worst of them and 100 %, so that a small dip is seen.
  private func bars(_ trend: QualityTrend) -> String {
    let rates = trend.batches.suffix(24).map(\.counts.passRate)
    return Sparkline.text(rates, in: min(rates.min() ?? 0, 0.95)...1)
  }

  private var tables: String {
    var table = TextTable([
      .init("table"), .init("rows", .right), .init("files", .right), .init("bytes", .right), .init("snapshots", .right),
      .init("committed", .right), .init("newest row", .right),
    ])
    for state in status.tables {
      table.add([
        state.name, Grouped.number(state.rows), Grouped.number(state.files), Grouped.number(state.bytes),
        Grouped.number(state.snapshots), ago(state.committed), ago(state.newestRow),
      ])
    }
    return table.text()
  }

  private func ago(_ time: Int64?) -> String {
    guard let time else { return "-" }
    let seconds = max(0, (now - time) / 1_000_000)
    switch seconds {
    case ..<120: return "\(seconds) s ago"
    case ..<7200: return "\(seconds / 60) min ago"
    case ..<172_800: return "\(seconds / 3600) h ago"
    default: return "\(seconds / 86_400) d ago"
    }
  }

  /// Cut off, not rounded: only what is whole reads as 100 %.
  private static func percent(_ share: Double) -> String {
    let thousandths = Int(share * 1000)
    return "\(thousandths / 10).\(thousandths % 10) %"
  }
}
