import Columns
import EventLog
import Failures

/// Decides which offsets the next Bronze batch takes, reading them on the way to keep to the limit of bytes.
struct BronzePlanner {
  let log: any EventLogReader
  let settings: BronzeSettings
  let request: PlanRequest
  /// The log whose loss the operator accepted: a head that is gone, or the whole log.
  let acceptedLoss: String?

  /// The input that comes next with its records, nil when there is none.
  func plan() throws -> PlannedInput? {
    let id = try log.logID()
    var progress = try start(log: id)
    let bounds = try request.horizon.map(BronzeProgress.init(text:))
    var input = BronzePlanInput(log: id, slices: [], isPoison: request.isPoison)
    var budget = Budget(rows: min(request.rowLimit ?? settings.rowLimit, settings.rowLimit), bytes: settings.byteLimit)
    var fetched = FetchedRecords()
    for topic in settings.topics + settings.deadLetterTopics {
      for offsets in try log.partitions(of: topic) where !budget.isSpent {
        // A partition that was not there when the drain began is left to the next run.
        let limit = bounds.map { $0.offsets[topic]?[offsets.partition] ?? 0 } ?? offsets.end
        guard var slice = try slice(topic, offsets, from: progress, end: min(limit, offsets.end)) else { continue }
        let records = try take(&slice, budget: &budget)
        guard slice.end > slice.start || slice.lostFrom != nil else { continue }
        input.slices.append(slice)
        fetched.parts += records.map { .init(topic: topic, partition: offsets.partition, records: $0) }
        progress.offsets[topic, default: [:]][offsets.partition] = slice.end
      }
    }
    guard !input.slices.isEmpty else { return nil }
    return PlannedInput(input: input.text, progressEnd: progress.text, clock: nil, fetched: fetched)
  }

  /// The end of every partition now.
  func ends() throws -> BronzeProgress {
    var progress = BronzeProgress(log: try log.logID())
    for topic in settings.topics + settings.deadLetterTopics {
      for offsets in try log.partitions(of: topic) {
        progress.offsets[topic, default: [:]][offsets.partition] = offsets.end
      }
    }
    return progress
  }

  private struct Budget {
    var rows: Int
    var bytes: Int
    var taken = 0
    var isSpent: Bool { rows <= 0 || (bytes <= 0 && taken > 0) }
  }

  private func start(log id: String) throws -> BronzeProgress {
    guard let text = request.progress else { return BronzeProgress(log: id) }
    let progress = try BronzeProgress(text: text)
    guard progress.log == id else {
      if acceptedLoss == progress.log { return BronzeProgress(log: id) }
      throw Failure.qualityGate(
        "the log is \(id), but the table's progress is of log \(progress.log); if that log is gone for good: `wikiguard-job batches accept-loss \(progress.log)`"
      )
    }
    return progress
  }

  /// What is left of a partition up to `end`. A missing head is data loss.
  private func slice(
    _ topic: String, _ offsets: PartitionOffsets, from progress: BronzeProgress, end: Int64
  ) throws -> BronzePlanInput.Slice? {
    var known = progress.offsets[topic]?[offsets.partition]
    let isAccepted = acceptedLoss == progress.log
    if let next = known, offsets.end < next, isAccepted { known = nil }
    if let known, offsets.end < known {
      throw Failure.qualityGate(
        "\(topic)/\(offsets.partition) ends at offset \(offsets.end), before the table's progress \(known): the log was cut or replaced; `wikiguard-job batches accept-loss \(progress.log)` starts it at its beginning"
      )
    }
    let start = known ?? offsets.earliest
    guard start < end else { return nil }
    guard start < offsets.earliest else {
      return .init(topic: topic, partition: offsets.partition, start: start, end: end)
    }
    guard settings.onMissing == .skip || isAccepted else {
      throw Failure.qualityGate(
        "\(topic)/\(offsets.partition): offsets \(start) to \(offsets.earliest - 1) are gone (retention) and were never read; accept it with `wikiguard-job batches accept-loss \(progress.log)` or set on_missing: skip"
      )
    }
    return .init(
      topic: topic, partition: offsets.partition, start: min(offsets.earliest, end), end: end, lostFrom: start)
  }

  /// Reads records of `slice` until the budget is spent and moves its end to what was taken; offsets without a record
  /// are no error, but noted.
  private func take(_ slice: inout BronzePlanInput.Slice, budget: inout Budget) throws -> [LogRecords] {
    var records: [LogRecords] = []
    var reader = RangeReader(log: log, topic: slice.topic, partition: slice.partition)
    var next = slice.start
    let end = min(slice.end, slice.start + Int64(max(budget.rows, 1)))
    while next < end, !budget.isSpent {
      let bytes = min(settings.fetchBytes, max(budget.bytes, 1))
      guard let part = try reader.read(from: &next, to: end, maxBytes: bytes) else { break }
      budget.taken += part.count
      budget.bytes -= part.keys.bytes.count + part.values.bytes.count
      budget.rows -= part.count
      records.append(part)
    }
    slice.end = next
    slice.gaps = reader.gaps
    return records
  }
}
