public import Columns
import Failures
public import Quality
public import RecentChange

/// Bronze rows to Silver rows: parse, drop what the table holds, check, drop what the batch holds twice.
///
/// A pure function in two steps, between which the caller looks the candidates up in the table.
public struct SilverTransform: Sendable {
  /// What a plan fixes.
  public struct Plan: Sendable {
    /// The plan's clock in microseconds: the time of every quarantine row.
    public var clock: Int64
    /// The Silver batch.
    public var batchID: String
    /// The row checks, `RowChecks.silver(…, clock:)` unless configured otherwise.
    public var checks: RowChecks
    /// An edit that changes more bytes than this is large.
    public var largeEditBytes: Int
    /// Checks that no row is held to.
    public var waived: Set<String>
    /// Checks that the rows of single Bronze batches are not held to, by Bronze's batch id.
    public var waivedByBronzeBatch: [String: Set<String>]

    /// A plan.
    public init(
      clock: Int64, batchID: String, checks: RowChecks? = nil, largeEditBytes: Int = 10_240, waived: Set<String> = [],
      waivedByBronzeBatch: [String: Set<String>] = [:]
    ) {
      self.clock = clock
      self.batchID = batchID
      self.checks = checks ?? .silver(clock: clock)
      self.largeEditBytes = largeEditBytes
      self.waived = waived
      self.waivedByBronzeBatch = waivedByBronzeBatch
    }
  }

  /// The name under which rows that cannot be parsed are counted and quarantined.
  public static let parseFailure = "parse"

  let plan: Plan
  let allowlist: Allowlist
  private let parser: RecentChangeParser
  let isConcurrent: Bool

  /// A transform. `threads` above 1 uses as many cores as there are for large batches.
  public init(
    _ plan: Plan, allowlist: Allowlist, parser options: RecentChangeParser.Options = RecentChangeParser.Options(),
    threads: Int = 1
  ) {
    var options = options
    options.threads = 1  // a thread has its slice
    self.plan = plan
    self.allowlist = allowlist
    parser = RecentChangeParser(options)
    isConcurrent = threads > 1
  }

  /// Parses Bronze rows (columns of bronze_events, at least event_id, event_data, ingestion_timestamp and the
  /// coordinates), given in any number of parts, and derives every Silver column.
  ///
  /// Each thread takes a slice of the rows all the way, so that none waits for the longest step of the others.
  public func parse(bronze parts: [ColumnBatch]) throws -> SilverCandidates {
    let bronze = BronzeParts(parts)
    let slices = bronze.slices(of: min(Self.sliceRows, max(256, bronze.rowCount / 4)))
    let parsed = try runTasks(slices.count, isConcurrent: isConcurrent) { try parse(slices[$0]) }
    return try SilverCandidates(parsed, bronze: bronze, isConcurrent: isConcurrent)
  }

  private static let sliceRows = 8192

  private func parse(_ slice: BronzeParts.Slice) throws -> SilverCandidates.Slice {
    let parsed = try parser.parse(try slice.part.binaries("event_data"), rows: slice.rows)
    let derivation = SilverDerivation(
      event: parsed.columns,
      bronze: try slice.part.selecting(SilverDerivation.bronzeColumns).gathering(Array(slice.rows)),
      allowlist: allowlist, batchID: plan.batchID, largeEdit: plan.largeEditBytes)
    return SilverCandidates.Slice(derived: try derivation.rows(), failures: parsed.failures, start: slice.start)
  }

  /// Finishes a batch. `known` says for each candidate whether the table holds its `meta_id`. May be called again with
  /// more known ids when the table moved.
  public func finish(_ candidates: SilverCandidates, known: [Bool]) throws -> SilverResult {
    let rows = candidates.rows
    guard known.count == rows.rowCount else {
      throw Failure.invalidArgument("\(known.count) look-ups for \(rows.rowCount) candidates")
    }
    let verdicts = try plan.checks.evaluate(rows, skipping: known, waivers: try waivers(candidates))
    let order = try RowOrder(rows)
    let passing = order.sorted(known.indices.filter { !known[$0] && verdicts.passes($0) })
    let first = RowKeys([try rows.column("meta_id")]).firstRows(among: passing)
    let added = RowOrder.sorted(passing.filter { first[$0] == $0 }, by: try rows.int64s("event_time").values)
    let events = try gathering(rows, added)
    let quarantine = try quarantineRows(candidates, verdicts)
    let failed = quarantine.rowCount
    let counts = QualityCounts(
      total: candidates.total, passed: added.count, failed: failed,
      duplicates: candidates.total - added.count - failed)
    let parse = CheckCount(
      name: Self.parseFailure, checked: candidates.total, failed: candidates.failures.count)
    return SilverResult(
      events: events, quarantine: quarantine, counts: counts,
      windows: Self.windows(try events.int64s("event_time"))
        .union(Self.windows(try quarantine.int64s("event_time"))),
      checks: [parse] + verdicts.counts)
  }

  /// The waived checks of each row: the plan's, and those of its Bronze batch.
  private func waivers(_ candidates: SilverCandidates) throws -> RowChecks.Waivers {
    let everywhere = try plan.checks.mask(waiving: plan.waived)
    guard !plan.waivedByBronzeBatch.isEmpty else { return RowChecks.Waivers(everywhere: everywhere) }
    let batches = try candidates.bronze.parts.map { try $0.binaries("batch_id") }
    let masks = try plan.waivedByBronzeBatch.map { (Array($0.key.utf8), try plan.checks.mask(waiving: $0.value)) }
    let byRow = candidates.origins.map { origin in
      let place = candidates.bronze.place(of: origin)
      return batches[place.part].withUnsafeBytes(row: place.row) { id in
        masks.first { id.elementsEqual($0.0) }?.1 ?? 0
      }
    }
    return RowChecks.Waivers(everywhere: everywhere, byRow: byRow)
  }

  private func gathering(_ batch: ColumnBatch, _ rows: [Int]) throws -> ColumnBatch {
    try ColumnBatch(
      schema: batch.schema,
      columns: runTasks(batch.columns.count, isConcurrent: isConcurrent) { batch.columns[$0].gathering(rows) })
  }

  /// The starts of the windows of `times`, which are mostly in order.
  private static func windows(_ times: PrimitiveColumn<Int64>) -> Set<Int64> {
    var windows: Set<Int64> = []
    var last: Int64?
    for row in 0..<times.count {
      guard let start = times[row].map(Calendar.windowStart), start != last else { continue }
      windows.insert(start)
      last = start
    }
    return windows
  }
}
