import Failures
import Glibc

/// Gold's counts and ratios as SQL, computed by DuckDB from the same events.
struct GoldSQL {
  private let interpreter: String
  private let directory: String

  /// Nil, and says so, where `WIKIGUARD_PYTHON` names no Python with duckdb.
  init?(for test: String) {
    guard let value = getenv("WIKIGUARD_PYTHON") else {
      print("skipped: \(test): WIKIGUARD_PYTHON is not set")
      return nil
    }
    interpreter = String(cString: value)
    var template = Array("/tmp/wikiguard-gold-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { return nil }
    directory = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// The rows of `entity`, `user` and `global` as text by column.
  func rows(of events: [GoldEvent], failed: [GoldFailedRow]) throws -> [String: [[String: String]]] {
    defer { for name in ["events", "failed", "script.py"] { unlink("\(directory)/\(name)") }; rmdir(directory) }
    try write("events", events.map(Self.line))
    try write("failed", failed.map(Self.line))
    try write("script.py", [Self.script])
    var tables: [String: [[String: String]]] = [:]
    var (table, header): (String, [String]) = ("", [])
    for line in try run() {
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      if cells[0] == "#" {
        (table, header) = (cells[1], Array(cells.dropFirst(2)))
        tables[table] = []
      } else {
        tables[table]?.append(Dictionary(uniqueKeysWithValues: zip(header, cells)))
      }
    }
    return tables
  }

  private func run() throws -> [Substring] {
    guard let pipe = popen("'\(interpreter)' '\(directory)/script.py' '\(directory)'", "r") else {
      throw Failure.unavailable("popen")
    }
    var output: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&chunk, 1, chunk.count, pipe), count > 0 { output += chunk[..<count] }
    guard pclose(pipe) == 0 else { throw Failure.internalError("the script failed; its error is above") }
    return String(decoding: output, as: UTF8.self).split(separator: "\n")
  }

  private func write(_ name: String, _ lines: [String]) throws {
    guard let file = fopen("\(directory)/\(name)", "w") else { throw Failure.unavailable(name) }
    fputs(lines.joined(separator: "\n") + "\n", file)
    fclose(file)
  }

  private static func text(_ value: (some Any)?) -> String { value.map { "\($0)" } ?? "\\N" }

  private static func line(_ event: GoldEvent) -> String {
    [
      text(event.time), text(event.type), text(event.entity), text(event.wiki), text(event.user), text(event.isBot),
      text(event.isAnonymous), text(event.kind), text(event.isRevert), text(event.isLarge), text(event.hasComment),
      text(event.bytes), text(event.lag), text(event.seconds),
    ].joined(separator: "\t")
  }

  private static func line(_ row: GoldFailedRow) -> String {
    [text(row.time), text(row.entity), text(row.wiki), text(row.user), text(row.status)].joined(separator: "\t")
  }

  private static let script = """
    import sys, duckdb
    db = duckdb.connect()
    def load(name, columns):
        db.execute(f"CREATE TABLE {name} AS SELECT * FROM read_csv('{sys.argv[1]}/{name}', delim='\\t', quote='', escape='', "
            f"header=false, auto_detect=false, nullstr='\\\\N', columns={columns})")
    load('events', {'time': 'BIGINT', 'type': 'VARCHAR', 'entity': 'VARCHAR', 'wiki': 'VARCHAR', 'user': 'VARCHAR',
        'bot': 'BOOLEAN', 'anonymous': 'BOOLEAN', 'kind': 'VARCHAR', 'revert': 'BOOLEAN', 'large': 'BOOLEAN',
        'commented': 'BOOLEAN', 'bytes': 'BIGINT', 'lag': 'BIGINT', 'seconds': 'BIGINT'})
    load('failed', {'time': 'BIGINT', 'entity': 'VARCHAR', 'wiki': 'VARCHAR', 'user': 'VARCHAR', 'status': 'VARCHAR'})
    start = "CAST(floor(time / 600000000.0) AS BIGINT) * 600000000"
    db.execute(f"CREATE VIEW e AS SELECT *, {start} AS window_start, type IN ('edit', 'new') IS TRUE AS edit FROM events")
    db.execute(f"CREATE VIEW f AS SELECT *, {start} AS window_start FROM failed WHERE status = 'open'")
    def n(condition): return f"count(*) FILTER (WHERE {condition})"
    def ratio(condition): return f"coalesce({n('edit AND ' + condition)} / nullif({n('edit')}, 0), 0)"
    def d(column, condition='edit'): return f"count(DISTINCT {column}) FILTER (WHERE {condition})"
    sums = "coalesce(sum(bytes) FILTER (WHERE edit), 0)::BIGINT"
    average = "avg(bytes) FILTER (WHERE edit)"
    queries = {'entity': f'''SELECT window_start, entity, wiki, count(*) AS total_events, {n("type = 'edit'")} AS edit_count,
        {n("type = 'new'")} AS new_page_count, {n("type = 'categorize'")} AS categorize_count, {n("type = 'log'")} AS log_count,
        {n("edit AND revert")} AS revert_count, {n("edit AND anonymous")} AS anonymous_edit_count,
        {n("edit AND bot")} AS bot_edit_count, {n("edit AND large")} AS large_edit_count,
        {n("edit AND commented")} AS edits_with_comment, {sums} AS total_bytes_changed,
        coalesce(sum(abs(bytes)) FILTER (WHERE edit), 0)::BIGINT AS abs_bytes_changed, {average} AS avg_bytes_changed,
        min(bytes) FILTER (WHERE edit) AS min_bytes_changed, max(bytes) FILTER (WHERE edit) AS max_bytes_changed,
        {d('"user"')} AS unique_editors, {d('"user"', 'edit AND anonymous')} AS unique_anonymous_editors,
        max(lag) AS max_processing_lag_seconds, avg(lag) AS avg_processing_lag_seconds,
        min(seconds) AS first_event_timestamp, max(seconds) AS last_event_timestamp, {ratio('revert')} AS revert_ratio,
        {ratio('anonymous')} AS anonymous_ratio, {ratio('bot')} AS bot_ratio,
        (SELECT count(*) FROM f WHERE f.window_start = e.window_start AND f.entity = e.entity AND f.wiki = e.wiki)
        AS quality_failed_count FROM e WHERE entity IS NOT NULL AND wiki IS NOT NULL GROUP BY ALL''',
      'user': f'''SELECT window_start, "user" AS user_name, coalesce(bot, false) AS is_bot, anonymous AS is_anonymous,
        count(*) AS total_events, {n("type = 'edit'")} AS edit_count, {n("type = 'new'")} AS new_page_count,
        {n("edit AND revert")} AS revert_count, {sums} AS total_bytes_changed, {average} AS avg_bytes_changed,
        {n("edit AND large")} AS large_edit_count, {d('entity')} AS entities_edited, {d('wiki')} AS wikis_touched,
        {n("edit AND commented")} AS edits_with_comment, {ratio('revert')} AS revert_ratio,
        CASE WHEN coalesce(bot, false) THEN 'Bot' WHEN bool_or(kind = 'temporary') THEN 'Temporary'
          WHEN anonymous THEN 'Anonymous' ELSE 'Registered' END AS user_type,
        (SELECT count(*) FROM f WHERE f.window_start = e.window_start AND f.user = e.user) AS quality_failed_count
        FROM e WHERE "user" IS NOT NULL GROUP BY window_start, "user", coalesce(bot, false), anonymous''',
      'global': f'''SELECT window_start, count(*) AS total_events, {n("type = 'edit'")} AS total_edits,
        {n("type = 'new'")} AS total_new_pages, {n("type = 'categorize'")} AS total_categorize, {n("type = 'log'")} AS total_log,
        {n("edit AND revert")} AS total_reverts, {n("edit AND anonymous")} AS total_anonymous, {n("edit AND bot")} AS total_bot,
        {n("edit AND large")} AS total_large_edits, {sums} AS total_bytes_changed, {average} AS avg_bytes_changed,
        {d('"user"', 'true')} AS unique_users, {d('entity')} AS unique_entities, {d('wiki')} AS unique_wikis,
        max(lag) AS max_processing_lag, avg(lag) AS avg_processing_lag, {ratio('revert')} AS revert_ratio,
        {ratio('anonymous')} AS anonymous_ratio, {ratio('bot')} AS bot_ratio,
        count(*) / nullif(count(DISTINCT "user"), 0) AS events_per_user,
        (SELECT count(*) FROM f WHERE f.window_start = e.window_start) AS total_quality_failed FROM e GROUP BY window_start'''}
    for name, query in queries.items():
        result = db.execute(query)
        print('#', name, *[c[0] for c in result.description], sep='\\t')
        for row in result.fetchall():
            print(*['null' if v is None else str(v).lower() if isinstance(v, bool) else v for v in row], sep='\\t')
    """
}
