import Configuration
import Host
import JSON
import Pipeline
import Runner

/// `wikiguard-job init`: makes the home, the catalog and every table that is missing.
struct InitCommand {
  let session: Session

  func run() throws -> Int32 {
    let workspace = try WorkspaceOpening(session: session).create()
    try workspace.createTables()
    if session.wantsJSON {
      let result: JSONValue = [
        "version": 1, "home": .string(session.home.path), "warehouse": .string(workspace.warehouse),
        "tables": .array(Tables.all.map { .string($0.name) }),
      ]
      Host.print(String(decoding: result.serialized(), as: UTF8.self) + "\n")
    } else {
      Host.print("home \(session.home.path)\n\(Tables.all.count) tables in \(workspace.warehouse)\n")
    }
    return 0
  }
}
