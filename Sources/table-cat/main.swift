import CommandLine
import Failures
import Glibc

// Whoever started us may have ignored it, and then `table-cat … | head` would end in an error.
signal(SIGPIPE, SIG_DFL)
exit(TableCat.run(Array(Swift.CommandLine.arguments.dropFirst())))
