import Failures

/// What the executable that reads the configuration was built with.
public struct SupportedAdapters: Sendable, Hashable {
  /// Kinds of catalog.
  public var catalogs: Set<EnvironmentConfiguration.CatalogType>
  /// Kinds of event log.
  public var logs: Set<EnvironmentConfiguration.LogType>
  /// Schemes of the warehouse.
  public var warehouseSchemes: Set<String>
  /// Schemes of the state.
  public var stateSchemes: Set<String>

  /// Adapters; the defaults are the embedded ones.
  public init(
    catalogs: Set<EnvironmentConfiguration.CatalogType> = [.sql],
    logs: Set<EnvironmentConfiguration.LogType> = [.embedded],
    warehouseSchemes: Set<String> = ["file"], stateSchemes: Set<String> = ["file"]
  ) {
    self.catalogs = catalogs
    self.logs = logs
    self.warehouseSchemes = warehouseSchemes
    self.stateSchemes = stateSchemes
  }
}

extension Configuration {
  /// Throws `.unsupported` naming everything that the configuration asks for and `adapters` lacks. Called before
  /// anything is opened.
  public func require(_ adapters: SupportedAdapters) throws {
    var missing: [String] = []
    if !adapters.catalogs.contains(environment.catalog.type) {
      missing.append("catalog.type \(environment.catalog.type.rawValue)")
    }
    if !adapters.logs.contains(environment.log.type) { missing.append("log.type \(environment.log.type.rawValue)") }
    if !adapters.warehouseSchemes.contains(environment.warehouse.scheme) {
      missing.append("warehouse.uri \(environment.warehouse.scheme)://")
    }
    if !adapters.stateSchemes.contains(environment.state.scheme) {
      missing.append("state.uri \(environment.state.scheme)://")
    }
    if !missing.isEmpty {
      throw Failure.unsupported(
        "environment \"\(environmentName)\" asks for \(missing.joined(separator: ", ")), which this version does not have"
      )
    }
  }
}
