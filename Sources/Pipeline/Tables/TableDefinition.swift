public import Columns
import Failures

/// A table of ours: its name, columns and partitioning. The names are the public contract.
///
/// How a table is stored (Iceberg, Parquet) is not known here.
public struct TableDefinition: Sendable, Hashable {
  /// The name inside the namespace.
  public let name: String
  /// One sentence for the catalog.
  public let comment: String
  /// The columns in order.
  public let schema: ColumnSchema
  /// The columns whose values partition the table (identity).
  public let partitionColumns: [String]

  init(_ name: String, _ comment: String, partitionedBy partitionColumns: [String], _ groups: [[ColumnField]]) {
    self.name = name
    self.comment = comment
    self.partitionColumns = partitionColumns
    schema = ColumnSchema(groups.flatMap(\.self))
  }

  /// Several optional fields of one type.
  static func fields(_ type: ColumnType, _ names: String...) -> [ColumnField] {
    names.map { ColumnField($0, type) }
  }

  /// Several fields of one type that every row has.
  static func required(_ type: ColumnType, _ names: String...) -> [ColumnField] {
    names.map { ColumnField($0, type, isRequired: true) }
  }
}

/// All tables.
public enum Tables {
  /// Every definition, in the order in which `init` creates them.
  public static let all: [TableDefinition] = [
    bronzeEvents, bronzeQuarantine, silverEvents, silverQuarantine, goldBaselines, goldEntityMetrics, goldUserMetrics,
    goldGlobalMetrics, goldQuarantine, qualityMetrics, qualityCheckResults,
  ]
}

extension Tables {
  /// The table called `name`. Throws `.notFound` when it is none of ours.
  public static func definition(named name: String) throws -> TableDefinition {
    guard let definition = all.first(where: { $0.name == name }) else { throw Failure.notFound("no table \(name)") }
    return definition
  }
}
