public import Columns
import Detection
import Failures

/// What is normal, by day: the rows of gold_baselines that a batch needs.
public struct BaselineBook: Sendable {
  private var days: [Int32: BaselineDay] = [:]

  /// The columns that `add` reads.
  public static let columns = [
    "event_date", "scope", "key", "wiki", "events_avg", "events_stddev", "entities_avg", "entities_stddev",
    "revert_ratio", "anonymous_ratio",
  ]

  /// A book without a page: every day reads as `none`.
  public init() {}

  /// Whether anything is known for a day (days since 1970-01-01).
  public func hasDay(_ day: Int32) -> Bool { days[day] != nil }

  /// Adds rows of gold_baselines. Throws where a column is missing or a deviation is not above 0.
  public mutating func add(_ rows: ColumnBatch) throws {
    let dates = try rows.int32s("event_date")
    let reader = try BaselineReader(rows)
    for row in 0..<rows.rowCount {
      guard let day = dates[row], let scope = reader.scope(row), let baseline = try reader.baseline(row) else {
        continue
      }
      days[day, default: BaselineDay()].add(baseline, scope, reader, row)
    }
  }

  func day(_ day: Int32) -> BaselineDay? { days[day] }
}

/// The baselines of one day.
struct BaselineDay {
  private var pages = PageTable()
  private var pageBaselines: [Baseline] = []
  private(set) var user: Baseline?
  private var hours = [Baseline?](repeating: nil, count: 24)

  /// The baseline of an hour of the day, 0 to 23.
  func hour(_ hour: Int) -> Baseline? { hours[hour] }

  /// The baseline of a page by its number in `others`, nil where most of its windows have no edit.
  func page(_ page: Int, of others: PageTable) -> Baseline? {
    pages.find(
      entity: others.entities.key(others.entity(of: page)), wiki: others.wikis.key(others.wiki(of: page))
    ).map { pageBaselines[$0] }
  }

  fileprivate mutating func add(
    _ baseline: Baseline, _ scope: BaselineScope, _ reader: BaselineReader, _ row: Int
  ) {
    switch scope {
    case .user: user = baseline
    case .global:
      if let hour = reader.keys.string(row).flatMap({ Int($0) }), hours.indices.contains(hour) {
        hours[hour] = baseline
      }
    case .entity:
      let page = pages.numbers(entities: reader.keys, wikis: reader.wikis, rows: [row])[0]
      if page == pageBaselines.count { pageBaselines.append(baseline) } else { pageBaselines[page] = baseline }
    }
  }
}

/// What a baseline is of.
enum BaselineScope: String {
  case entity, user, global
}

private struct BaselineReader {
  private let scopes: BinaryColumn
  let keys: BinaryColumn
  let wikis: BinaryColumn
  private let events: (average: PrimitiveColumn<Double>, deviation: PrimitiveColumn<Double>)
  private let entities: (average: PrimitiveColumn<Double>, deviation: PrimitiveColumn<Double>)
  private let reverts: PrimitiveColumn<Double>
  private let anonymous: PrimitiveColumn<Double>

  init(_ rows: ColumnBatch) throws {
    scopes = try rows.binaries("scope")
    keys = try rows.binaries("key")
    wikis = try rows.binaries("wiki")
    events = (try rows.doubles("events_avg"), try rows.doubles("events_stddev"))
    entities = (try rows.doubles("entities_avg"), try rows.doubles("entities_stddev"))
    reverts = try rows.doubles("revert_ratio")
    anonymous = try rows.doubles("anonymous_ratio")
  }

  /// Nil for a scope that this version does not know.
  func scope(_ row: Int) -> BaselineScope? { scopes.string(row).flatMap(BaselineScope.init) }

  func baseline(_ row: Int) throws -> Baseline? {
    guard let events = try spread(events, row) else { return nil }
    return Baseline(
      events: events, entities: try spread(entities, row), revertRatio: reverts[row], anonymousRatio: anonymous[row])
  }

  private func spread(
    _ columns: (average: PrimitiveColumn<Double>, deviation: PrimitiveColumn<Double>), _ row: Int
  ) throws -> Spread? {
    guard let average = columns.average[row], let deviation = columns.deviation[row] else { return nil }
    guard deviation > 0 else {
      throw Failure.malformedInput("gold_baselines: the deviation of \(keys.string(row) ?? "null") is \(deviation)")
    }
    return Spread(average: average, deviation: deviation)
  }
}
