import JSON

/// An operator's word that a suspended batch goes on with rows of it in quarantine.
public struct SuspensionOverride: Sendable, Hashable {
  /// Row checks of mode `suspend` whose failing rows go to quarantine, as those of other checks do.
  public var failingRows: [String]
  /// Batch checks that failed: every row of the batch goes to quarantine with them as the reason.
  public var allRows: [String]

  init(failingRows: [String] = [], allRows: [String] = []) {
    self.failingRows = failingRows
    self.allRows = allRows
  }

  /// What follows from the checks that suspended a batch.
  init(_ blocked: BlockedBatch) {
    failingRows = blocked.checks.filter { $0.kind == .row }.map(\.name)
    allRows = blocked.checks.filter { $0.kind == .batch }.map(\.name)
  }

  /// Both words.
  func adding(_ other: SuspensionOverride) -> SuspensionOverride {
    SuspensionOverride(
      failingRows: Set(failingRows + other.failingRows).sorted(), allRows: Set(allRows + other.allRows).sorted())
  }

  init(json: JSONObject) throws {
    failingRows = try json.array("failing_rows").compactMap(\.string)
    allRows = try json.array("all_rows").compactMap(\.string)
  }

  var json: JSONObject {
    [
      "failing_rows": .array(failingRows.map { .string($0) }), "all_rows": .array(allRows.map { .string($0) }),
    ]
  }
}
