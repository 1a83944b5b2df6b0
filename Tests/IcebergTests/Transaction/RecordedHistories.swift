import Columns
import Fixtures
import Iceberg
import JSON
import ObjectStore
import Testing

/// Random histories on disk with what each table should hold after every step. Metadata files never change and nothing is deleted, so that
/// each state can be read when all are there.
struct RecordedHistories {
  /// A table after one step.
  struct State {
    /// Which seed and step it is of, for messages.
    let name: String
    let metadataLocation: String
    let schema: Schema
    /// Whether the schema is not the one that the state before has.
    let isNewSchema: Bool
    let rows: ColumnBatch
  }

  let states: [State]
  /// They own the directories that the tables lie in.
  private let catalogs: [TestCatalog]

  /// Histories of `steps` steps. Added columns are floats, since Spark has no type for a time of day.
  init(seeds: Range<UInt64>, steps: Int) throws {
    var (states, catalogs) = ([State](), [TestCatalog]())
    for seed in seeds {
      // In memory first: what a test writes need not survive a power cut.
      let store = MemoryObjectStore()
      var history = try RandomHistory(seed: seed, store: store, addedType: .float)
      var known: Int32?
      for step in 1...steps {
        try history.step()
        let schema = history.table.metadata.currentSchema
        states.append(
          State(
            name: "seed \(seed), step \(step)", metadataLocation: history.table.metadataLocation, schema: schema,
            isNewSchema: schema.id != known, rows: try history.expected()))
        known = schema.id
      }
      try store.writeToDisk()
      catalogs.append(history.test)
    }
    (self.states, self.catalogs) = (states, catalogs)
  }

  /// What a reader has to know of states: JSON lines of metadata file, schema, and whether its types are asked for.
  static func index(of states: [State]) -> [UInt8] {
    Array(
      states.map { state in
        JSONValue.object([
          "metadata": .string(state.metadataLocation), "schema": state.schema.json,
          "new_schema": .bool(state.isNewSchema),
        ]).serialized() + [UInt8(ascii: "\n")]
      }
      .joined())
  }
}

extension MemoryObjectStore {
  /// Puts every object where its location says, without waiting for the disk.
  fileprivate func writeToDisk() throws {
    let disk = LocalObjectStore()
    var folders: Set<Substring> = []
    for object in try list(prefix: "") {
      let path = object.location.dropFirst("file://".count)
      let folder = path[..<(path.lastIndex(of: "/") ?? path.endIndex)]
      if folders.insert(folder).inserted { try disk.makeDirectory("file://" + folder) }
      writeFile(String(path), try read(object.location))
    }
  }
}
