internal import Failures
internal import SQLite

/// What is known of the whole log: its UUID, the topics, how far each was consumed, and small values.
final class LogCatalog: Sendable {
  static let fileName = "log.sqlite"

  let logID: String
  private let database: Database

  /// "WGEL".
  private static let migrations = Migrations(
    applicationID: 0x5747_454c,
    steps: [
      """
      CREATE TABLE log (only INTEGER PRIMARY KEY CHECK (only = 1), id TEXT NOT NULL);
      CREATE TABLE topics (name TEXT PRIMARY KEY, partitions INTEGER NOT NULL) WITHOUT ROWID;
      CREATE TABLE progress (
        topic TEXT NOT NULL, partition INTEGER NOT NULL, next_offset INTEGER NOT NULL,
        PRIMARY KEY (topic, partition)) WITHOUT ROWID;
      CREATE TABLE metadata (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
      """
    ])

  /// Opens the catalog of a log; with an `id`, one that is missing is created with it.
  init(directory: String, creatingWith id: String?) throws {
    let path = directory + "/" + Self.fileName
    database = try Database(path: path, options: OpenOptions(access: id == nil ? .readWrite : .create))
    if let id {
      try database.migrate(Self.migrations)
      try database.execute("INSERT OR IGNORE INTO log VALUES (1, ?)", [.text(id)])
    } else if try database.version(in: Self.migrations) < Self.migrations.steps.count {
      // Older, or created this moment by a process that has not come further.
      try database.migrate(Self.migrations)
    }
    guard let logID = try database.with({ try $0.first("SELECT id FROM log") { $0.text(0) ?? "" } }) else {
      throw Failure.malformedInput("the log has no id").within(path)
    }
    self.logID = logID
  }

  func topics() throws -> [String] {
    try database.with { try $0.rows("SELECT name FROM topics ORDER BY name") { $0.text(0) ?? "" } }
  }

  /// The number of partitions, nil for a topic that does not exist.
  func partitionCount(of topic: String) throws -> Int32? {
    try database.with { connection in
      try connection.first("SELECT partitions FROM topics WHERE name = ?", [.text(topic)]) {
        Int32(clamping: $0.int64(0))
      }
    }
  }

  /// The number of partitions of a topic, which is made with `partitions` where it does not exist.
  func register(_ topic: String, partitions: Int32) throws -> Int32 {
    if let count = try partitionCount(of: topic) { return count }
    try database.execute("INSERT OR IGNORE INTO topics VALUES (?, ?)", [.text(topic), .integer(Int64(partitions))])
    return try partitionCount(of: topic) ?? partitions
  }

  func progress(of topic: String) throws -> [Int32: Int64] {
    let rows = try database.with { connection in
      try connection.rows("SELECT partition, next_offset FROM progress WHERE topic = ?", [.text(topic)]) {
        (Int32(clamping: $0.int64(0)), $0.int64(1))
      }
    }
    return Dictionary(rows) { $1 }
  }

  func noteProgress(topic: String, offsets: [Int32: Int64]) throws {
    try database.transaction { connection in
      for (partition, offset) in offsets {
        try connection.execute(
          "INSERT OR REPLACE INTO progress VALUES (?, ?, ?)",
          [.text(topic), .integer(Int64(partition)), .integer(offset)])
      }
    }
  }

  func metadata(_ key: String) throws -> String? {
    try database.with { try $0.first("SELECT value FROM metadata WHERE key = ?", [.text(key)]) { $0.text(0) ?? "" } }
  }

  func setMetadata(_ value: String?, for key: String) throws {
    if let value {
      try database.execute("INSERT OR REPLACE INTO metadata VALUES (?, ?)", [.text(key), .text(value)])
    } else {
      try database.execute("DELETE FROM metadata WHERE key = ?", [.text(key)])
    }
  }
}
