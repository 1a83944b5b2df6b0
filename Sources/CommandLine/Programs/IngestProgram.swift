extension ProgramDescription {
  /// The command line of `wikiguard-ingest`.
  public static func ingest(version: String) -> ProgramDescription {
    ProgramDescription(
      root: CommandDescription(
        "wikiguard-ingest", summary: "take Wikimedia's edit stream into the event log",
        discussion: [
          "Without a source the live stream is read until SIGTERM, which finishes what is in hand. A replay or generated "
            + "events end with exit 0 when all of them are in the log."
        ],
        options: sources + general),
      version: version, variables: variables, files: files)
  }

  private static let sources = [
    OptionDescription(
      "url", value: "URL", defaultText: "the live stream", group: "source", help: "read server-sent events from here"),
    OptionDescription(
      "replay", value: "FILE", completion: .files, group: "source",
      help: "take in recorded events (JSON lines, JSON arrays, SSE dumps, .gz, .zst); - is standard input"),
    OptionDescription("retime", requires: "replay", help: "shift the recording so that it ends now"),
    OptionDescription(
      "speed", value: "X", defaultText: "as fast as possible", requires: "replay",
      help: "replay at X times the real speed"),
    OptionDescription("generate", value: "N", group: "source", help: "make up N events"),
    OptionDescription("seed", value: "S", requires: "generate", help: "the same seed makes the same events"),
    OptionDescription(
      "ending", value: "TIME", defaultText: "now", requires: "generate",
      help: "the time of the last event made up, ISO 8601"),
    OptionDescription(
      "rate", value: "R", defaultText: "46", requires: "generate", help: "events a second of their own time"),
    OptionDescription(
      "allowlist", value: "FILE", completion: .files, help: "the list of pages instead of entity-allowlist.yaml"),
  ]
}
