import CommandLine
import Glibc
import Host

let program = Program(.ingest(version: "0.1.0"))
exit(
  program.run(Array(Swift.CommandLine.arguments.dropFirst())) { command, host in
    try IngestProgram(session: Session(command, host: host, program: "wikiguard-ingest")).run()
  })
