import CommandLine
import Glibc
import Host

let version = "0.1.0"
exit(
  Program(.ingest(version: version)).run(Array(Swift.CommandLine.arguments.dropFirst())) { command, host in
    try IngestProgram(session: Session(command, host: host, program: "wikiguard-ingest"), version: version).run()
  })
