import CommandLine
import Failures
import Glibc

exit(TableCat.run(Array(Swift.CommandLine.arguments.dropFirst())))
