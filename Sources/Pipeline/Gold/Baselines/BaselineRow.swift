import Columns
import Detection

/// A row of gold_baselines before it becomes columns.
struct BaselineRow {
  /// Of what it is.
  enum Key {
    case users
    case hour(Int)
    case page(Int)
  }

  let key: Key
  /// Over how many values the median was taken.
  let windows: Int
  let baseline: Baseline

  /// Rows of pages in the byte order of their entity, then their wiki.
  static func sorted(_ rows: [BaselineRow], _ pages: PageTable) -> [BaselineRow] {
    let keyed = rows.map { row in
      let page = row.page ?? 0
      return (entity: pages.entities.key(pages.entity(of: page)), wiki: pages.wikis.key(pages.wiki(of: page)), row: row)
    }
    return keyed.sorted { left, right in
      left.entity == right.entity
        ? left.wiki.lexicographicallyPrecedes(right.wiki) : left.entity.lexicographicallyPrecedes(right.entity)
    }.map(\.row)
  }

  /// The rows as columns of the table.
  static func batch(
    _ rows: [BaselineRow], day: Int32, windows: Range<Int64>, batchID: String, pages: PageTable
  ) throws -> ColumnBatch {
    var columns = NamedColumns(rows)
    columns.ints("event_date") { _ in day }
    columns.strings("scope") { $0.scope.rawValue }
    columns.strings("key") { $0.name(pages) }
    columns.strings("wiki") { row in row.page.map { Self.text(pages.wikis.key(pages.wiki(of: $0))) } }
    columns.ints("windows") { Int32(clamping: $0.windows) }
    columns.doubles("events_avg") { $0.baseline.events.average }
    columns.doubles("events_stddev") { $0.baseline.events.deviation }
    columns.doubles("entities_avg") { $0.baseline.entities?.average }
    columns.doubles("entities_stddev") { $0.baseline.entities?.deviation }
    columns.doubles("revert_ratio") { $0.baseline.revertRatio }
    columns.doubles("anonymous_ratio") { $0.baseline.anonymousRatio }
    columns.longs("computed_from") { _ in windows.lowerBound }
    columns.longs("computed_to") { _ in windows.upperBound }
    columns.strings("batch_id") { _ in batchID }
    return try columns.batch(Tables.goldBaselines.schema)
  }

  private var scope: BaselineScope {
    switch key {
    case .users: .user
    case .hour: .global
    case .page: .entity
    }
  }

  private var page: Int? {
    guard case .page(let page) = key else { return nil }
    return page
  }

  private func name(_ pages: PageTable) -> String {
    switch key {
    case .users: "*"
    case .hour(let hour): String(hour)
    case .page(let page): Self.text(pages.entities.key(pages.entity(of: page)))
    }
  }

  private static func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }
}
