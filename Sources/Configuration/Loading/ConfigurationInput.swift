/// Reads files of the configuration; handed in, so that this module touches no disk.
public struct ConfigurationReader: Sendable {
  /// The bytes of a file, nil when there is none.
  public let read: @Sendable (_ path: String) throws -> [UInt8]?
  /// The names in a folder, nil when there is none.
  public let list: @Sendable (_ path: String) throws -> [String]?

  /// A reader.
  public init(
    read: @escaping @Sendable (_ path: String) throws -> [UInt8]?,
    list: @escaping @Sendable (_ path: String) throws -> [String]?
  ) {
    self.read = read
    self.list = list
  }

  /// A machine without files.
  public static let empty = ConfigurationReader(read: { _ in nil }, list: { _ in nil })
}

/// What decides the configuration.
public struct ConfigurationInput: Sendable {
  /// `--config DIR`.
  public var directory: String?
  /// `--env NAME`.
  public var environmentName: String?
  /// `--allowlist FILE`.
  public var allowlistFile: String?
  /// The process's environment.
  public var variables: [String: String]
  /// How files are read.
  public var reader: ConfigurationReader

  /// Input.
  public init(
    directory: String? = nil, environmentName: String? = nil, allowlistFile: String? = nil,
    variables: [String: String] = [:], reader: ConfigurationReader = .empty
  ) {
    self.directory = directory
    self.environmentName = environmentName
    self.allowlistFile = allowlistFile
    self.variables = variables
    self.reader = reader
  }
}
