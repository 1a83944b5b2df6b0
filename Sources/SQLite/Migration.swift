internal import Failures

/// The versions of a schema: step n takes a file from version n to n + 1 (`PRAGMA user_version`).
public struct Migrations: Sendable {
  /// Which program's file it is (`PRAGMA application_id`), not 0.
  public let applicationID: Int32
  /// SQL scripts; those released are never changed.
  public let steps: [String]

  /// A schema's history.
  public init(applicationID: Int32, steps: [String]) {
    self.applicationID = applicationID
    self.steps = steps
  }
}

extension Database {
  /// Brings the file to the newest version in one transaction; safe to call from several processes at once.
  ///
  /// Throws `.malformedInput` when the file is another program's, `.unsupported` when a newer version wrote it.
  public func migrate(_ migrations: Migrations) throws {
    if try version(in: migrations) == migrations.steps.count { return }
    try transaction { connection in
      let version = try Self.version(connection, migrations)
      for step in migrations.steps.dropFirst(version) { try connection.executeScript(step) }
      try connection.executeScript("PRAGMA application_id = \(migrations.applicationID)")
      try connection.executeScript("PRAGMA user_version = \(migrations.steps.count)")
    }
  }

  /// The file's version, 0 for an empty file. Throws as `migrate` does.
  public func version(in migrations: Migrations) throws -> Int {
    try with { try Self.version($0, migrations) }
  }

  private static func version(_ connection: Connection, _ migrations: Migrations) throws -> Int {
    let tables = try connection.first("SELECT count(*) FROM sqlite_schema") { $0.int64(0) } ?? 0
    if tables == 0 { return 0 }
    let owner = try connection.first("PRAGMA application_id") { $0.int64(0) } ?? 0
    guard owner == Int64(migrations.applicationID) else {
      throw Failure.malformedInput("another program's database (application id \(owner))").within(connection.path)
    }
    let version = try connection.first("PRAGMA user_version") { $0.int64(0) } ?? 0
    guard version <= migrations.steps.count else {
      throw Failure.unsupported(
        "version \(version) was written by a newer release; this one knows \(migrations.steps.count)"
      )
      .within(connection.path)
    }
    return Int(version)
  }
}
