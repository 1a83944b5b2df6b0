import Avro
import Failures

/// How the `data_file` records of one manifest are laid out, worked out once: what to do with each of their fields.
struct DataFileLayout {
  private enum Action {
    case skip
    case content, path, format, recordCount, fileSize
    case partition(PartitionLayout)
    case counts(WritableKeyPath<DataFile, [Int32: Int64]>, AvroPairLayout)
    case bounds(WritableKeyPath<DataFile, [Int32: [UInt8]]>, AvroPairLayout)
    case keyMetadata
    case splitOffsets(AvroTypeID)
    case equalityIDs(AvroTypeID)
    case sortOrderID, referencedDataFile
  }

  private let fields: [(action: Action, shape: AvroFieldShape)]
  private let specID: Int32
  private let metrics: Set<Int32>?

  private static let required: [Int32] = [
    ManifestFieldID.filePath, ManifestFieldID.fileFormat, ManifestFieldID.partition, ManifestFieldID.recordCount,
    ManifestFieldID.fileSize,
  ]

  /// The layout of `record`. Throws `.malformedInput` when a required field is missing or a field is of another kind.
  init(
    _ record: AvroTypeID, spec: PartitionSpec, types: [PrimitiveType?], metrics: ManifestMetrics, in schema: AvroSchema
  ) throws {
    let present = schema[record].fields.compactMap(\.fieldID)
    for id in Self.required where !present.contains(id) {
      throw Failure.malformedInput("its data files have no field \(id)")
    }
    fields = try schema[record].fields.map { field in
      let shape = AvroFieldShape(field.type, in: schema)
      return (try Self.action(field, shape, spec, types, metrics, schema), shape)
    }
    specID = spec.id
    self.metrics = metrics.ids
  }

  private static func action(
    _ field: AvroField, _ shape: AvroFieldShape, _ spec: PartitionSpec, _ types: [PrimitiveType?],
    _ metrics: ManifestMetrics, _ schema: AvroSchema
  ) throws -> Action {
    func checked(_ action: Action, _ expected: AvroFieldShape.Expected) throws -> Action {
      try shape.require(expected, field, in: schema)
      return action
    }
    switch field.fieldID {
    case ManifestFieldID.content: return try checked(.content, .integer)
    case ManifestFieldID.filePath: return try checked(.path, .text)
    case ManifestFieldID.fileFormat: return try checked(.format, .text)
    case ManifestFieldID.recordCount: return try checked(.recordCount, .integer)
    case ManifestFieldID.fileSize: return try checked(.fileSize, .integer)
    case ManifestFieldID.keyMetadata: return try checked(.keyMetadata, .bytes)
    case ManifestFieldID.sortOrderID: return try checked(.sortOrderID, .integer)
    case ManifestFieldID.referencedDataFile: return try checked(.referencedDataFile, .text)
    case ManifestFieldID.partition:
      return try checked(.partition(PartitionLayout(shape.value, spec: spec, types: types, in: schema)), .record)
    case ManifestFieldID.splitOffsets: return .splitOffsets(try integerElement(of: shape, field, schema))
    case ManifestFieldID.equalityIDs: return .equalityIDs(try integerElement(of: shape, field, schema))
    default: return metrics.isWanted ? try metric(field, shape, schema) : .skip
    }
  }

  private static func integerElement(
    of shape: AvroFieldShape, _ field: AvroField, _ schema: AvroSchema
  ) throws -> AvroTypeID {
    guard case .array(let element) = schema[shape.value].kind else {
      throw Failure.malformedInput("field \(field.name) is not an array")
    }
    try AvroFieldShape(element, in: schema).require(.integer, field, in: schema)
    guard schema.unwrappingOptional(element) == element else {
      throw Failure.malformedInput("field \(field.name) has optional elements")
    }
    return element
  }

