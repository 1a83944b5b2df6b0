import EventLog

/// Reads from the log how alive the source is.
public struct SourceReader {
  private let workspace: Workspace
  private let topics: [String]

  /// A reader of the topics that events come in by.
  public init(workspace: Workspace, topics: [String]) {
    self.workspace = workspace
    self.topics = topics
  }

  /// When the newest record was appended, in microseconds since 1970-01-01 UTC; nil when the log holds none.
  public func newestRecord() throws -> Int64? {
    var newest: Int64?
    for topic in topics {
      for partition in try workspace.eventLog.partitions(of: topic) where partition.earliest < partition.end {
        let last = try workspace.eventLog.fetch(
          topic: topic, partition: partition.partition, from: partition.end - 1, to: partition.end, maxBytes: 1)
        if let time = last.timestamps.last { newest = max(newest ?? .min, time * 1000) }
      }
    }
    return newest
  }
}
