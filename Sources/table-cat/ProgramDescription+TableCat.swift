import CommandLine

extension ProgramDescription {
  /// The command line of `table-cat`.
  static let tableCat = ProgramDescription(
    root: CommandDescription(
      "table-cat", summary: "print the rows of a Parquet file or an Iceberg table as JSON lines",
      discussion: [
        "FILE is a Parquet file or an Iceberg table's metadata file (…/metadata/00001-….metadata.json), as a path or a file: URI.",
        "Values are written as Iceberg's JSON single values: binary and fixed as hex, decimals, NaN and infinities as strings, times "
          + "as ISO 8601 with six digits, lists as arrays, structures as objects, maps as lists of pairs.",
        "EXPR is as in SQL: comparisons, IN, BETWEEN, LIKE 'prefix%', IS NULL, AND, OR, NOT and brackets over columns (a.b is field b of "
          + "structure a); constants but numbers in single quotes, binary as hex. Row groups, pages, files and manifests that cannot "
          + "hold such rows are not read.",
        "A file that is damaged, or uses what this version does not read, is an error of one line and exit code 65.",
      ],
      options: [
        OptionDescription("columns", value: "NAMES", help: "only these columns, in this order, divided by commas"),
        OptionDescription("where", value: "EXPR", help: "only rows for which EXPR is true"),
        OptionDescription("limit", value: "N", help: "at most N rows"),
        OptionDescription(
          "snapshot", value: "ID", defaultText: "the current one", group: "state", help: "a table's snapshot"),
        OptionDescription(
          "as-of", value: "TIME", group: "state",
          help: "a table as it was then: ISO 8601 (UTC where no offset is given) or milliseconds since 1970"),
        OptionDescription("ref", value: "NAME", group: "state", help: "the snapshot that a branch or tag points to"),
        OptionDescription("schema", group: "subject", help: "print the columns instead of rows"),
        OptionDescription("files", group: "subject", help: "print a table's data files instead of rows"),
        OptionDescription(
          "stats", group: "subject",
          help:
            "print a file's row groups, column chunks and pages, or a table's files with the metrics of their columns"),
      ],
      arguments: [ArgumentDescription("FILE", help: "a Parquet file or an Iceberg metadata file")]),
    version: "0.1.0")
}
