import Avro
import Failures

/// How the records of one manifest list are laid out.
struct ManifestFileLayout {
  private let fields: [(id: Int32?, shape: AvroFieldShape)]
  private let summary: FieldSummaryLayout?

  private static let integers: Set<Int32> = [
    ManifestListFieldID.length, ManifestListFieldID.specID, ManifestListFieldID.content,
    ManifestListFieldID.sequenceNumber, ManifestListFieldID.minSequenceNumber, ManifestListFieldID.addedSnapshotID,
    ManifestListFieldID.addedFilesCount, ManifestListFieldID.existingFilesCount, ManifestListFieldID.deletedFilesCount,
    ManifestListFieldID.addedRowsCount, ManifestListFieldID.existingRowsCount, ManifestListFieldID.deletedRowsCount,
  ]

  private static let required = [ManifestListFieldID.path, ManifestListFieldID.length, ManifestListFieldID.specID]

  /// The layout of a list's records. Throws `.malformedInput` when a required field is missing, or a field is of another
  /// kind than the specification says.
  init(_ schema: AvroSchema) throws {
    let root = schema[schema.root].fields
    for id in Self.required where !root.contains(where: { $0.fieldID == id }) {
      throw Failure.malformedInput("a manifest list without field \(id)")
    }
    var summary: FieldSummaryLayout?
    fields = try root.map { field in
      let shape = AvroFieldShape(field.type, in: schema)
      switch field.fieldID {
      case ManifestListFieldID.path: try shape.require(.text, field, in: schema)
      case ManifestListFieldID.keyMetadata: try shape.require(.bytes, field, in: schema)
      case ManifestListFieldID.partitions: summary = try FieldSummaryLayout(shape, in: schema)
      case let id? where Self.integers.contains(id): try shape.require(.integer, field, in: schema)
      default: return (nil, shape)
      }
      return (field.fieldID, shape)
    }
    self.summary = summary
  }

  /// Reads one manifest.
  func read(_ decoder: inout AvroDecoder) throws -> ManifestFile {
    var manifest = ManifestFile(
      path: "", length: 0, specID: 0, sequenceNumber: 0, minSequenceNumber: 0, addedFilesCount: nil,
      existingFilesCount: nil, deletedFilesCount: nil, addedRowsCount: nil, existingRowsCount: nil,
      deletedRowsCount: nil)
    for field in fields {
      switch field.id {
      case nil: try decoder.skip(field.shape.whole)
      case ManifestListFieldID.path:
        manifest.path = try decoder.readRequired(field.shape, "manifest_path") { try $0.readString() }
      case ManifestListFieldID.partitions:
        manifest.partitions = try decoder.readOptional(field.shape) { try summary?.readList(&$0) ?? [] }
      case ManifestListFieldID.keyMetadata:
        manifest.keyMetadata = try decoder.readOptional(field.shape) { try $0.readBytes() }
      case let id?:
        if let value = try decoder.readOptional(field.shape, { try $0.readLong() }) {
          try Self.set(id, to: value, in: &manifest)
        }
      }
    }
    guard !manifest.path.isEmpty else { throw Failure.malformedInput("a manifest without path") }
    return manifest
  }

  private static func set(_ id: Int32, to value: Int64, in manifest: inout ManifestFile) throws {
    switch id {
    case ManifestListFieldID.length: manifest.length = try count(value, "manifest_length")
    case ManifestListFieldID.specID: manifest.specID = try int32(value)
    case ManifestListFieldID.content: manifest.content = try content(value)
    case ManifestListFieldID.sequenceNumber: manifest.sequenceNumber = try count(value, "sequence_number")
    case ManifestListFieldID.minSequenceNumber: manifest.minSequenceNumber = try count(value, "min_sequence_number")
    case ManifestListFieldID.addedSnapshotID: manifest.addedSnapshotID = value
    case ManifestListFieldID.addedFilesCount: manifest.addedFilesCount = Int(try count(value, "added_files_count"))
    case ManifestListFieldID.existingFilesCount:
      manifest.existingFilesCount = Int(try count(value, "existing_files_count"))
    case ManifestListFieldID.deletedFilesCount:
      manifest.deletedFilesCount = Int(try count(value, "deleted_files_count"))
    case ManifestListFieldID.addedRowsCount: manifest.addedRowsCount = try count(value, "added_rows_count")
    case ManifestListFieldID.existingRowsCount: manifest.existingRowsCount = try count(value, "existing_rows_count")
    default: manifest.deletedRowsCount = try count(value, "deleted_rows_count")
    }
  }

  private static func count(_ value: Int64, _ name: StaticString) throws -> Int64 {
    guard value >= 0 else { throw Failure.malformedInput("\(name) is \(value)") }
    return value
  }

  private static func int32(_ value: Int64) throws -> Int32 {
    guard let int = Int32(exactly: value) else { throw Failure.malformedInput("partition_spec_id is \(value)") }
    return int
  }

  private static func content(_ value: Int64) throws -> ManifestFile.Content {
    guard let content = Int32(exactly: value).flatMap(ManifestFile.Content.init(rawValue:)) else {
      throw Failure.unsupported("a manifest with content \(value)")
    }
    return content
  }
}

/// How the partition summaries of one manifest list are laid out.
private struct FieldSummaryLayout {
  private let element: AvroTypeID
  private let fields: [(id: Int32?, shape: AvroFieldShape)]

  init(_ shape: AvroFieldShape, in schema: AvroSchema) throws {
    guard case .array(let element) = schema[shape.value].kind, case .record(let fields) = schema[element].kind else {
      throw Failure.malformedInput("partitions is not an array of records")
    }
    self.element = element
    self.fields = try fields.map { field in
      let shape = AvroFieldShape(field.type, in: schema)
      switch field.fieldID {
      case ManifestListFieldID.containsNull, ManifestListFieldID.containsNaN:
        try shape.require(.boolean, field, in: schema)
      case ManifestListFieldID.lowerBound, ManifestListFieldID.upperBound: try shape.require(.bytes, field, in: schema)
      default: return (nil, shape)
      }
      return (field.fieldID, shape)
    }
  }

  func readList(_ decoder: inout AvroDecoder) throws -> [FieldSummary] {
    try decoder.readList(of: element) { try read(&$0) }
  }

  /// A summary that does not say whether there are nulls may have some.
  private func read(_ decoder: inout AvroDecoder) throws -> FieldSummary {
    var summary = FieldSummary(containsNull: true)
    for field in fields {
      switch field.id {
      case ManifestListFieldID.containsNull:
        summary.containsNull = try decoder.readOptional(field.shape) { try $0.readBoolean() } ?? true
      case ManifestListFieldID.containsNaN:
        summary.containsNaN = try decoder.readOptional(field.shape) { try $0.readBoolean() }
      case ManifestListFieldID.lowerBound:
        summary.lowerBound = try decoder.readOptional(field.shape) { try $0.readBytes() }
      case ManifestListFieldID.upperBound:
        summary.upperBound = try decoder.readOptional(field.shape) { try $0.readBytes() }
      default: try decoder.skip(field.shape.whole)
      }
    }
    return summary
  }
}
