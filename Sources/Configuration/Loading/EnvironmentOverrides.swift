import Failures
import YAML

/// Variables that override single values: `WIKIGUARD_<FILE>_<KEY…>`, keys in upper case and joined by `_`.
struct EnvironmentOverrides {
  /// A value to lay over a file.
  struct Override {
    let file: ConfigurationFile
    let path: [String]
    let node: YAMLNode
  }

  /// Variables of ours that name no key. Secrets never stand in files, so they have no key either.
  static let reserved: Set<String> = [
    "WIKIGUARD_HOME", "WIKIGUARD_CONFIG", "WIKIGUARD_ENV", "WIKIGUARD_NOW",
    "WIKIGUARD_SLACK_TOKEN", "WIKIGUARD_SLACK_WEBHOOK_URL", "WIKIGUARD_KAFKA_USERNAME", "WIKIGUARD_KAFKA_PASSWORD",
    "WIKIGUARD_CATALOG_TOKEN",
    // The test suite's interpreter and shared files; tests run jobs with them set.
    "WIKIGUARD_PYTHON", "WIKIGUARD_SHARED",
  ]

  private struct Target {
    let file: ConfigurationFile
    let path: [String]
    let value: YAMLResolved
  }

  private var targets: [String: Target] = [:]

  /// Overrides of the keys of `known`, whose members are files.
  init(known: YAMLResolved) throws {
    for path in known.paths() {
      guard let first = path.first, let file = ConfigurationFile(rawValue: first), path.count > 1,
        let value = known[path]
      else { continue }
      let keys = Array(path.dropFirst())
      targets[Self.variable(file, keys)] = Target(file: file, path: keys, value: value)
    }
  }

  /// The variable that overrides `path` of `file`.
  static func variable(_ file: ConfigurationFile, _ path: [String]) -> String {
    file.variablePrefix + path.joined(separator: "_").uppercased()
  }

  /// What `variables` override, in the order of their names.
  /// - Throws: `.configuration` for a variable of ours that no key has.
  func overrides(in variables: [String: String]) throws -> [Override] {
    let ours = variables.filter { $0.key.hasPrefix("WIKIGUARD_") && !Self.reserved.contains($0.key) }
    return try ours.sorted { $0.key < $1.key }.map { name, text in
      guard let target = targets[name] else {
        let candidates = targets.keys.sorted() + Self.reserved.sorted()
        throw Failure.configuration("\(name): no such configuration key\(hint(for: name, among: candidates))")
      }
      return Override(file: target.file, path: target.path, node: try node(text, for: target, name))
    }
  }

  /// A list is written with commas; a section can only be switched off.
  private func node(_ text: String, for target: Target, _ name: String) throws -> YAMLNode {
    let place = YAMLLocation(source: name)
    let scalar = YAMLNode(.scalar(YAMLScalar(text, isPlain: true)), at: place)
    switch target.value {
    case .section(let members) where text != "off":
      let example = members.first.map { "\(name)_\($0.key.uppercased())" } ?? name
      throw Failure.configuration("\(name): names a section; set one of its keys, such as \(example), or \"off\"")
    case .list(let items):
      if case .section? = items.first {
        throw Failure.configuration("\(name): this list can only be changed in a file")
      }
      let parts = text.split(separator: ",").map { String($0.drop { $0 == " " }) }
      return YAMLNode(
        .sequence(parts.map { YAMLNode(.scalar(YAMLScalar($0, isPlain: true)), at: place) }), at: place)
    default: return scalar
    }
  }
}
