import Failures
import Iceberg
import JSON
import Pipeline

/// What a run will change in one table: written and durable, not committed yet. Kept as JSON, so that any later process can
/// commit it whatever its code or rules are.
struct PreparedChange: Sendable {
  /// What has to be true of the metadata that the commit replaces.
  enum Condition: Sendable, Hashable {
    /// Nothing.
    case none
    /// The job's progress equals the start of the plan.
    case forward
    /// The files of these windows are still exactly those that are removed.
    case windows(WindowRanges)
    /// No row of a quarantine table's file added since has the row_id of one that is added.
    case rowsOnce
    /// No row holds for this day (days since 1970).
    case absentDay(Int32)
    /// No file was added since the rows were looked up.
    case lookedUp
    /// The files in which rows got this status are still those that are removed.
    case status(QuarantineStatus)
  }

  /// The table's name.
  var table: String
  /// What kind of snapshot it makes.
  var operation: SnapshotOperation
  /// Whether this is the job's main table, which carries its progress.
  var isMain = false
  /// The conditions of the commit.
  var conditions: [Condition] = []
  /// The snapshot that the rows were computed against; nil when the table had none.
  var base: Int64?
  /// Manifests of added files.
  var manifests: [ManifestFile] = []
  /// Paths of live files that are replaced.
  var removed: [String] = []
  /// Every path that was written for it.
  var written: [String] = []
  /// The windows that it touches.
  var windows = WindowRanges()
}

extension PreparedChange {
  /// Reads what `json` wrote. Throws `.malformedInput`.
  init(json: JSONValue) throws {
    guard let object = json.object else { throw Failure.malformedInput("a prepared change is \(json.kindName)") }
    guard let operation = SnapshotOperation(rawValue: try object.string("operation")) else {
      throw Failure.malformedInput("a prepared change has an unknown operation")
    }
    self.init(table: try object.string("table"), operation: operation)
    isMain = try object.bool("main")
    base = try object.optionalInt64("base")
    conditions = try object.array("conditions").map(Condition.init(json:))
    manifests = try object.array("manifests").map(ManifestFile.init(json:))
    removed = try object.array("removed").compactMap(\.string)
    written = try object.array("written").compactMap(\.string)
    windows = try WindowRanges(text: object.string("windows"))
  }

  /// The change as JSON.
  var json: JSONValue {
    var object: JSONObject = [
      "table": .string(table), "operation": .string(operation.rawValue), "main": .bool(isMain),
      "conditions": .array(conditions.map(\.json)),
      "manifests": .array(manifests.map(\.json)),
      "removed": .array(removed.map { .string($0) }),
      "written": .array(written.map { .string($0) }),
      "windows": .string(windows.text),
    ]
    if let base { object["base"] = .integer(base) }
    return .object(object)
  }
}

extension PreparedChange.Condition {
  init(json: JSONValue) throws {
    guard let object = json.object else { throw Failure.malformedInput("a condition is \(json.kindName)") }
    switch try object.string("kind") {
    case "forward": self = .forward
    case "windows": self = .windows(try WindowRanges(text: object.string("windows")))
    case "absent-day": self = .absentDay(try object.int32("day"))
    case "rows-once": self = .rowsOnce
    case "looked-up": self = .lookedUp
    case "status": self = .status(try Self.status(object.string("status")))
    case "none": self = .none
    case let kind: throw Failure.malformedInput("unknown condition \(kind)")
    }
  }

  private static func status(_ text: String) throws -> QuarantineStatus {
    guard let status = QuarantineStatus(rawValue: text) else {
      throw Failure.malformedInput("unknown status \(text)")
    }
    return status
  }

  var json: JSONValue {
    switch self {
    case .none: ["kind": "none"]
    case .lookedUp: ["kind": "looked-up"]
    case .status(let status): ["kind": "status", "status": .string(status.rawValue)]
    case .forward: ["kind": "forward"]
    case .rowsOnce: ["kind": "rows-once"]
    case .windows(let windows): ["kind": "windows", "windows": .string(windows.text)]
    case .absentDay(let day): ["kind": "absent-day", "day": .integer(Int64(day))]
    }
  }
}
