extension CommandDescription {
  /// `wikiguard-job quarantine`: rows that failed a check, and what becomes of them.
  static let quarantine = CommandDescription(
    "quarantine", summary: "look at rows that failed a check, and decide what becomes of them",
    discussion: [
      "Rows that pass after all are released into the main table of their layer; the others are discarded. "
        + "A released row of Silver changes its window, which the next run of gold computes again."
    ],
    commands: [list, show, release, discard])

  private static let list = CommandDescription(
    "list", summary: "list quarantined rows, the newest first, and count them by reason",
    options: [
      layer, status(["open", "released", "discarded", "all"]),
    ] + filters + [
      OptionDescription("limit", value: "N", defaultText: "20", help: "show so many rows; all are counted")
    ])

  private static let show = CommandDescription(
    "show", summary: "show everything about rows, their original record included", arguments: [row])

  private static let release = CommandDescription(
    "release", summary: "take rows through their layer again, into the main table where they pass now",
    discussion: [
      "Rows are judged by today's rules less the waived checks. With --waive alone the rows that failed one of these "
        + "checks are meant. Rows that still fail stay in quarantine and are counted by reason; rows that the main "
        + "table has already are only marked.",
      "Rows of gold cannot be released: their window is computed again.",
    ],
    options: [layer, status(["open", "discarded"])] + filters + [
      all,
      OptionDescription("waive", value: "CHECK", isRepeated: true, help: "accept rows that fail this check"),
    ] + running,
    arguments: [rows])

  private static let discard = CommandDescription(
    "discard", summary: "close open rows without taking them",
    discussion: [
      "A discarded row counts as failed nowhere any more. It can still be released, by its id or with --status discarded."
    ],
    options: [layer] + filters + [all] + running, arguments: [rows])

  private static let row = ArgumentDescription(
    "ROW_ID", isRepeated: true, help: "a row's id, or as much of its beginning as no other row has")

  private static let rows = ArgumentDescription(
    "ROW_ID", isOptional: true, isRepeated: true, help: "a row's id or its beginning, instead of filters")

  private static let layer = OptionDescription(
    "layer", value: "LAYER", completion: .words(["bronze", "silver", "gold"]), help: "only rows of this layer")

  private static func status(_ words: [String]) -> OptionDescription {
    OptionDescription(
      "status", value: "STATUS", defaultText: "open", completion: .words(words), help: "only rows of this status")
  }

  private static let filters = [
    OptionDescription("reason", value: "CHECK", help: "only rows whose first failing check this is"),
    OptionDescription("check", value: "CHECK", help: "only rows that failed this check, whatever else they failed"),
    OptionDescription("since", value: "TIME", help: "only rows quarantined at this time (ISO 8601) or later"),
    OptionDescription("until", value: "TIME", help: "only rows quarantined before this time (ISO 8601)"),
    OptionDescription("batch", value: "ID", help: "only rows that this batch quarantined"),
    OptionDescription("entity", value: "ENTITY", help: "only rows of this page, such as enwiki:Berlin"),
    OptionDescription("wiki", value: "WIKI", help: "only rows of this wiki, such as enwiki"),
    OptionDescription("user", value: "USER", help: "only rows of this user"),
  ]

  private static let all = OptionDescription("all", help: "mean all rows, where no filter and no id names some")

  private static let running = [
    OptionDescription("dry-run", help: "say what would be done and change nothing"),
    OptionDescription("timeout", value: "SECONDS", defaultText: "600", help: "exit 69 when the time is up"),
    OptionDescription(
      "wait", value: "SECONDS", defaultText: "0", help: "wait so long for a lock instead of exiting 75"),
  ]
}
