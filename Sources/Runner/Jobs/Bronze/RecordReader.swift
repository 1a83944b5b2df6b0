import EventLog
import Failures

/// Reads the records of a planned input again, for a run that another process has planned.
struct RecordReader {
  let log: any EventLogReader
  /// How many bytes one fetch asks for.
  let fetchBytes: Int

  /// All records of `input`. Throws `InputGone` when they are not wholly there any more.
  func read(_ input: BronzePlanInput) throws -> FetchedRecords {
    guard try log.logID() == input.log else { throw InputGone(message: "the log \(input.log) is gone") }
    var fetched = FetchedRecords()
    // A slice without records only says what was lost.
    for slice in input.slices where slice.start < slice.end {
      let offsets = try log.partitions(of: slice.topic).first { $0.partition == slice.partition }
      guard let offsets, offsets.earliest <= slice.start, offsets.end >= slice.end else {
        throw InputGone(
          message: "\(slice.topic)/\(slice.partition) no longer holds offsets \(slice.start) to \(slice.end - 1)")
      }
      fetched.parts += try read(slice).map { .init(topic: slice.topic, partition: slice.partition, records: $0) }
    }
    return fetched
  }

  private func read(_ slice: BronzePlanInput.Slice) throws -> [LogRecords] {
    var records: [LogRecords] = []
    var reader = RangeReader(log: log, topic: slice.topic, partition: slice.partition)
    var next = slice.start
    while next < slice.end {
      guard let part = try reader.read(from: &next, to: slice.end, maxBytes: fetchBytes) else { break }
      records.append(part)
    }
    guard reader.gaps == slice.gaps else {
      throw InputGone(
        message:
          "\(slice.topic)/\(slice.partition) lacks \(reader.gaps.count) of offsets \(slice.start) to \(slice.end - 1), and lacked \(slice.gaps.count) when they were planned"
      )
    }
    return records
  }
}
