import Failures
import YAML

extension Configuration {
  /// Puts the configuration together: the compiled-in files, over them those of the directory (`--config`, else
  /// `WIKIGUARD_CONFIG`, else `/etc/wikiguard` where it exists), over them variables.
  ///
  /// A file of the directory is laid over the compiled-in one key by key; lists are replaced whole. The directory is
  /// one: files that it lacks are not looked for elsewhere.
  ///
  /// - Throws: `.configuration`, its message beginning with file and line or the variable.
  public static func load(_ input: ConfigurationInput) throws -> Configuration {
    do {
      var loader = try ConfigurationLoader(input)
      return try loader.load()
    } catch let failure as Failure where failure.kind != .configuration && failure.kind != .unavailable {
      // A file that is no YAML is a configuration error, whatever it is to the parser.
      throw Failure(.configuration, failure.message, context: failure.context, underlying: failure.underlying)
    }
  }
}

/// One loading of the configuration.
struct ConfigurationLoader {
  let input: ConfigurationInput
  let directory: ConfigurationDirectory
  let environmentName: String
  private var trees: [ConfigurationFile: YAMLNode] = [:]
  private var sources: [String] = []
  private var warnings: [String] = []

  init(_ input: ConfigurationInput) throws {
    self.input = input
    environmentName = try Self.environmentName(input)
    directory = try ConfigurationDirectory(input)
  }

  private static func environmentName(_ input: ConfigurationInput) throws -> String {
    let name = input.environmentName ?? input.variables["WIKIGUARD_ENV"] ?? "local"
    guard !name.isEmpty, name.utf8.allSatisfy({ YAMLReader.isIdentifierByte($0) || $0 == UInt8(ascii: "-") }) else {
      throw Failure.configuration("environment \"\(name)\" is no name of letters, digits, \"_\" and \"-\"")
    }
    return name
  }

  mutating func load() throws -> Configuration {
    try directory.refuseUnknownFiles()
    for file in ConfigurationFile.allCases { trees[file] = try tree(of: file) }
    try applyVariables(known: try knownKeys())
    let configuration = try decode()
    try configuration.requireUnwaivableChecks()
    return configuration
  }

  /// The compiled-in tree with the directory's file laid over it.
  private mutating func tree(of file: ConfigurationFile) throws -> YAMLNode {
    let path = file.path(environment: environmentName)
    let text = file.defaultText(environment: environmentName)
    guard let base = try YAMLNode.parse(text, source: "compiled-in \(path)") else {
      throw Failure.internalError("the compiled-in \(path) is empty")
    }
    let named = file == .allowlist ? input.allowlistFile : nil
    guard let place = named ?? directory.path.map({ "\($0)/\(path)" }), let bytes = try input.reader.read(place) else {
      try requireFile(file, named)
      return base
    }
    sources.append(place)
    guard var overlay = try YAMLNode.parse(bytes, source: place), !overlay.isNull else { return base }
    guard overlay.entries != nil else {
      throw Failure.configuration("\(overlay.location): expected keys, found \(overlay.kindName)")
    }
    if file == .allowlist {
      let (node, warning) = AllowlistConfiguration.withoutClassicBlock(overlay)
      overlay = node
      if let warning { warnings.append(warning) }
    }
    return base.merged(with: overlay)
  }

  /// A file that was asked for by name must be there.
  private func requireFile(_ file: ConfigurationFile, _ named: String?) throws {
    if let named { throw Failure.configuration("\(named): no such file") }
    guard file == .environment, !["local", "aws"].contains(environmentName) else { return }
    let place = directory.path.map { "\($0)/\(file.path(environment: environmentName))" } ?? "a configuration directory"
    throw Failure.configuration(
      "environment \"\(environmentName)\" is not described: no \(place); local and aws are built in")
  }

  /// Every key. An environment may leave to variables what it needs, so its keys are those of the local one, which
  /// has the same.
  private func knownKeys() throws -> YAMLResolved {
    var complete = self
    let text = ConfigurationFile.environment.defaultText(environment: "local")
    complete.trees[.environment] = try YAMLNode.parse(text, source: "compiled-in environments/local.yaml")
    return try complete.decode().resolved
  }

  /// Lays variables over the trees. `known` names every key.
  private mutating func applyVariables(known: YAMLResolved) throws {
    let overrides = try EnvironmentOverrides(known: known).overrides(in: input.variables)
    for override in overrides {
      trees[override.file] = trees[override.file]?.replacing(override.path, with: override.node)
      sources.append(override.node.location.source)
    }
  }

  private func decode() throws -> Configuration {
    let ingest = try read(.ingest) { try IngestConfiguration($0) }
    let bronze = try read(.bronze) { try BronzeConfiguration($0) }
    let silver = try read(.silver) { try SilverConfiguration($0) }
    let gold = try read(.gold) { try GoldConfiguration($0) }
    let maintain = try read(.maintain) { try MaintainConfiguration($0) }
    let alerts = try read(.alerts) { try AlertsConfiguration($0) }
    let environment = try read(.environment) { try EnvironmentConfiguration($0) }
    let allowlist = try read(.allowlist) { try AllowlistConfiguration($0) }
    let parts: [(ConfigurationFile, YAMLResolved)] = [
      (.ingest, ingest.resolved), (.bronze, bronze.resolved), (.silver, silver.resolved), (.gold, gold.resolved),
      (.maintain, maintain.resolved), (.alerts, alerts.resolved), (.environment, environment.resolved),
      (.allowlist, allowlist.resolved),
    ]
    var warnings = warnings
    if !bronze.value.topics.contains(ingest.value.topics.events) {
      warnings.append("bronze.yaml does not read topic \"\(ingest.value.topics.events)\", which ingest.yaml writes")
    }
    return Configuration(
      environmentName: environmentName, ingest: ingest.value, bronze: bronze.value, silver: silver.value,
      gold: gold.value, maintain: maintain.value, alerts: alerts.value, environment: environment.value,
      allowlist: allowlist.value,
      resolved: .section(parts.map { YAMLResolved.Member(key: $0.0.rawValue, value: $0.1) }), sources: sources,
      warnings: warnings)
  }

  private func read<Value>(
    _ file: ConfigurationFile, _ body: (YAMLReader) throws -> Value
  ) throws -> (value: Value, resolved: YAMLResolved) {
    guard let tree = trees[file] else { throw Failure.internalError("\(file.rawValue) was not read") }
    return try YAMLReader.read(tree, body)
  }
}

extension Configuration {
  /// Throws when a check without which rows could not be stored was dropped or changed.
  fileprivate func requireUnwaivableChecks() throws {
    for (file, checks) in [(ConfigurationFile.bronze, bronze.checks), (.silver, silver.checks), (.gold, gold.checks)] {
      let path = file.path(environment: environmentName)
      guard let tree = try YAMLNode.parse(file.defaultText(environment: environmentName), source: path),
        let section = tree["checks"]
      else { continue }
      let wrapped = YAMLNode(
        .mapping([YAMLEntry(key: "checks", at: section.location, value: section)]), at: tree.location)
      let defaults = try YAMLReader.read(wrapped) { try ChecksConfiguration($0) }.value
      try checks.requireUnwaivable(of: defaults, source: path)
    }
  }
}
