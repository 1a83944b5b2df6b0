import CommandLine
import Glibc
import Host

MemoryAllocation.keepFreedMemory()
let program = Program(.job(version: "0.1.0"))
exit(
  program.run(Array(Swift.CommandLine.arguments.dropFirst())) { command, host in
    try JobProgram(session: Session(command, host: host, program: "wikiguard-job")).run()
  })
