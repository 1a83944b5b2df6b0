import Failures
import Glibc

// iceberg-example [DIRECTORY]: without a directory in a temporary one, which stays to be looked at.
do {
  let given = CommandLine.arguments.dropFirst().first
  let example = try Example(directory: try given.map(Directory.existing) ?? Directory.temporary())
  try example.run()
} catch {
  let line = Array("iceberg-example: \(error)\n".utf8)
  _ = write(STDERR_FILENO, line, line.count)
  exit(70)
}
