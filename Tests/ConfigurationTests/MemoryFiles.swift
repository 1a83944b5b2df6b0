import Configuration
import Failures

/// A configuration directory in memory.
struct MemoryFiles {
  var files: [String: String] = [:]

  var reader: ConfigurationReader {
    let files = files
    return ConfigurationReader(
      read: { files[$0].map { Array($0.utf8) } },
      list: { directory in
        let prefix = directory.hasSuffix("/") ? directory : directory + "/"
        let names = files.keys.filter { $0.hasPrefix(prefix) }.compactMap {
          $0.dropFirst(prefix.count).split(separator: "/").first
        }
        return names.isEmpty ? nil : Set(names.map(String.init)).sorted()
      })
  }
}

/// Loads a configuration from files of `/c` and variables.
func load(
  _ files: [String: String] = [:], _ variables: [String: String] = [:], environment: String? = nil,
  allowlist: String? = nil
) throws -> Configuration {
  let memory = MemoryFiles(files: Dictionary(uniqueKeysWithValues: files.map { ("/c/\($0.key)", $0.value) }))
  return try Configuration.load(
    ConfigurationInput(
      directory: files.isEmpty ? nil : "/c", environmentName: environment, allowlistFile: allowlist,
      variables: variables, reader: memory.reader))
}

/// The words of the failure that `load` throws; its kind must be `.configuration`.
func message(
  _ files: [String: String] = [:], _ variables: [String: String] = [:], environment: String? = nil,
  allowlist: String? = nil
) -> String {
  do {
    _ = try load(files, variables, environment: environment, allowlist: allowlist)
    return "no failure"
  } catch let failure as Failure {
    return failure.kind == .configuration ? failure.description : "\(failure.kind): \(failure)"
  } catch {
    return "\(error)"
  }
}
