import CSQLite
import Columns
import Failures

/// The table `batch` of a connection: a virtual table over the columns of a batch, which are read where they are.
///
/// One owner, together with the connection that it is registered with, which must be closed before it is gone.
///
/// Source: https://www.sqlite.org/vtab.html
final class RowTable {
  /// The rows that the table shows, and where its one cursor stands. Read by SQLite's callbacks.
  struct Rows {
    var columns: UnsafeMutablePointer<PinnedColumn>
    /// Marks the rows that are shown; nil for all of them.
    var shown: UnsafePointer<Bool>?
    var range = 0..<0
    var row = 0
    var deadline: ExpressionDeadline?
    private var rowsUntilLook = 0

    init(columns: UnsafeMutablePointer<PinnedColumn>) { self.columns = columns }

    /// Looks at the clock every few rows.
    mutating func isOverdue() -> Bool {
      rowsUntilLook -= 1
      guard rowsUntilLook < 0, let deadline else { return false }
      rowsUntilLook = 8
      return deadline.isOver
    }

    /// Goes to the first row shown from `start` on, or behind the last.
    mutating func go(to start: Int) {
      row = start
      guard let shown else { return }
      while row < range.upperBound, !shown[row] { row += 1 }
    }
  }

  static let name = "batch"

  let columns: [ExpressionColumn]
  let declaration: [CChar]
  private let rows: UnsafeMutablePointer<Rows>
  private let pinned: UnsafeMutablePointer<PinnedColumn>

  init(_ columns: [ExpressionColumn]) {
    self.columns = columns
    declaration = Array("CREATE TABLE x(\(columns.map(\.declaration).joined(separator: ", ")))".utf8CString)
    pinned = .allocate(capacity: max(1, columns.count))
    pinned.initialize(repeating: .unread, count: columns.count)
    rows = .allocate(capacity: 1)
    rows.initialize(to: Rows(columns: pinned))
  }

  deinit {
    rows.deinitialize(count: 1)
    rows.deallocate()
    pinned.deallocate()
  }

  /// Makes the table known to a connection.
  func register(with connection: OpaquePointer) -> Int32 {
    sqlite3_create_module_v2(
      connection, Self.name, RowTableModule.callbacks, Unmanaged.passUnretained(self).toOpaque(), nil)
  }

  var rowsAddress: UnsafeMutableRawPointer { UnsafeMutableRawPointer(rows) }

  /// The row at which a statement stands or stopped.
  var row: Int { rows.pointee.row }

  /// When a run that reads the table is interrupted.
  func setDeadline(_ deadline: ExpressionDeadline?) { rows.pointee.deadline = deadline }

  /// What the next run of a statement shows.
  func limit(to range: Range<Int>) {
    rows.pointee.range = range
    rows.pointee.row = range.lowerBound
  }

  /// Shows `values`, those of the columns at `positions`, inside `body`.
  func show(_ values: [Column], at positions: [Int], rows shown: [Bool]?, _ body: () -> Void) {
    defer { limit(to: 0..<0) }
    guard let shown else { return pin(values[...], positions[...], body) }
    shown.withUnsafeBufferPointer { shown in
      rows.pointee.shown = shown.baseAddress
      defer { rows.pointee.shown = nil }
      pin(values[...], positions[...], body)
    }
  }

  /// Pins one column after the other, so that all are while `body` runs.
  private func pin(_ values: ArraySlice<Column>, _ positions: ArraySlice<Int>, _ body: () -> Void) {
    guard let value = values.first, let position = positions.first else { return body() }
    value.withPinned(isText: columns[position].affinity == .text) { column in
      pinned[position] = column
      defer { pinned[position] = .unread }
      pin(values.dropFirst(), positions.dropFirst(), body)
    }
  }
}
