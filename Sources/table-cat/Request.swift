import CommandLine
import Failures
import Iceberg

/// What the command line asks for.
struct Request {
  /// What is printed.
  enum Subject { case rows, schema, files, statistics }

  let location: String
  let subject: Subject
  /// Nil for all.
  let columns: [String]?
  /// Nil for all.
  let limit: Int?
  /// Which rows are wanted, in words; nil for all.
  let filter: String?
  /// Which state of a table.
  let state: TableState

  init(_ command: ParsedCommand) throws {
    location = command.arguments.first ?? ""
    subject = Self.subject(command)
    filter = command.value("where")
    columns = try command.value("columns").map(Self.names)
    limit = try command.integer("limit", in: 0...Int.max)
    state = try Self.state(command)
    guard filter == nil || subject != .schema else {
      throw Failure.invalidArgument("--where says nothing about --schema")
    }
    guard limit == nil || subject == .rows else { throw Failure.invalidArgument("--limit is for rows") }
  }

  private static func subject(_ command: ParsedCommand) -> Subject {
    if command.flag("schema") { return .schema }
    if command.flag("files") { return .files }
    return command.flag("stats") ? .statistics : .rows
  }

  private static func state(_ command: ParsedCommand) throws -> TableState {
    if let name = command.value("ref") { return .ref(name) }
    if let time = command.value("as-of") { return .asOf(milliseconds: try milliseconds(time)) }
    return try command.integer("snapshot", in: 0...Int.max).map { .snapshot(Int64($0)) } ?? .current
  }

  /// A time in words or digits as milliseconds since 1970.
  private static func milliseconds(_ text: String) throws -> Int64 {
    if let number = Int64(text) { return number }
    guard case .timestamptz(let microseconds)? = try? Literal(parsing: text, type: .timestamptz) else {
      throw Failure.invalidArgument(
        "--as-of \(text): neither a time as 2024-01-31T12:00:00Z nor milliseconds since 1970")
    }
    // A commit in the same millisecond was before the next.
    return microseconds / 1000 - (microseconds % 1000 < 0 ? 1 : 0)
  }

  private static func names(_ list: String) throws -> [String] {
    let names = list.split(separator: ",").map(String.init)
    guard !names.isEmpty, Set(names).count == names.count else {
      throw Failure.invalidArgument("--columns \(list): some names, each once")
    }
    return names
  }

  /// Opens the file as what it is. Throws `.invalidArgument` where the request makes no sense for it.
  func open() throws -> any RowSource {
    let file = try InputFile(location)
    if try file.isTableMetadata { return try TableSource(file, columns: columns, filter: filter, state: state) }
    guard case .current = state else {
      throw Failure.invalidArgument("--snapshot, --as-of and --ref are for tables; \(location) is one file")
    }
    guard subject != .files else { throw Failure.invalidArgument("--files is for tables; \(location) is one file") }
    guard filter == nil || subject == .rows else {
      throw Failure.invalidArgument("--where chooses rows, or files of a table; \(location) is one file")
    }
    return try ParquetSource(file, columns: columns, filter: filter)
  }
}
