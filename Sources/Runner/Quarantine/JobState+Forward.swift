import JobState

extension JobState {
  /// The newest run of `job` that is part of its way forward; decisions about quarantined rows are not.
  func newestForwardRun(of job: String) throws -> RunRecord? {
    var limit = 4
    while true {
      let runs = try runs(job: job, limit: limit)
      if let run = try runs.first(where: { try Plan(text: $0.plan).kind == .forward }) { return run }
      if runs.count < limit { return nil }
      limit *= 4
    }
  }
}
