import CommandLine
import Failures

/// What the command line asks for.
struct Request {
  /// What is printed.
  enum Subject { case rows, schema, files }

  let location: String
  let subject: Subject
  /// Nil for all.
  let columns: [String]?
  /// Nil for all.
  let limit: Int?
  /// Which state of a table.
  let state: TableState

  init(_ command: ParsedCommand) throws {
    location = command.arguments.first ?? ""
    subject = command.flag("schema") ? .schema : command.flag("files") ? .files : .rows
    columns = try command.value("columns").map(Self.names)
    limit = try command.integer("limit", in: 0...Int.max)
    state =
      if let name = command.value("ref") {
        .ref(name)
      } else {
        try command.integer("snapshot", in: 0...Int.max).map { .snapshot(Int64($0)) } ?? .current
      }
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
    if try file.isTableMetadata { return try TableSource(file, columns: columns, state: state) }
    guard case .current = state else {
      throw Failure.invalidArgument("--snapshot and --ref are for tables; \(location) is one file")
    }
    guard subject != .files else { throw Failure.invalidArgument("--files is for tables; \(location) is one file") }
    return try ParquetSource(file, columns: columns)
  }
}
