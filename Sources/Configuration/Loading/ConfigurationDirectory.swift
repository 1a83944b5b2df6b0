import Failures

/// The one directory whose files are laid over the compiled-in ones.
struct ConfigurationDirectory {
  /// Its path without a slash at its end, nil when there is none.
  let path: String?
  private let reader: ConfigurationReader

  /// `--config`, else `WIKIGUARD_CONFIG`, else `/etc/wikiguard`. Only the last may be missing.
  init(_ input: ConfigurationInput) throws {
    reader = input.reader
    let origin = input.directory == nil ? "WIKIGUARD_CONFIG" : "--config"
    let name = input.directory ?? input.variables["WIKIGUARD_CONFIG"]
    guard let name else {
      path = try reader.list("/etc/wikiguard") == nil ? nil : "/etc/wikiguard"
      return
    }
    guard !name.isEmpty, try reader.list(name) != nil else {
      throw Failure.configuration("\(origin) names \"\(name)\", which is no directory")
    }
    path = name.count > 1 && name.hasSuffix("/") ? String(name.dropLast()) : name
  }

  /// Refuses a YAML file whose name means nothing: it would be ignored without a word.
  func refuseUnknownFiles() throws {
    guard let path else { return }
    let known = ConfigurationFile.allCases.filter { $0 != .environment }.map { $0.path(environment: "") }
    for name in try reader.list(path)?.sorted() ?? [] where name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
      guard known.contains(name) else {
        throw Failure.configuration(
          "\(path)/\(name): no configuration file has this name\(hint(for: name, among: known))")
      }
    }
  }
}
