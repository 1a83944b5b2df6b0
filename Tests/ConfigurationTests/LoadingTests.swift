import Configuration
import Failures
import RecentChange
import Testing

@Suite struct LoadingTests {
  @Test func aFileChangesOnlyItsKeys() throws {
    let configuration = try load(["bronze.yaml": "limits: {rows: 7}\n"])
    #expect(configuration.bronze.limits.rows == 7)
    #expect(configuration.bronze.limits.bytes == 128 << 20)
    #expect(configuration.sources == ["/c/bronze.yaml"])
    #expect(try load(["bronze.yaml": ""]).bronze == load().bronze)
  }

  @Test func unknownKeysAreNamedByFileAndLine() {
    let said = message(["gold.yaml": "# mine\nentity:\n  flags:\n    burst_zcore: 3\n"])
    #expect(said == "/c/gold.yaml:4: unknown key \"burst_zcore\" (did you mean \"burst_zscore\"?)")
    #expect(message(["ingest.yaml": "url: x\n"]).hasPrefix("/c/ingest.yaml:1: unknown key \"url\""))
  }

  static let refused: [(String, String, String)] = [
    (
      "bronze.yaml", "limits: {rows: 0}\n",
      "/c/bronze.yaml:1: \"rows\" must be an integer from 1 to 100000000, not \"0\""
    ),
    ("bronze.yaml", "limits: &x {rows: 1}\n", "/c/bronze.yaml:1: anchor \"&x\""),
    ("bronze.yaml", "timeout: 1 s\ntimeout: 2 s\n", "/c/bronze.yaml:2: key \"timeout\" again (first in line 1)"),
    ("bronze.yaml", "timeout: [\n", "/c/bronze.yaml:2: "),
    ("bronze.yaml", "- a\n", "/c/bronze.yaml:1: expected keys, found a list"),
    ("bronze.yaml", "on_missing: skp\n", "not one of fail, skip (did you mean \"skip\"?)"),
    ("bronze.yaml", "topics: {events: [a, a]}\n", "names a topic twice"),
    ("bronze.yaml", "topics: {events: []}\n", "must name a topic"),
    ("bronze.yaml", "latency_target: null\n", "/c/bronze.yaml:1: \"latency_target\" has no value"),
    ("ingest.yaml", "topics: {events: \"a b\"}\n", "no topic name"),
    ("ingest.yaml", "topics: {raw: dlq_events}\n", "different names"),
    ("ingest.yaml", "source: {url: ftp://x}\n", "must begin with https:// or http://"),
    ("ingest.yaml", "source: {user_agent: \"a\\nb\"}\n", "visible ASCII"),
    ("ingest.yaml", "reconnect: {first: 2 min}\n", "\"longest\" must be a duration from 120.0 seconds"),
    ("gold.yaml", "severity: {high: 60}\n", "must rise"),
    ("gold.yaml", "entity: {risk: {zscore: {low: {over: 1, points: 99}}}}\n", "must fall"),
    ("gold.yaml", "baselines: {history_days: 1, minimum_windows: 145}\n", "is more than the 144 windows"),
    ("gold.yaml", "baselines: {fixed: {user: {edits_stddev: 0}}}\n", "\"edits_stddev\" must be a number from"),
    ("gold.yaml", "global: {critical: {revert_ratio: 25}}\n", "must be a number from 0.0 to 1.0"),
    ("maintain.yaml", "compaction: {small_bytes: 1 GiB}\n", "\"small_bytes\" must be a size of 0 to 268435456 bytes"),
    ("maintain.yaml", "retention_days: {bronze_event: 3}\n", "(did you mean \"bronze_events\"?)"),
    ("alerts.yaml", "channels: {sns: {from: critical}}\n", "must be the ARN of a topic"),
    ("alerts.yaml", "channels: {command: {from: warning, argv: [mail]}}\n", "absolute path"),
    ("alerts.yaml", "quiet_hours: 22\n", "not hours such as \"22-06\""),
    ("entity-allowlist.yaml", "track: some\n", "not one of all, allowlist"),
    ("entity-allowlist.yaml", "entities: [{wiki: enwiki}]\n", "\"entities[0].title\" has no value"),
    ("entity-allowlist.yaml", "entities: [{title: A, aliass: [B]}]\n", "(did you mean \"aliases\"?)"),
    ("environments/local.yaml", "warehouse: {uri: gs://bucket}\n", "neither a path nor file://… or s3://…"),
    ("environments/local.yaml", "catalog: {type: rest}\n", "\"catalog.rest.url\" has no value"),
    ("environments/local.yaml", "catalog: {namespace: a.b}\n", "not a name of letters"),
  ]

  @Test(arguments: refused)
  func refuses(_ file: String, _ text: String, _ words: String) {
    let said = message([file: text])
    #expect(said.contains(words), "\(said)")
  }

  @Test func filesThatWouldBeIgnoredAreRefused() {
    let said = message(["glod.yaml": "limits: {rows: 1}\n"])
    #expect(said == "/c/glod.yaml: no configuration file has this name (did you mean \"gold.yaml\"?)")
    #expect(message(["README.md": "text"]) == "no failure")
  }

