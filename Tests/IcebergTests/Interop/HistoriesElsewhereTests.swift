import Columns
import Failures
import Fixtures
import Glibc
import Iceberg
import JSON
import Testing

/// Random histories of a table, read by other engines after every step and compared with a plain model in memory.
@Suite struct HistoriesElsewhereTests {
  /// Who reads, and what it is known to read otherwise.
  struct Reader: Sendable {
    let name: String
    /// Whether a null list of structures is read as an empty one.
    var losesNullLists = false
  }

  static let seeds: Range<UInt64> = getenv("WIKIGUARD_SOAK") == nil ? 1000..<1200 : 1000..<2000
  static let steps = 8

  @Test func everyStateReadsTheSame() throws {
    guard let python = Python(for: "random histories read by other engines") else { return }
    var readers = [Reader(name: "pyiceberg", losesNullLists: true), Reader(name: "duckdb")]
    if SharedKit.directory("kit/iceberg-java/ice_spark.py", for: "random histories read by Spark") != nil {
      readers.append(Reader(name: "spark"))
    }
    let histories = try RecordedHistories(seeds: Self.seeds, steps: Self.steps)
    let states = histories.states
    let rows = states.reduce(0) { $0 + $1.rows.rowCount }
    #expect(states.count == Self.seeds.count * Self.steps && rows > 50 * states.count)
    // The tables' folder goes with the last use of the histories, which is after the readers.
    withExtendedLifetime(histories) {
      Threads.run(readers.count) { [readers] number in
        let reader = readers[number]
        let answers = try Self.read(states, by: reader.name, python)
        #expect(answers.count == states.count, "\(reader.name)")
        for (state, answer) in zip(states, answers) { try Self.compare(answer, with: state, reader) }
        print("\(reader.name): \(states.count) states of \(Self.seeds.count) histories, \(rows) rows")
      }
    }
  }

  /// What an engine says of each state, a line each.
  private static func read(
    _ states: [RecordedHistories.State], by reader: String, _ python: Python
  ) throws -> [ArraySlice<UInt8>] {
    let directory = TemporaryDirectory()
    writeFile(directory.file("states"), RecordedHistories.index(of: states))
    let script = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
    let answers = try python.run(
      file: script + "/EndToEnd/read_states.py", [reader, directory.file("states")], in: directory)
    return Array(answers.utf8).split(separator: UInt8(ascii: "\n"))
  }

  private static func compare(
    _ answer: ArraySlice<UInt8>, with state: RecordedHistories.State, _ reader: Reader
  ) throws {
    let answer = try JSONValue.parse(Array(answer))
    let form = RowText(state.rows.schema.fields)
    let wanted = form.lines(try reader.losesNullLists ? withoutNullLists(state.rows) : state.rows)
    let found = form.lines(rows: answer["rows"]?.array ?? [])
    let difference = Set(found).symmetricDifference(wanted).sorted()
    #expect(found.count == wanted.count && difference.isEmpty, "\(reader.name), \(state.name): \(difference.prefix(2))")
    guard let types = answer["types"]?.object else { return #expect(!state.isNewSchema, "\(reader.name): no types") }
    let wantedTypes = state.schema.fields.map { "\($0.name) \(EngineTypes.name($0.type))" }
    #expect(types.members.map { "\($0.key) \($0.value.string ?? "")" } == wantedTypes, "\(reader.name), \(state.name)")
  }

  private static func withoutNullLists(_ batch: ColumnBatch) throws -> ColumnBatch {
    let columns = zip(batch.schema.fields, batch.columns).map { field, column in
      guard case .list(let list) = column, case .list(.structure) = field.type else { return column }
      return .list(ListColumn(offsets: list.offsets, elements: list.elements))
    }
    return try ColumnBatch(schema: batch.schema, columns: columns)
  }
}

/// Iceberg's types by the names that Spark has for them; read_states.py says those of other engines so too.
private enum EngineTypes {
  static func name(_ type: IcebergType) -> String {
    switch type {
    case .primitive(let type): name(type)
    case .structure(let record):
      "struct<" + record.fields.map { "\($0.name):\(name($0.type))" }.joined(separator: ",") + ">"
    case .list(let list): "array<\(name(list.element))>"
    case .map(let map): "map<\(name(map.key)),\(name(map.value))>"
    }
  }

  private static func name(_ type: PrimitiveType) -> String {
    switch type {
    case .long: "bigint"
    case .decimal(let precision, let scale): "decimal(\(precision),\(scale))"
    case .timestamp: "timestamp_ntz"
    case .timestamptz: "timestamp"
    case .uuid: "string"
    case .fixed: "binary"
    default: type.description
    }
  }
}
