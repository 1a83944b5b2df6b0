import CommandLine
import JSON
import Pipeline
import Runner

/// A list of quarantined rows, as a person or a program reads it.
struct QuarantineListOutput {
  let listing: QuarantineListing

  /// The rows, the newest first, and below them how many there are of each kind.
  var text: String {
    guard listing.total > 0 else { return "no such rows\n" }
    var rows = TextTable([
      .init("time"), .init("layer"), .init("reason", maximumWidth: 30), .init("wiki"),
      .init("entity", maximumWidth: 40), .init("user", maximumWidth: 24), .init("row id"), .init("status"),
    ])
    for row in listing.rows {
      rows.add([
        TimeText.seconds(row.quarantined), row.layer.rawValue, row.reason, row.wiki ?? "-", row.entity ?? "-",
        row.user ?? "-", String(row.rowID.prefix(Self.shownDigits)), row.status?.rawValue ?? "?",
      ])
    }
    var groups = TextTable([.init("rows", .right), .init("layer"), .init("reason"), .init("status")])
    for (group, count) in listing.groups {
      groups.add([Grouped.number(count), group.layer.rawValue, group.reason, group.status])
    }
    let shown =
      listing.rows.count < listing.total
      ? "\(Grouped.number(listing.rows.count)) of \(Grouped.number(listing.total)) rows, the newest first\n" : ""
    return rows.text() + shown + "\n" + groups.text()
  }

  /// Enough of an id to tell some millions of rows apart.
  private static let shownDigits = 12

  /// The same as JSON.
  var document: String {
    let groups = listing.groups.map { group, count -> JSONValue in
      [
        "layer": .string(group.layer.rawValue), "reason": .string(group.reason), "status": .string(group.status),
        "count": JSONValue(count),
      ]
    }
    let result: JSONValue = [
      "version": 1, "total": JSONValue(listing.total), "groups": .array(groups),
      "rows": .array(listing.rows.map { .object(QuarantineRowOutput.fields(of: $0)) }),
    ]
    return String(decoding: result.serialized(), as: UTF8.self) + "\n"
  }
}
