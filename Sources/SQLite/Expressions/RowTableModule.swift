import CSQLite

/// What SQLite calls to read a `RowTable`.
///
/// The table exists without being created (eponymous) and cannot be written: there is no `xUpdate`.
enum RowTableModule {
  private typealias Rows = UnsafeMutablePointer<RowTable.Rows>

  /// Made once and never freed: connections keep the address.
  nonisolated(unsafe) static let callbacks: UnsafePointer<sqlite3_module> = {
    let module = UnsafeMutablePointer<sqlite3_module>.allocate(capacity: 1)
    module.initialize(to: sqlite3_module())
    module.pointee.iVersion = 1
    module.pointee.xConnect = { connection, owner, _, _, target, _ in RowTableModule.connect(connection, owner, target)
    }
    module.pointee.xBestIndex = { RowTableModule.plan($1) }
    module.pointee.xDisconnect = { RowTableModule.free($0) }
    module.pointee.xOpen = { RowTableModule.open($0, $1) }
    module.pointee.xClose = { RowTableModule.free($0) }
    module.pointee.xFilter = { cursor, _, _, _, _ in
      guard let rows = RowTableModule.rows(of: cursor) else { return SQLITE_INTERNAL }
      rows.pointee.go(to: rows.pointee.range.lowerBound)
      return SQLITE_OK
    }
    module.pointee.xNext = { cursor in
      guard let rows = RowTableModule.rows(of: cursor) else { return SQLITE_INTERNAL }
      guard !rows.pointee.isOverdue() else { return SQLITE_INTERRUPT }
      rows.pointee.go(to: rows.pointee.row + 1)
      return SQLITE_OK
    }
    module.pointee.xEof = { cursor in
      guard let rows = RowTableModule.rows(of: cursor) else { return 1 }
      return rows.pointee.row < rows.pointee.range.upperBound ? 0 : 1
    }
    module.pointee.xColumn = { cursor, context, column in
      guard let rows = RowTableModule.rows(of: cursor) else { return SQLITE_INTERNAL }
      rows.pointee.columns[Int(column)].report(rows.pointee.row, to: context)
      return SQLITE_OK
    }
    module.pointee.xRowid = { cursor, target in
      guard let rows = RowTableModule.rows(of: cursor) else { return SQLITE_INTERNAL }
      target?.pointee = Int64(rows.pointee.row)
      return SQLITE_OK
    }
    return UnsafePointer(module)
  }()

  private static func rows(of cursor: UnsafeMutablePointer<sqlite3_vtab_cursor>?) -> Rows? {
    UnsafeMutableRawPointer(cursor)?.assumingMemoryBound(to: wg_row_cursor.self).pointee.rows?
      .assumingMemoryBound(to: RowTable.Rows.self)
  }

  private static func connect(
    _ connection: OpaquePointer?, _ owner: UnsafeMutableRawPointer?,
    _ target: UnsafeMutablePointer<UnsafeMutablePointer<sqlite3_vtab>?>?
  ) -> Int32 {
    guard let owner else { return SQLITE_INTERNAL }
    let table = Unmanaged<RowTable>.fromOpaque(owner).takeUnretainedValue()
    let result = sqlite3_declare_vtab(connection, table.declaration)
    guard result == SQLITE_OK else { return result }
    guard let made = allocate(wg_row_table(base: sqlite3_vtab(), rows: table.rowsAddress)) else { return SQLITE_NOMEM }
    target?.pointee = made.assumingMemoryBound(to: sqlite3_vtab.self)
    return SQLITE_OK
  }

  /// Every run reads all rows in order.
  private static func plan(_ index: UnsafeMutablePointer<sqlite3_index_info>?) -> Int32 {
    index?.pointee.estimatedCost = 1e6
    return SQLITE_OK
  }

  private static func open(
    _ table: UnsafeMutablePointer<sqlite3_vtab>?,
    _ target: UnsafeMutablePointer<UnsafeMutablePointer<sqlite3_vtab_cursor>?>?
  ) -> Int32 {
    let rows = UnsafeMutableRawPointer(table)?.assumingMemoryBound(to: wg_row_table.self).pointee.rows
    guard let made = allocate(wg_row_cursor(base: sqlite3_vtab_cursor(), rows: rows)) else { return SQLITE_NOMEM }
    target?.pointee = made.assumingMemoryBound(to: sqlite3_vtab_cursor.self)
    return SQLITE_OK
  }

  private static func allocate<Value>(_ value: Value) -> UnsafeMutableRawPointer? {
    guard let memory = sqlite3_malloc64(UInt64(MemoryLayout<Value>.size)) else { return nil }
    memory.bindMemory(to: Value.self, capacity: 1).initialize(to: value)
    return memory
  }

  private static func free(_ memory: UnsafeMutableRawPointer?) -> Int32 {
    sqlite3_free(memory)
    return SQLITE_OK
  }
}
