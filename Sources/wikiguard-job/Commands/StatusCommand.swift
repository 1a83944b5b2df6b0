import Configuration
import CommandLine
import Host
import JSON
import Runner

/// `wikiguard-job status`: how far each job has come and what waits. With `--check` the exit code says how well it is: 0, 1 (what waits is
/// older than the latency target) or 2 (older than twice the target, or a batch is blocked).
struct StatusCommand {
  let session: Session

  func run() throws -> Int32 {
    let workspace = try WorkspaceOpening(session: session).open()
    let status = try StatusReader(workspace: workspace, settings: JobSettings(session)).read()
    let now = session.host.clock()
    Host.print(session.wantsJSON ? document(status, now: now) : text(status, now: now))
    guard session.command.flag("check") else { return 0 }
    return status.jobs.map { verdict($0, now: now) }.max() ?? 0
  }

  private func verdict(_ job: PipelineStatus.Job, now: Int64) -> Int32 {
    if job.blocked != nil { return 2 }
    guard let oldest = job.oldestWaiting else { return 0 }
    let target = session.configuration.latencyTarget(of: job.name)
    let age = now - oldest
    return age > 2 * target ? 2 : age > target ? 1 : 0
  }

  private func text(_ status: PipelineStatus, now: Int64) -> String {
    var jobs = TextTable([
      .init("job"), .init("newest batch"), .init("committed", .right), .init("waiting", .right),
      .init("oldest", .right),
      .init("state"),
    ])
    for job in status.jobs {
      let state = job.blocked.map { "blocked: \($0)" } ?? ["ok", "late", "very late"][Int(verdict(job, now: now))]
      jobs.add([
        job.name.rawValue, job.lastBatch ?? "none", ago(job.lastCommit, now),
        "\(Grouped.number(job.waiting)) \(job.unit)",
        ago(job.oldestWaiting, now), state,
      ])
    }
    var tables = TextTable([
      .init("table"), .init("rows", .right), .init("files", .right), .init("bytes", .right), .init("snapshots", .right),
    ])
    for table in status.tables {
      tables.add([
        table.name, Grouped.number(table.rows), Grouped.number(table.files), Grouped.number(table.bytes),
        Grouped.number(table.snapshots),
      ])
    }
    return jobs.text() + "\n" + tables.text()
  }

  private func ago(_ time: Int64?, _ now: Int64) -> String {
    guard let time else { return "-" }
    let seconds = max(0, (now - time) / 1_000_000)
    return seconds < 120 ? "\(seconds) s ago" : seconds < 7200 ? "\(seconds / 60) min ago" : "\(seconds / 3600) h ago"
  }

  private func document(_ status: PipelineStatus, now: Int64) -> String {
    let jobs = status.jobs.map { job -> JSONValue in
      [
        "job": .string(job.name.rawValue), "last_batch": job.lastBatch.map { .string($0) } ?? .null,
        "last_commit_us": job.lastCommit.map { .integer($0) } ?? .null, "waiting": .integer(job.waiting),
        "unit": .string(job.unit), "oldest_waiting_us": job.oldestWaiting.map { .integer($0) } ?? .null,
        "blocked": job.blocked.map { .string($0) } ?? .null, "verdict": .integer(Int64(verdict(job, now: now))),
      ]
    }
    let tables = status.tables.map { table -> JSONValue in
      [
        "table": .string(table.name), "rows": .integer(table.rows), "files": .integer(table.files),
        "bytes": .integer(table.bytes), "snapshots": JSONValue(table.snapshots),
        "metadata_location": .string(table.metadataLocation),
      ]
    }
    let result: JSONValue = ["version": 1, "jobs": .array(jobs), "tables": .array(tables)]
    return String(decoding: result.serialized(), as: UTF8.self) + "\n"
  }
}
