import Columns

/// The partitions of a snapshot. Files of several specs whose partitions have the same values count together, as Java has it.
struct PartitionsTable {
  private struct Totals {
    var specID: Int32
    var rows: Int64 = 0
    var files = 0
    var bytes: Int64 = 0
    var positionDeletes: Int64 = 0
    var positionDeleteFiles = 0
    var equalityDeletes: Int64 = 0
    var equalityDeleteFiles = 0

    mutating func add(_ file: DataFile) {
      switch file.content {
      case .data:
        rows &+= file.recordCount
        files += 1
        bytes &+= file.fileSize
        specID = max(specID, file.specID)
      case .positionDeletes:
        positionDeletes &+= file.recordCount
        positionDeleteFiles += 1
      case .equalityDeletes:
        equalityDeletes &+= file.recordCount
        equalityDeleteFiles += 1
      }
    }
  }

  private let partition: PartitionColumn
  private let partitions: [[Literal?]]
  private let totals: [Totals]

  init(_ table: Table, _ snapshotID: Int64?) throws {
    let partition = PartitionColumn(table.metadata)
    var places: [[[UInt8]?]: Int] = [:]
    var partitions: [[Literal?]] = []
    var totals: [Totals] = []
    for file in try FilesTable(table, snapshotID).live {
      let values = partition.values(of: file.dataFile)
      let key = values.map { $0?.singleValue }
      let place = places[key] ?? totals.count
      if place == totals.count {
        places[key] = place
        partitions.append(values)
        totals.append(Totals(specID: file.dataFile.specID))
      }
      totals[place].add(file.dataFile)
    }
    self.partition = partition
    self.partitions = partitions
    self.totals = totals
  }

  func rows() throws -> ColumnBatch {
    try ColumnBatch(
      schema: ColumnSchema([
        ColumnField("partition", partition.type, isRequired: true), ColumnField("spec_id", .int, isRequired: true),
        ColumnField("record_count", .long, isRequired: true), ColumnField("file_count", .long, isRequired: true),
        ColumnField("total_data_file_size_in_bytes", .long, isRequired: true),
        ColumnField("position_delete_record_count", .long, isRequired: true),
        ColumnField("position_delete_file_count", .long, isRequired: true),
        ColumnField("equality_delete_record_count", .long, isRequired: true),
        ColumnField("equality_delete_file_count", .long, isRequired: true),
      ]),
      columns: [
        partition.column(partitions), RowColumns.ints(totals.map(\.specID)), RowColumns.longs(totals.map(\.rows)),
        RowColumns.counts(totals.map(\.files)), RowColumns.longs(totals.map(\.bytes)),
        RowColumns.longs(totals.map(\.positionDeletes)), RowColumns.counts(totals.map(\.positionDeleteFiles)),
        RowColumns.longs(totals.map(\.equalityDeletes)), RowColumns.counts(totals.map(\.equalityDeleteFiles)),
      ])
  }
}
