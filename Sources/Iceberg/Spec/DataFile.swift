/// A data or delete file as a manifest describes it (specification, "Data File Fields": <https://iceberg.apache.org/spec/#data-file-fields>).
///
/// Metrics are by field id; a field without an entry is unknown, not zero. Bounds are single-value serialized.
public struct DataFile: Sendable, Hashable {
  /// What the file holds.
  public enum Content: Int32, Sendable { case data = 0, positionDeletes = 1, equalityDeletes = 2 }

  /// What the file holds.
  public var content: Content
  /// The full URI.
  public var path: String
  /// The file's format.
  public var format: FileFormat
  /// Its partition, in the order of the fields of the spec `specID`.
  public var partition: PartitionValues
  /// The number of rows.
  public var recordCount: Int64
  /// The exact length in bytes.
  public var fileSize: Int64
  /// Compressed bytes a column.
  public var columnSizes: [Int32: Int64]
  /// Values a column, nulls included.
  public var valueCounts: [Int32: Int64]
  /// Nulls a column.
  public var nullValueCounts: [Int32: Int64]
  /// NaNs a column, for float and double only.
  public var nanValueCounts: [Int32: Int64]
  /// A value not above the smallest.
  public var lowerBounds: [Int32: [UInt8]]
  /// A value not below the largest.
  public var upperBounds: [Int32: [UInt8]]
  /// Key metadata of an encrypted file.
  public var keyMetadata: [UInt8]?
  /// Where row groups begin, ascending.
  public var splitOffsets: [Int64]?
  /// For equality deletes: the fields that are compared.
  public var equalityIDs: [Int32]?
  /// The sort order of the rows; 0 or nil for none.
  public var sortOrderID: Int32?
  /// For position deletes of one file: its path.
  public var referencedDataFile: String?
  /// The partition spec. Not in the entry itself: a manifest has one spec.
  public var specID: Int32

  /// A file. Metrics are empty until they are set.
  public init(
    content: Content = .data, path: String, format: FileFormat = .parquet, partition: PartitionValues,
    recordCount: Int64, fileSize: Int64, specID: Int32
  ) {
    self.content = content
    self.path = path
    self.format = format
    self.partition = partition
    self.recordCount = recordCount
    self.fileSize = fileSize
    self.specID = specID
    columnSizes = [:]
    valueCounts = [:]
    nullValueCounts = [:]
    nanValueCounts = [:]
    lowerBounds = [:]
    upperBounds = [:]
  }
}

/// The format of a data file.
public enum FileFormat: Sendable, Hashable {
  /// Apache Parquet.
  case parquet
  /// Apache Avro.
  case avro
  /// Apache ORC.
  case orc
  /// One that this version does not know.
  case other(String)

  /// The format that manifests call `name`, in any case.
  public init(name: String) {
    switch name.uppercased() {
    case "PARQUET": self = .parquet
    case "AVRO": self = .avro
    case "ORC": self = .orc
    default: self = .other(name)
    }
  }

  /// The name as Java writes it.
  public var name: String {
    switch self {
    case .parquet: "PARQUET"
    case .avro: "AVRO"
    case .orc: "ORC"
    case .other(let name): name
    }
  }
}
