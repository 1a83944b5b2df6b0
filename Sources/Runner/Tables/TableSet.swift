import Columns
import Failures
public import Iceberg
public import Pipeline

/// The tables of one namespace, loaded when they are first asked for and created where they are missing.
public struct TableSet {
  private let workspace: Workspace
  private var loaded: [String: Table] = [:]
  /// Those that are known to have all columns of ours.
  private var complete: Set<String> = []

  /// The tables of a workspace.
  public init(_ workspace: Workspace) { self.workspace = workspace }

  /// A table of another job, nil when it is not there.
  public mutating func existing(_ definition: TableDefinition) throws -> Table? {
    if let table = loaded[definition.name] { return table }
    let table = try within("table \(definition.name)") { try workspace.catalog.loadTable(identifier(definition.name)) }
    loaded[definition.name] = table
    return table
  }

  /// A table of ours: created where it is missing, given the optional columns that it lacks.
  public mutating func owned(_ definition: TableDefinition) throws -> Table {
    if let table = loaded[definition.name], complete.contains(definition.name) { return table }
    let table = try within("table \(definition.name)") {
      if let table = try existing(definition) { return try upgraded(table, to: definition) }
      let schema = try Schema(columns: definition.schema)
      let spec = try PartitionSpec(
        schema: schema, by: definition.partitionColumns.map { (name: $0, transform: Transform.identity) })
      let creation = TableCreation(schema: schema, spec: spec, properties: Self.properties(definition))
      return try upgraded(workspace.catalog.loadOrCreateTable(identifier(definition.name), creation), to: definition)
    }
    loaded[definition.name] = table
    complete.insert(definition.name)
    return table
  }

  /// Old metadata files go with the commit that makes them one too many, since a micro-batch every few minutes makes hundreds a day.
  private static func properties(_ definition: TableDefinition) -> [String: String] {
    ["comment": definition.comment, "write.metadata.delete-after-commit.enabled": "true"]
  }

  /// The snapshots of tables of ours as they are loaded.
  mutating func bases(of definitions: [TableDefinition]) throws -> [OutputBase] {
    try definitions.map { OutputBase(table: $0.name, snapshot: try owned($0).metadata.currentSnapshotID) }
  }

  /// Forgets what was loaded, so that the next look sees what others committed.
  public mutating func refresh() { (loaded, complete) = ([:], []) }

  private func identifier(_ name: String) -> TableIdentifier {
    TableIdentifier(namespace: [workspace.namespace], name: name)
  }

  /// Adds the optional columns that an older version did not have; columns that we do not know stay and are written null.
  private func upgraded(_ table: Table, to definition: TableDefinition) throws -> Table {
    guard table.metadata.formatVersion == 2 else {
      throw Failure.unsupported("has format-version \(table.metadata.formatVersion), which is read, not written")
    }
    let schema = table.metadata.currentSchema
    for field in definition.schema.fields {
      guard let theirs = schema.field(named: field.name) else { continue }
      guard theirs.type == IcebergType(field.type) || theirs.type.primitive == nil else {
        throw Failure.configuration("has the column \(field.name) of type \(theirs.type) and so is not a table of ours")
      }
    }
    let missing = Self.missing(definition, in: table.metadata)
    guard !missing.isEmpty else { return table }
    if let required = missing.first(where: \.isRequired) {
      throw Failure.configuration("lacks the required column \(required.name) and so is not a table of ours")
    }
    return try table.commit(clock: { workspace.clock() / 1000 }, random: workspace.random) { base, _ in
      // Another process may have been first.
      let missing = Self.missing(definition, in: base)
      guard !missing.isEmpty else { return .alreadyDone(snapshotID: base.currentSnapshotID ?? 0) }
      return .update(
        MetadataUpdate(
          schemaChanges: missing.map { .addColumn(name: $0.name, type: IcebergType($0.type), doc: nil) }))
    }.table
  }

  private static func missing(_ definition: TableDefinition, in metadata: TableMetadata) -> [ColumnField] {
    definition.schema.fields.filter { metadata.currentSchema.field(named: $0.name) == nil }
  }
}
