import Avro
import Failures

/// How the entries of one manifest are laid out.
struct ManifestEntryLayout {
  private enum Action {
    case skip, status, snapshotID, sequenceNumber, fileSequenceNumber
    case dataFile(DataFileLayout)
  }

  private let fields: [(action: Action, shape: AvroFieldShape)]

  /// The layout of a manifest's records. Throws `.malformedInput` when status or data file are missing, or a field is of
  /// another kind than the specification says.
  init(_ schema: AvroSchema, spec: PartitionSpec, types: [PrimitiveType?], metrics: ManifestMetrics) throws {
    let root = schema[schema.root].fields
    for id in [ManifestFieldID.status, ManifestFieldID.dataFile] where !root.contains(where: { $0.fieldID == id }) {
      throw Failure.malformedInput("its entries have no field \(id)")
    }
    fields = try root.map { field in
      let shape = AvroFieldShape(field.type, in: schema)
      return (try Self.action(field, shape, spec, types, metrics, schema), shape)
    }
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
    case ManifestFieldID.status: return try checked(.status, .integer)
    case ManifestFieldID.snapshotID: return try checked(.snapshotID, .integer)
    case ManifestFieldID.sequenceNumber: return try checked(.sequenceNumber, .integer)
    case ManifestFieldID.fileSequenceNumber: return try checked(.fileSequenceNumber, .integer)
    case ManifestFieldID.dataFile:
      try shape.require(.record, field, in: schema)
      return .dataFile(
        try DataFileLayout(shape.value, spec: spec, types: types, metrics: metrics, in: schema))
    default: return .skip
    }
  }

  /// Reads one entry, as it is written.
  func read(_ decoder: inout AvroDecoder) throws -> ManifestEntry {
    var status: ManifestEntry.Status?
    var snapshotID: Int64?
    var sequenceNumber: Int64?
    var fileSequenceNumber: Int64?
    var dataFile: DataFile?
    for field in fields {
      switch field.action {
      case .skip: try decoder.skip(field.shape.whole)
      case .status: status = try Self.status(&decoder, field.shape)
      case .snapshotID: snapshotID = try decoder.readOptional(field.shape) { try $0.readLong() }
      case .sequenceNumber: sequenceNumber = try decoder.readOptional(field.shape) { try $0.readLong() }
      case .fileSequenceNumber: fileSequenceNumber = try decoder.readOptional(field.shape) { try $0.readLong() }
      case .dataFile(let layout): dataFile = try decoder.readOptional(field.shape) { try layout.read(&$0) }
      }
    }
    guard let status, let dataFile else { throw Failure.malformedInput("an entry without status or data file") }
    return ManifestEntry(
      status: status, snapshotID: snapshotID, sequenceNumber: sequenceNumber, fileSequenceNumber: fileSequenceNumber,
      dataFile: dataFile)
  }

  private static func status(_ decoder: inout AvroDecoder, _ shape: AvroFieldShape) throws -> ManifestEntry.Status {
    let code = try decoder.readRequired(shape, "status") { try $0.readInt32() }
    guard let status = ManifestEntry.Status(rawValue: code) else {
      throw Failure.malformedInput("an entry with status \(code)")
    }
    return status
  }
}
