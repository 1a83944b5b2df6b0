import Failures
import YAML

/// `environments/NAME.yaml`: where everything runs.
public struct EnvironmentConfiguration: Sendable, Hashable {
  /// The kind of catalog.
  public enum CatalogType: String, Sendable, CaseIterable {
    /// The JDBC catalog's tables in an SQLite file.
    case sql
    /// AWS Glue.
    case glue
    /// Iceberg's REST catalog.
    case rest
  }

  /// The kind of event log.
  public enum LogType: String, Sendable, CaseIterable {
    /// SQLite segments on this machine.
    case embedded
    /// Kafka behind its REST proxy.
    case kafkaREST = "kafka_rest"
  }

  /// The catalog of tables.
  public struct Catalog: Sendable, Hashable {
    /// Its kind.
    public let type: CatalogType
    /// The catalog's name in the JDBC tables.
    public let name: String
    /// The namespace of all tables.
    public let namespace: String
    /// The SQLite file.
    public let sqlPath: ConfiguredLocation
    /// Glue's region, nil for the default.
    public let glueRegion: String?
    /// Glue's catalog id, nil for the account's.
    public let glueCatalogID: String?
    /// The REST catalog's URL; not nil when that is the type.
    public let restURL: String?
    /// The REST catalog's warehouse, nil for its default.
    public let restWarehouse: String?
  }

  /// The event log.
  public struct Log: Sendable, Hashable {
    /// Its kind.
    public let type: LogType
    /// The folder of segments.
    public let embeddedPath: ConfiguredLocation
    /// The proxy's URL; not nil when that is the type.
    public let kafkaURL: String?
    /// The Kafka cluster's id, nil to ask the proxy.
    public let kafkaClusterID: String?
  }

  /// Access to S3.
  public struct S3: Sendable, Hashable {
    /// The region, nil for the default.
    public let region: String?
    /// Another endpoint than Amazon's, nil for Amazon's.
    public let endpoint: String?
    /// Whether the bucket stands in the path instead of the host name.
    public let pathStyle: Bool
  }

  /// Where tables are.
  public let warehouse: ConfiguredLocation
  /// The catalog of tables.
  public let catalog: Catalog
  /// The event log.
  public let log: Log
  /// The jobs' state.
  public let state: ConfiguredLocation
  /// The folder of lock files.
  public let locks: ConfiguredLocation
  /// Access to S3.
  public let s3: S3
}

extension EnvironmentConfiguration {
  init(_ reader: YAMLReader) throws {
    warehouse = try reader.section("warehouse") { try $0.location("uri", schemes: ["file", "s3"]) }
    catalog = try reader.section("catalog") { try Catalog($0) }
    log = try reader.section("log") { try Log($0) }
    state = try reader.section("state") { try $0.location("uri", schemes: ["file", "s3"]) }
    locks = try reader.section("locks") { try $0.location("path", schemes: ["file"]) }
    s3 = try reader.section("s3") {
      S3(
        region: try $0.optionalString("region"), endpoint: try $0.optionalString("endpoint"),
        pathStyle: try $0.boolean("path_style"))
    }
  }
}

extension EnvironmentConfiguration.Catalog {
  init(_ reader: YAMLReader) throws {
    type = try reader.choice("type")
    name = try reader.identifier("name")
    namespace = try reader.identifier("namespace")
    sqlPath = try reader.section("sql") { try $0.location("path", schemes: ["file"]) }
    (glueRegion, glueCatalogID) = try reader.section("glue") {
      (try $0.optionalString("region"), try $0.optionalString("catalog_id"))
    }
    let isRest = type == .rest
    (restURL, restWarehouse) = try reader.section("rest") {
      (try $0.url("url", isRequired: isRest), try $0.optionalString("warehouse"))
    }
  }
}

extension EnvironmentConfiguration.Log {
  init(_ reader: YAMLReader) throws {
    type = try reader.choice("type")
    embeddedPath = try reader.section("embedded") { try $0.location("path", schemes: ["file"]) }
    let isKafka = type == .kafkaREST
    (kafkaURL, kafkaClusterID) = try reader.section("kafka_rest") {
      (try $0.url("url", isRequired: isKafka), try $0.optionalString("cluster_id"))
    }
  }
}

extension YAMLReader {
  /// An absolute path, a path below the home, or a URI with one of `schemes`.
  fileprivate func location(_ key: String, schemes: [String]) throws -> ConfiguredLocation {
    let text = try string(key)
    let location = ConfiguredLocation(text)
    guard schemes.contains(location.scheme), !text.utf8.contains(0), text != "file://" else {
      let allowed = schemes.map { "\($0)://…" }.joined(separator: " or ")
      throw failure(key, "is \"\(text)\", neither a path nor \(allowed)")
    }
    return location
  }
}
