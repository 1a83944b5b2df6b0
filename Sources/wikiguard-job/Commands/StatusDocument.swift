import JSON
import Quality
import Runner

/// The status as JSON.
struct StatusDocument {
  let status: PipelineStatus
  let trends: [QualityTrend]
  let judgement: StatusJudgement

  var text: String {
    let document: JSONValue = [
      "version": 1, "verdict": .integer(Int64(judgement.exitCode)),
      "findings": .array(
        judgement.findings.map { ["level": .integer(Int64($0.level)), "text": .string($0.text)] }),
      "jobs": .array(status.jobs.map(job)), "quality": .array(trends.map(Self.trend)),
      "tables": .array(status.tables.map(Self.table)),
    ]
    return String(decoding: document.serialized(), as: UTF8.self) + "\n"
  }

  private func job(_ job: PipelineStatus.Job) -> JSONValue {
    [
      "job": .string(job.name.rawValue), "last_batch": job.lastBatch.map { .string($0) } ?? .null,
      "last_commit_us": job.lastCommit.map { .integer($0) } ?? .null, "waiting": .integer(job.waiting),
      "unit": .string(job.unit), "oldest_waiting_us": job.oldestWaiting.map { .integer($0) } ?? .null,
      "blocked": job.blocked.map { .string($0) } ?? .null, "verdict": .integer(Int64(judgement.level(of: job))),
    ]
  }

  private static func trend(_ trend: QualityTrend) -> JSONValue {
    let batches = trend.batches.map { batch -> JSONValue in
      [
        "batch": .string(batch.name), "plan_clock_us": .integer(batch.clock), "passed": JSONValue(batch.counts.passed),
        "failed": JSONValue(batch.counts.failed), "pass_rate": JSONValue(batch.counts.passRate) ?? .null,
        "severity": .string(batch.severity.rawValue),
      ]
    }
    let checks = trend.failedChecks.map { check -> JSONValue in
      ["check": .string(check.name), "failed": .integer(check.failed), "checked": .integer(check.checked)]
    }
    return [
      "job": .string(trend.job.rawValue), "pass_rate": JSONValue(trend.counts.passRate) ?? .null,
      "batches": .array(batches),
      "failed_checks": .array(checks),
    ]
  }

  private static func table(_ table: PipelineStatus.TableState) -> JSONValue {
    [
      "table": .string(table.name), "rows": .integer(table.rows), "files": .integer(table.files),
      "bytes": .integer(table.bytes), "snapshots": JSONValue(table.snapshots),
      "committed_us": table.committed.map { .integer($0) } ?? .null,
      "newest_row_us": table.newestRow.map { .integer($0) } ?? .null,
      "metadata_location": .string(table.metadataLocation),
    ]
  }
}
