import Failures
import JobState
import Testing

/// What every adapter of `JobState` must do, on an empty state.
struct JobStateConformance {
  let state: any JobState

  static let all: [(name: String, check: @Sendable (JobStateConformance) throws -> Void)] = [
    ("runs are kept as recorded", { try $0.recording() }),
    ("runs change", { try $0.updating() }),
    ("unfinished runs", { try $0.unfinished() }),
    ("blocked runs", { try $0.blocked() }),
    ("newest first", { try $0.order() }),
    ("runs of a batch", { try $0.batches() }),
    ("small values", { try $0.values() }),
    ("locks", { try $0.locks() }),
  ]

  func run(
    _ id: String, batch: String = "bronze-000001", job: String = "bronze", status: RunRecord.Status = .planned,
    created: Int64 = 1000
  ) -> RunRecord {
    RunRecord(
      id: id, batch: batch, job: job, status: status, plan: "{\"id\":\"\(id)\"}", createdMilliseconds: created,
      updatedMilliseconds: created)
  }

  func recording() throws {
    #expect(try state.run("a") == nil)
    var full = run("a", status: .prepared)
    full.prepared = "[\"file:///é\"]"
    full.outcome = "{}"
    full.attempts = 3
    full.updatedMilliseconds = .max
    try state.record(full)
    try state.record(run("b"))
    #expect(try state.run("a") == full)
    #expect(try state.run("b") == run("b"))
    let failure = #expect(throws: Failure.self) { try state.record(run("a")) }
    #expect(failure?.kind == .conflict)
    #expect(failure?.isRetryable == false)
    #expect(try state.run("a") == full)
  }

  func updating() throws {
    try state.record(run("a"))
    var changed = run("a")
    for status in RunRecord.Status.allCases {
      changed.status = status
      changed.attempts += 1
      changed.prepared = status == .planned ? nil : "p"
      changed.updatedMilliseconds += 1
      try state.update(changed)
      #expect(try state.run("a") == changed)
    }
    let failure = #expect(throws: Failure.self) { try state.update(run("unknown")) }
    #expect(failure?.kind == .notFound)
  }

  func unfinished() throws {
    for (index, status) in RunRecord.Status.allCases.enumerated() {
      try state.record(run("\(status)", status: status, created: Int64(100 - index)))
    }
    try state.record(run("other", job: "silver"))
    #expect(try state.unfinished(job: "bronze").map(\.id) == ["prepared", "planned"])
    #expect(try state.unfinished(job: "silver").map(\.id) == ["other"])
    #expect(try state.unfinished(job: "gold").isEmpty)
  }

  func blocked() throws {
    #expect(try state.blocked(job: "bronze") == nil)
    for (id, job, status, created) in [
      ("1", "bronze", RunRecord.Status.blocked, 5), ("2", "bronze", .blocked, 7), ("3", "bronze", .done, 9),
      ("4", "silver", .blocked, 8),
    ] {
      try state.record(run(id, job: job, status: status, created: Int64(created)))
    }
    #expect(try state.blocked(job: "bronze")?.id == "2")
    #expect(try state.blocked(job: "gold") == nil)
    var freed = try #require(try state.run("2"))
    freed.status = .planned
    try state.update(freed)
    #expect(try state.blocked(job: "bronze")?.id == "1")
  }

  func order() throws {
    for (id, job, created) in [("1", "bronze", 5), ("2", "silver", 7), ("3", "bronze", 6), ("4", "bronze", 6)] {
      try state.record(run(id, job: job, created: Int64(created)))
    }
    #expect(try state.runs(job: nil, limit: 10).map(\.id) == ["2", "4", "3", "1"])
    #expect(try state.runs(job: "bronze", limit: 2).map(\.id) == ["4", "3"])
    #expect(try state.runs(job: nil, limit: 0).isEmpty)
    #expect(try state.runs(job: "gold", limit: 10).isEmpty)
  }

  func batches() throws {
    try state.record(run("1", batch: "x", created: 5))
    try state.record(run("2", batch: "y", created: 6))
    try state.record(run("3", batch: "x", created: 7))
    #expect(try state.runs(batch: "x").map(\.id) == ["3", "1"])
    #expect(try state.runs(batch: "z").isEmpty)
  }

  func values() throws {
    #expect(try state.value(job: "bronze", key: "k") == nil)
    try state.setValue("1", job: "bronze", key: "k")
    try state.setValue("2", job: "silver", key: "k")
    try state.setValue("", job: "bronze", key: "empty")
    try state.setValue("3", job: "bronze", key: "k")
    #expect(try state.value(job: "bronze", key: "k") == "3")
    #expect(try state.value(job: "silver", key: "k") == "2")
    #expect(try state.value(job: "bronze", key: "empty") == "")
    try state.setValue(nil, job: "bronze", key: "k")
    try state.setValue(nil, job: "bronze", key: "absent")
    #expect(try state.value(job: "bronze", key: "k") == nil)
    #expect(try state.value(job: "silver", key: "k") == "2")
  }

  func locks() throws {
    let lock = try state.lock(job: "bronze")
    #expect(lock != nil)
    #expect(try state.lock(job: "bronze") == nil)
    let other = try state.lock(job: "silver")
    #expect(other != nil)
    lock?.release()
    lock?.release()
    let again = try state.lock(job: "bronze")
    #expect(again != nil)
    again?.release()
    other?.release()
  }
}
