extension ProgramDescription {
  /// The command line of `wikiguard-job`.
  public static func job(version: String) -> ProgramDescription {
    ProgramDescription(
      root: CommandDescription(
        "wikiguard-job", summary: "run one batch of the WikiGuard pipeline and exit",
        discussion: [
          "Each call plans a bounded piece of input, commits Iceberg snapshots and exits, so that cron can run it. "
            + "Results go to standard output; logs and metrics to standard error."
        ],
        options: general,
        commands: [initialize, bronze, silver, gold, run, status, batches, .quarantine, alerts, report]),
      version: version, variables: variables, files: files)
  }

  /// Options that every program has beside those for help.
  static let general = [
    OptionDescription("env", value: "NAME", defaultText: "local", help: "the environment, such as local or aws"),
    OptionDescription(
      "config", value: "DIR", defaultText: "/etc/wikiguard if it exists", completion: .directories,
      help: "the folder whose files are laid over the built-in configuration"),
    OptionDescription(
      "output", value: "FORMAT", defaultText: "text", completion: .words(["text", "json"]), help: "the form of results"),
    OptionDescription("verbose", letter: "v", help: "log what is done in detail"),
  ]

  static let variables = [
    Term(
      "WIKIGUARD_HOME",
      "where warehouse, catalog, log and state are; else $STATE_DIRECTORY, else ~/.local/state/wikiguard"),
    Term("WIKIGUARD_CONFIG", "the folder of --config"),
    Term("WIKIGUARD_ENV", "the name of --env"),
    Term(
      "WIKIGUARD_<FILE>_<KEY...>",
      "overrides one value, such as WIKIGUARD_BRONZE_LIMITS_ROWS; an unknown one is an error"),
    Term("WIKIGUARD_NOW", "fixes the clock, for tests"),
  ]

  static let files = [
    Term("/etc/wikiguard/{ingest,bronze,silver,gold,maintain,alerts}.yaml", "what the programs do"),
    Term("/etc/wikiguard/environments/NAME.yaml", "where they run"),
    Term("/etc/wikiguard/entity-allowlist.yaml", "the pages to watch"),
  ]

  private static let waive = OptionDescription(
    "waive", value: "CHECK", isRepeated: true,
    help: "accept rows that fail this check; a check of another layer is no error")

  private static let batchOptions = [
    waive,
    OptionDescription("dry-run", help: "say what would be done and change nothing"),
    OptionDescription("drain", help: "go on until everything that was there at the start is done"),
    OptionDescription("max-batches", value: "N", help: "stop after so many batches"),
    OptionDescription("timeout", value: "SECONDS", defaultText: "600", help: "exit 69 when the time is up"),
    OptionDescription(
      "wait", value: "SECONDS", defaultText: "0", help: "wait so long for a lock instead of exiting 75"),
  ]

  private static let initialize = CommandDescription(
    "init", summary: "create the home, the catalog and all tables; does nothing to those that exist")

  private static let bronze = CommandDescription(
    "bronze", summary: "take new records of the log into bronze_events, byte for byte", options: batchOptions)

  private static let silver = CommandDescription(
    "silver", summary: "parse, deduplicate and check Bronze's new rows into silver_events",
    options: batchOptions + [
      OptionDescription(
        "last", value: "N", defaultText: "10", requires: "dry-run",
        help: "say what today's rules would do to so many of the newest batches")
    ])

  private static let gold = CommandDescription(
    "gold", summary: "compute the windows that Silver's new rows touch", options: batchOptions)

  private static let run = CommandDescription(
    "run", summary: "run bronze, silver and gold one after the other",
    discussion: ["A job that is busy or superseded is passed over; the next one runs all the same."],
    options: batchOptions)

  private static let status = CommandDescription(
    "status", summary: "show how far each job has come, what waits, and how good the last batches were",
    options: [
      OptionDescription("check", help: "exit 0 when all is well, 1 for a warning, 2 when it is critical, for a monitor")
    ])

  private static let report = CommandDescription(
    "report", summary: "show what was found: the most active, most reverted and most suspicious pages and users",
    options: [OptionDescription("top", value: "N", defaultText: "5", help: "so many lines a list")])

  private static let batches = CommandDescription(
    "batches", summary: "list batches, and decide about those that wait for somebody",
    options: [
      OptionDescription(
        "job", value: "JOB", completion: .words(["bronze", "silver", "gold"]), help: "only batches of this job"),
      OptionDescription("limit", value: "N", defaultText: "20", help: "so many of the newest batches"),
    ],
    commands: [
      CommandDescription(
        "show", summary: "show a batch: its plan, runs and counts", arguments: [batch]),
      CommandDescription(
        "retry", summary: "let a blocked batch be tried again", options: [waive], arguments: [batch]),
      CommandDescription(
        "quarantine",
        summary: "send the failing rows of a blocked batch to the quarantine, all of them where a batch check failed",
        arguments: [batch]),
      CommandDescription(
        "accept-loss", summary: "go on although records are gone or the log is another one", arguments: [batch]),
    ], isRunnable: true)

  private static let alerts = CommandDescription(
    "alerts", summary: "list what is wrong, who was told, and what is not delivered yet",
    commands: [
      CommandDescription(
        "test", summary: "send a test message and say what became of it",
        options: [
          OptionDescription(
            "channel", value: "NAME", defaultText: "all that are on",
            completion: .words(["slack", "sns", "command", "log"]), help: "only this channel")
        ])
    ], isRunnable: true)

  private static let batch = ArgumentDescription("ID", help: "the batch, such as silver-000042")
}
