import Configuration
import Detection
import Quality
import RecentChange
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// The package's root, from this file's place in it.
private let root = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()

func contents(_ path: String) -> [UInt8]? {
  guard let file = fopen("\(root)/\(path)", "r") else { return nil }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 65536)
  while true {
    let count = fread(&buffer, 1, buffer.count, file)
    guard count > 0 else { return bytes }
    bytes += buffer[..<count]
  }
}

@Suite struct DefaultTextTests {
  static let files: [(ConfigurationFile, String)] =
    ConfigurationFile.allCases.filter { $0 != .environment }.map { ($0, "local") } + [
      (.environment, "local"), (.environment, "aws"),
    ]

  /// `jobs/` shows what is compiled in.
  @Test(arguments: files)
  func repositoryShowsTheCompiledInText(_ file: ConfigurationFile, _ environment: String) throws {
    let path = "jobs/\(file.path(environment: environment))"
    let shown = try #require(contents(path), "\(path) is missing")
    let isEqual = shown == Array(file.defaultText(environment: environment).utf8)
    #expect(isEqual, "\(path) differs from the compiled-in text")
  }

  @Test func defaultsAreTheDocumentedNumbers() throws {
    let configuration = try load()
    #expect(configuration.environmentName == "local")
    #expect(configuration.warnings.isEmpty && configuration.sources.isEmpty)
    #expect(configuration.bronze.latencyTarget == .seconds(120))
    #expect(configuration.silver.latencyTarget.inSeconds == 600)
    #expect(configuration.gold.latencyTarget.inMilliseconds == 600_000)
    #expect(configuration.gold.rules == .standard)
    #expect(configuration.bronze.onMissing == .fail)
    #expect(configuration.bronze.attempts == 3)
    #expect(configuration.bronze.topics == ["cleaned_events"])
    #expect(configuration.bronze.deadLetterTopic == "dlq_events")
    #expect(configuration.silver.largeEditBytes == 10240)
    #expect(configuration.maintain.snapshotsKept == 50)
    #expect(configuration.ingest.overlap == .seconds(5))
    #expect(configuration.ingest.topics.raw == nil)
    #expect(configuration.alerts.slack.from == .off && configuration.alerts.anomalies == .log)
    #expect(configuration.alerts.sourceSilent.inMicroseconds == 600_000_000)
    #expect(configuration.environment.catalog.type == .sql && configuration.environment.log.type == .embedded)
    try configuration.require(SupportedAdapters())
  }

  @Test func allowlistWatchesTwentyPages() throws {
    let list = try load().allowlist
    #expect(list.track == .all)
    #expect(list.entries.count == 20)
    #expect(Set(list.entries.compactMap(\.wiki)).count >= 4)
    #expect(try list.allowlist().entries == list.entries)
  }

  /// The declared checks are those that the code has for itself, by name, rule and order.
  @Test func declaredChecksAreQualitysOwn() throws {
    let configuration = try load()
    let clock: Int64 = 1_700_000_000_000_000
    let bronze = RowChecks.bronze
    #expect(
      try configuration.bronze.checks.rowChecks(table: "bronze_events", columns: columns(bronze), clock: clock)
        == bronze)
    let silver = RowChecks.silver(clock: clock)
    #expect(
      try configuration.silver.checks.rowChecks(table: "silver_events", columns: columns(silver), clock: clock)
        == silver)
    let batch = try configuration.silver.checks.batchChecks(
      table: "silver_events", columns: ["meta_id"], clock: clock)
    #expect(batch == BatchChecks.silver)
  }

  @Test(arguments: ["entity", "user", "global"])
  func goldChecksHaveQualitysRules(_ kind: String) throws {
    let own = kind == "entity" ? RowChecks.goldEntity : kind == "user" ? RowChecks.goldUser : RowChecks.goldGlobal
    let declared = try load().gold.checks.rowChecks(
      table: "gold_\(kind)_metrics_10min", columns: columns(own), clock: 0)
    func rules(_ checks: RowChecks) -> Set<String> {
      Set(checks.checks.map { "\($0.column ?? "") \($0.rule) \($0.isWaivable)" })
    }
    #expect(rules(declared) == rules(own))
  }

  private func columns(_ checks: RowChecks) -> [String] { checks.checks.flatMap(\.columns) }
}
