import Columns
import Iceberg
import Pipeline

/// The newest edit of each page and user that stands out, in its window.
struct NewestEdits {
  /// Whose edit, in which window.
  private struct Key: Hashable {
    let scope: GoldAnomaly.Scope
    let window: Int64
    let name: String
    let wiki: String
  }

  private var edits: [Key: GoldAnomaly.Edit] = [:]

  init(of anomalies: [GoldAnomaly], tables: inout TableSet) throws {
    let wanted = Set(anomalies.filter { $0.scope != .global }.map(Self.key))
    guard !wanted.isEmpty, let silver = try tables.existing(Tables.silverEvents) else { return }
    let scan = try TableScan(silver, filter: Self.filter(wanted), columns: Self.columns)
    try scan.readAll { try add($0.rows, wanted) }
  }

  func attach(to anomalies: inout [GoldAnomaly]) {
    for index in anomalies.indices { anomalies[index].newestEdit = edits[Self.key(anomalies[index])] }
  }

  private static func key(_ anomaly: GoldAnomaly) -> Key {
    Key(scope: anomaly.scope, window: anomaly.windowStart, name: anomaly.name, wiki: anomaly.wiki)
  }

  private static let columns = [
    "event_time", "canonical_entity", "wiki", "user_name", "server_url", "title", "revision_new", "is_allowlisted",
  ]

  private static func filter(_ wanted: Set<Key>) -> Expression {
    let windows = Set(wanted.map(\.window)).sorted()
    let times = windows.map {
      Expression.greaterOrEqual("event_time", .timestamptz($0))
        && .less("event_time", .timestamptz($0 + GoldWindowGrid.width))
    }
    let days = Set(windows.map(GoldWindowGrid.day(of:))).sorted().map { Literal.date($0) }
    func named(_ column: String, _ scope: GoldAnomaly.Scope) -> Expression {
      let names = Set(wanted.filter { $0.scope == scope }.map(\.name)).sorted()
      return names.isEmpty ? .alwaysFalse : .isIn(column, names.map { .text($0) })
    }
    return .isIn("event_date", days) && .or(times) && .isIn("event_type", [.text("edit"), .text("new")])
      && (named("canonical_entity", .entity) || named("user_name", .user))
  }

  private mutating func add(_ rows: ColumnBatch, _ wanted: Set<Key>) throws {
    let times = try rows.int64s("event_time")
    let allowlisted = try rows.bools("is_allowlisted")
    let revisions = try rows.int64s("revision_new")
    let names = try ["canonical_entity", "wiki", "user_name", "server_url", "title"].map { try rows.binaries($0) }
    for row in 0..<times.count {
      guard let time = times[row], let server = names[3].string(row), let title = names[4].string(row) else { continue }
      let edit = GoldAnomaly.Edit(
        server: server, title: title, revision: revisions[row], user: names[2].string(row),
        isAllowlisted: allowlisted[row] ?? false, time: time)
      let window = GoldWindowGrid.start(of: time)
      let page = Key(
        scope: .entity, window: window, name: names[0].string(row) ?? "", wiki: names[1].string(row) ?? "")
      for key in [page, Key(scope: .user, window: window, name: edit.user ?? "", wiki: "")] where wanted.contains(key) {
        guard edits[key].map({ $0.time <= time }) ?? true else { continue }
        edits[key] = edit
      }
    }
  }
}
