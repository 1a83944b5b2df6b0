/// Which delete files apply to which data files (specification, "Scan Planning": <https://iceberg.apache.org/spec/#scan-planning>).
struct DeleteFileIndex {
  /// A partition by the bytes of its values: NaN is a value like any other here.
  private struct Partition: Hashable {
    let specID: Int32
    let values: [[UInt8]?]

    init(_ file: DataFile) {
      specID = file.specID
      values = file.partition.values.map { $0?.singleValue }
    }
  }

  private var global: [LiveFile] = []
  private var equality: [Partition: [LiveFile]] = [:]
  private var positions: [Partition: [LiveFile]] = [:]
  private var positionsOfPath: [[UInt8]: [LiveFile]] = [:]

  /// An index of live delete files.
  init(_ files: [LiveFile], specs: [PartitionSpec]) {
    let undivided = Set(specs.filter(\.isUnpartitioned).map(\.id))
    for file in files {
      switch file.dataFile.content {
      case .data: break
      case .equalityDeletes where undivided.contains(file.dataFile.specID): global.append(file)
      case .equalityDeletes: equality[Partition(file.dataFile), default: []].append(file)
      case .positionDeletes:
        if let path = file.dataFile.onlyDataFile {
          positionsOfPath[path, default: []].append(file)
        } else {
          positions[Partition(file.dataFile), default: []].append(file)
        }
      }
    }
  }

  /// Whether no file has deletes.
  var isEmpty: Bool { global.isEmpty && equality.isEmpty && positions.isEmpty && positionsOfPath.isEmpty }

  /// The delete files that apply to `file`: positions of commits not older than its rows, equal rows of younger ones.
  func deleteFiles(of file: LiveFile) -> [LiveFile] {
    guard !isEmpty else { return [] }
    let partition = Partition(file.dataFile)
    let byPosition =
      (positions[partition] ?? []) + (positionsOfPath[Array(file.dataFile.path.utf8)] ?? [])
    let byValue = global + (equality[partition] ?? [])
    return byPosition.filter { $0.sequenceNumber >= file.sequenceNumber }
      + byValue.filter { $0.sequenceNumber > file.sequenceNumber }
  }
}

extension DataFile {
  /// For position deletes of one data file its path: writers name it, or both bounds of the path column are the same.
  fileprivate var onlyDataFile: [UInt8]? {
    if let referencedDataFile { return Array(referencedDataFile.utf8) }
    let id = PositionDeletes.pathField.id
    guard let lower = lowerBounds[id], lower == upperBounds[id] else { return nil }
    return lower
  }
}