  private static func metric(_ field: AvroField, _ shape: AvroFieldShape, _ schema: AvroSchema) throws -> Action {
    func counts(_ path: WritableKeyPath<DataFile, [Int32: Int64]>, _ key: Int32, _ value: Int32) throws -> Action {
      let layout = try AvroPairLayout(shape, keyID: key, valueID: value, in: schema)
      try layout.requireValues(.integer, field, in: schema)
      return .counts(path, layout)
    }
    func bounds(_ path: WritableKeyPath<DataFile, [Int32: [UInt8]]>, _ key: Int32, _ value: Int32) throws -> Action {
      let layout = try AvroPairLayout(shape, keyID: key, valueID: value, in: schema)
      try layout.requireValues(.bytes, field, in: schema)
      return .bounds(path, layout)
    }
    switch field.fieldID {
    case ManifestFieldID.columnSizes: return try counts(\.columnSizes, 117, 118)
    case ManifestFieldID.valueCounts: return try counts(\.valueCounts, 119, 120)
    case ManifestFieldID.nullValueCounts: return try counts(\.nullValueCounts, 121, 122)
    case ManifestFieldID.nanValueCounts: return try counts(\.nanValueCounts, 138, 139)
    case ManifestFieldID.lowerBounds: return try bounds(\.lowerBounds, 126, 127)
    case ManifestFieldID.upperBounds: return try bounds(\.upperBounds, 129, 130)
    default: return .skip
    }
  }

  /// Reads one data file.
  func read(_ decoder: inout AvroDecoder) throws -> DataFile {
    var file = DataFile(path: "", partition: .empty, recordCount: 0, fileSize: 0, specID: specID)
    for field in fields {
      switch field.action {
      case .skip: try decoder.skip(field.shape.whole)
      case .content: file.content = try Self.content(&decoder, field.shape)
      case .path: file.path = try decoder.readRequired(field.shape, "file_path") { try $0.readString() }
      case .format:
        file.format = FileFormat(name: try decoder.readRequired(field.shape, "file_format") { try $0.readString() })
      case .recordCount:
        file.recordCount = try decoder.readRequired(field.shape, "record_count") { try $0.readCount() }
      case .fileSize:
        file.fileSize = try decoder.readRequired(field.shape, "file_size_in_bytes") { try $0.readCount() }
      case .partition(let layout):
        file.partition = try decoder.readRequired(field.shape, "partition") { try layout.read(&$0) }
      default: try readOptional(field.action, field.shape, &decoder, into: &file)
      }
    }
    return file
  }

  private func readOptional(
    _ action: Action, _ shape: AvroFieldShape, _ decoder: inout AvroDecoder, into file: inout DataFile
  ) throws {
    switch action {
    case .counts(let path, let layout):
      file[keyPath: path] =
        try decoder.readOptional(shape) { try layout.read(&$0, wanted: metrics) { try $0.readLong() } } ?? [:]
    case .bounds(let path, let layout):
      file[keyPath: path] =
        try decoder.readOptional(shape) { try layout.read(&$0, wanted: metrics) { try $0.readBytes() } } ?? [:]
    case .keyMetadata: file.keyMetadata = try decoder.readOptional(shape) { try $0.readBytes() }
    case .splitOffsets(let element):
      file.splitOffsets = try decoder.readOptional(shape) { try $0.readList(of: element) { try $0.readLong() } }
    case .equalityIDs(let element):
      file.equalityIDs = try decoder.readOptional(shape) { try $0.readList(of: element) { try $0.readInt32() } }
    case .sortOrderID: file.sortOrderID = try decoder.readOptional(shape) { try $0.readInt32() }
    case .referencedDataFile: file.referencedDataFile = try decoder.readOptional(shape) { try $0.readString() }
    default: throw Failure.internalError("a required field of a data file among the optional ones")
    }
  }

  private static func content(_ decoder: inout AvroDecoder, _ shape: AvroFieldShape) throws -> DataFile.Content {
    guard let code = try decoder.readOptional(shape, { try $0.readInt32() }) else { return .data }
    guard let content = DataFile.Content(rawValue: code) else {
      throw Failure.unsupported("a data file with content \(code)")
    }
    return content
  }
}
