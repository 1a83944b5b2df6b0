/// Calls `body` with each run of `rows` in which every row follows the one before, in order.
///
/// What is gathered is mostly a column that lacks a few rows: whole runs are copied at once.
func forEachRun(of rows: [Int], _ body: (Range<Int>) -> Void) {
  guard var start = rows.first else { return }
  var end = start
  for row in rows {
    if row != end {
      body(start..<end)
      start = row
    }
    end = row + 1
  }
  body(start..<end)
}
