import EventLog

/// Records of the log in the order in which they are processed: by topic, partition and offset.
struct FetchedRecords: Sendable {
  /// Records of one partition, as one fetch gave them.
  struct Part: Sendable {
    var topic: String
    var partition: Int32
    var records: LogRecords
  }

  var parts: [Part] = []
}
