import Configuration
import Detection
import Failures
import Quality
import Testing
import YAML

@Suite struct EnvironmentOverrideTests {
  @Test func scalarsListsAndSwitches() throws {
    let configuration = try load(
      ["bronze.yaml": "limits: {rows: 7}\n"],
      [
        "WIKIGUARD_BRONZE_LIMITS_ROWS": "9", "WIKIGUARD_ENVIRONMENT_STATE_URI": "/var/s.sqlite",
        "WIKIGUARD_BRONZE_TOPICS_EVENTS": "a, b", "WIKIGUARD_BRONZE_TOPICS_DEAD_LETTERS": "",
        "WIKIGUARD_GOLD_USER_REVERT_TERMS": "on", "WIKIGUARD_GOLD_ENTITY_RISK_ZSCORE_HIGH_POINTS": "30",
        "WIKIGUARD_GOLD_ALLOWED_LATENESS": "2 h", "WIKIGUARD_ALLOWLIST_TRACK": "allowlist", "PATH": "/bin",
      ])
    #expect(configuration.bronze.limits.rows == 9)
    #expect(configuration.environment.state.text == "/var/s.sqlite")
    #expect(configuration.bronze.topics == ["a", "b"] && configuration.bronze.deadLetterTopic == nil)
    #expect(configuration.gold.rules.user.revertTerms)
    #expect(configuration.gold.rules.entity.zScoreRisk.points(for: 10) == 30)
    #expect(configuration.gold.rules.allowedLatenessSeconds == 7200)
    #expect(configuration.allowlist.track == .allowlist)
    #expect(configuration.sources.first == "/c/bronze.yaml" && configuration.sources.count == 9)
  }

  @Test func checksAreOverriddenByName() throws {
    let configuration = try load(
      [:],
      [
        "WIKIGUARD_SILVER_CHECKS_ROWS_FRESHNESS_MAX": "7200",
        "WIKIGUARD_SILVER_CHECKS_ROWS_EVENT_TYPE_IN_VALUES": "edit,new",
        "WIKIGUARD_SILVER_CHECKS_BATCH": "off", "WIKIGUARD_SILVER_CHECKS_ROWS_NAMESPACE_NOT_NULL": "off",
      ])
    let checks = configuration.silver.checks
    #expect(checks.batch.isEmpty)
    #expect(!checks.names.contains("namespace_not_null"))
    #expect(
      checks.rows.first { $0.name == "freshness" }?.rule == .freshness(minimumSeconds: -600, maximumSeconds: 7200))
    #expect(
      checks.rows.first { $0.name == "event_type_in" }?.rule
        == .fixed(.oneOf([.text("edit"), .text("new")], orDigits: false)))
  }

  static let refused: [(String, String, String)] = [
    (
      "WIKIGUARD_BRONZE_LIMIT_ROWS", "9",
      "WIKIGUARD_BRONZE_LIMIT_ROWS: no such configuration key (did you mean \"WIKIGUARD_BRONZE_LIMITS_ROWS\"?)"
    ),
    ("WIKIGUARD_HOEM", "/x", "WIKIGUARD_HOEM: no such configuration key (did you mean \"WIKIGUARD_HOME\"?)"),
    ("WIKIGUARD_", "1", "WIKIGUARD_: no such configuration key"),
    ("WIKIGUARD_BRONZE_LIMITS_ROWS", "many", "WIKIGUARD_BRONZE_LIMITS_ROWS: \"rows\" must be an integer"),
    ("WIKIGUARD_BRONZE_LIMITS_ROWS", "", "WIKIGUARD_BRONZE_LIMITS_ROWS: \"limits.rows\" has no value"),
    (
      "WIKIGUARD_BRONZE_LIMITS", "5",
      "WIKIGUARD_BRONZE_LIMITS: names a section; set one of its keys, such as WIKIGUARD_BRONZE_LIMITS_ROWS"
    ),
    ("WIKIGUARD_BRONZE_LIMITS", "off", "WIKIGUARD_BRONZE_LIMITS: expected a section"),
    ("WIKIGUARD_ALLOWLIST_ENTITIES", "Cats", "WIKIGUARD_ALLOWLIST_ENTITIES: this list can only be changed in a file"),
    (
      "WIKIGUARD_SILVER_CHECKS_ROWS_META_ID_NOT_NULL", "off",
      "silver.yaml: check \"meta_id_not_null\" cannot be dropped"
    ),
    (
      "WIKIGUARD_BRONZE_CHECKS_ROWS_IDENTITY_COLUMNS", "kafka_topic",
      "bronze.yaml: check \"kafka_offset_not_null\" cannot be dropped"
    ),
  ]

  @Test(arguments: refused)
  func refuses(_ name: String, _ value: String, _ words: String) {
    let said = message([:], [name: value])
    #expect(said.hasPrefix(words), "\(said)")
  }

  @Test func reservedVariablesAreNoKeys() throws {
    let variables = [
      "WIKIGUARD_HOME", "WIKIGUARD_NOW", "WIKIGUARD_SLACK_TOKEN", "WIKIGUARD_SLACK_WEBHOOK_URL", "WIKIGUARD_PYTHON",
      "WIKIGUARD_SHARED",
    ].map { ($0, "secret") }
    let configuration = try load([:], Dictionary(uniqueKeysWithValues: variables))
    #expect(configuration.resolvedJSON == (try load().resolvedJSON))
    #expect(!configuration.resolvedJSON.contains("secret"))
  }

  /// A variable must never mean two keys.
  @Test func everyKeyHasItsOwnVariable() throws {
    var seen: [String: String] = [:]
    for path in try load().resolved.paths() where path.count > 1 {
      let name = path.joined(separator: "_").uppercased()
      let key = path.joined(separator: ".")
      #expect(seen.updateValue(key, forKey: name) == nil, "\(name) means two keys")
      #expect(
        name.utf8.allSatisfy { $0 == UInt8(ascii: "_") || (UInt8(ascii: "0")...UInt8(ascii: "Z")).contains($0) },
        "\(name)")
    }
    #expect(seen.count > 200)
  }

  @Test func resolvedTextDependsOnMeaningOnly() throws {
    let plain = try load().resolvedJSON
    #expect(plain.hasPrefix("{\"ingest\":{\"source\":{\"url\":"))
    #expect(try load(["bronze.yaml": "latency_target: 120\nlimits: {bytes: 134217728}\n"]).resolvedJSON == plain)
    #expect(try load([:], ["WIKIGUARD_BRONZE_LATENCY_TARGET": "2 min"]).resolvedJSON == plain)
    #expect(try load(["bronze.yaml": "latency_target: 121\n"]).resolvedJSON != plain)
    #expect(try load(["bronze.yaml": "timeout: 10 min\nattempts: 3\n"]).resolvedJSON == plain)
    let reparsed = try YAMLNode.parse(plain, source: "json")
    #expect(reparsed?["gold"]?["baselines"]?["kind"] != nil)
  }

  /// Variables are matched against the local environment's keys.
  @Test func environmentsHaveTheSameKeys() throws {
    func keys(_ environment: String) throws -> [String] {
      let text = ConfigurationFile.environment.defaultText(environment: environment)
      return paths(try #require(try YAMLNode.parse(text, source: environment)))
    }
    #expect(try keys("local") == keys("aws"))
  }

  private func paths(_ node: YAMLNode) -> [String] {
    (node.entries ?? []).flatMap { entry in [entry.key] + paths(entry.value).map { "\(entry.key).\($0)" } }
  }
}