  @Test func oneDirectoryIsUsed() throws {
    let files = MemoryFiles(files: [
      "/a/bronze.yaml": "attempts: 4\n", "/b/bronze.yaml": "attempts: 5\n", "/b/silver.yaml": "attempts: 5\n",
      "/etc/wikiguard/bronze.yaml": "attempts: 6\n", "/etc/wikiguard/gold.yaml": "attempts: 6\n",
    ])
    func attempts(_ directory: String?, _ variables: [String: String]) throws -> [Int] {
      let input = ConfigurationInput(directory: directory, variables: variables, reader: files.reader)
      let configuration = try Configuration.load(input)
      return [configuration.bronze.attempts, configuration.silver.attempts, configuration.gold.attempts]
    }
    #expect(try attempts("/a/", ["WIKIGUARD_CONFIG": "/b"]) == [4, 3, 3])
    #expect(try attempts(nil, ["WIKIGUARD_CONFIG": "/b"]) == [5, 5, 3])
    #expect(try attempts(nil, [:]) == [6, 3, 6])
    #expect(try attempts("/a", ["WIKIGUARD_BRONZE_ATTEMPTS": "9"]) == [9, 3, 3])
    #expect(throws: Failure.self) { try attempts("/missing", [:]) }
    #expect(throws: Failure.self) { try attempts(nil, ["WIKIGUARD_CONFIG": ""]) }
  }

  @Test func errorsOfTheDiskKeepTheirKind() {
    let reader = ConfigurationReader(
      read: { _ in throw Failure.unavailable("reading") }, list: { _ in ["gold.yaml"] })
    let input = ConfigurationInput(directory: "/c", reader: reader)
    #expect { try Configuration.load(input) } throws: { ($0 as? Failure)?.kind == .unavailable }
  }

  @Test func environments() throws {
    #expect(try load([:], ["WIKIGUARD_ENV": "local"]).environmentName == "local")
    let lab = try load(["environments/lab.yaml": "warehouse: {uri: /data/lab/}\n"], environment: "lab")
    #expect(lab.environment.warehouse.text == "/data/lab/")
    #expect(lab.environment.catalog.type == .sql)
    #expect(message(environment: "lab").hasPrefix("environment \"lab\" is not described"))
    #expect(message(environment: "../x").contains("no name of letters"))
    #expect(message(environment: "aws").contains("\"warehouse.uri\" has no value"))
  }

  @Test func adaptersThatAreNotThereAreRefused() throws {
    let variables = [
      "WIKIGUARD_ENVIRONMENT_WAREHOUSE_URI": "s3://bucket/warehouse/",
      "WIKIGUARD_ENVIRONMENT_STATE_URI": "s3://bucket/state/",
      "WIKIGUARD_ENVIRONMENT_LOG_KAFKA_REST_URL": "https://proxy:8082",
    ]
    let aws = try load([:], variables, environment: "aws")
    #expect(aws.environment.log.kafkaURL == "https://proxy:8082")
    #expect {
      try aws.require(SupportedAdapters())
    } throws: {
      "\($0)"
        == "environment \"aws\" asks for catalog.type glue, log.type kafka_rest, warehouse.uri s3://, state.uri s3://, "
        + "which this version does not have" && ($0 as? Failure)?.kind == .unsupported
    }
    let all = SupportedAdapters(
      catalogs: [.glue], logs: [.kafkaREST], warehouseSchemes: ["s3"], stateSchemes: ["s3"])
    try aws.require(all)
  }

  @Test func classicAllowlistIsAcceptedWithAWarning() throws {
    let text =
      "entities:\n  - title: Cats\n    aliases: [Cat]\nconfig:\n  case_sensitive: false\n  anything: [1, {a: b}]\n"
    let configuration = try load(["entity-allowlist.yaml": text])
    #expect(configuration.allowlist.entries.map(\.title) == ["Cats"])
    #expect(configuration.warnings.count == 1)
    #expect(configuration.warnings.first?.hasPrefix("/c/entity-allowlist.yaml:4: the block \"config\"") == true)
    #expect(message(["gold.yaml": "config: {a: 1}\n"]).hasPrefix("/c/gold.yaml:1: unknown key \"config\""))
  }

  @Test func allowlistFileOfTheCommandLine() throws {
    let text = "track: allowlist\nentities: [{title: A, match: prefix, namespaces: [0, 1], talk: on}]\n"
    let configuration = try load(["my-pages.txt": text], allowlist: "/c/my-pages.txt")
    #expect(configuration.allowlist.track == .allowlist)
    let entry = try #require(configuration.allowlist.entries.first)
    #expect(entry.match == .prefix && entry.namespaces == [0, 1] && entry.talk && entry.wiki == nil)
    #expect(message(allowlist: "/nowhere.yaml") == "/nowhere.yaml: no such file")
  }

  @Test func topicsThatNobodyReadsAreAWarning() throws {
    let configuration = try load([:], ["WIKIGUARD_INGEST_TOPICS_EVENTS": "others"])
    #expect(configuration.warnings == ["bronze.yaml does not read topic \"others\", which ingest.yaml writes"])
  }
}
