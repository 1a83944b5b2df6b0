/// Events by type, and edits by quality.
struct EventCounts {
  var total: UInt32 = 0
  var edit: UInt32 = 0
  var new: UInt32 = 0
  var categorize: UInt32 = 0
  var log: UInt32 = 0
  var revert: UInt32 = 0
  var anonymous: UInt32 = 0
  var bot: UInt32 = 0
  var large: UInt32 = 0
  var commented: UInt32 = 0

  /// Edits and new pages.
  var edits: Int64 { Int64(edit) + Int64(new) }

  mutating func add(_ row: SilverRow) {
    total += 1
    switch row.kind {
    case .edit: edit += 1
    case .new: new += 1
    case .categorize: categorize += 1
    case .log: log += 1
    case .other: break
    }
    guard row.isEdit else { return }
    if row.isRevert { revert += 1 }
    if row.isAnonymous { anonymous += 1 }
    if row.isBot { bot += 1 }
    if row.isLarge { large += 1 }
    if row.hasComment { commented += 1 }
  }
}

/// How edits changed the size of pages, in bytes.
struct ByteChanges {
  private(set) var sum: Int64 = 0
  private(set) var absolute: Int64 = 0
  private var count: UInt32 = 0
  private var least = Int32.max
  private var most = Int32.min

  var min: Int32? { count == 0 ? nil : least }
  var max: Int32? { count == 0 ? nil : most }
  var average: Double? { count == 0 ? nil : Double(sum) / Double(count) }

  mutating func add(_ change: Int32) {
    count += 1
    sum += Int64(change)
    absolute += Int64(change.magnitude)
    least = Swift.min(least, change)
    most = Swift.max(most, change)
  }
}

/// How late events came, in seconds. The sum counts how often it wrapped around, so that it is exact for any input.
struct LagTally {
  private var sum: Int64 = 0
  private var most = Int64.min
  private var count: UInt32 = 0
  private var wraps: Int32 = 0

  var max: Int64? { count == 0 ? nil : most }
  var average: Double? { count == 0 ? nil : (Double(sum) + Double(wraps) * 0x1p64) / Double(count) }

  mutating func add(_ lag: Int64) {
    count += 1
    let (total, isWrapped) = sum.addingReportingOverflow(lag)
    sum = total
    if isWrapped { wraps += lag < 0 ? -1 : 1 }
    most = Swift.max(most, lag)
  }
}

/// The first and the last of several times in seconds.
struct TimeSpan {
  private var least = Int64.max
  private var most = Int64.min

  var first: Int64? { least > most ? nil : least }
  var last: Int64? { least > most ? nil : most }

  mutating func add(_ time: Int64) {
    least = min(least, time)
    most = max(most, time)
  }
}

/// One page in one window.
struct EntityTally {
  /// Rows of the page that were refused.
  var failed: Int64 = 0
  var counts = EventCounts()
  var bytes = ByteChanges()
  var lag = LagTally()
  var times = TimeSpan()
  var editors: UInt32 = 0
  var anonymousEditors: UInt32 = 0

  mutating func add(_ row: SilverRow) {
    counts.add(row)
    if row.isEdit, let change = row.bytesChanged { bytes.add(change) }
    if let value = row.lag { lag.add(value) }
    if let time = row.timestamp { times.add(time) }
  }
}

/// One user in one window.
struct UserTally {
  let user: UInt32
  let isBot: Bool
  let isAnonymous: Bool
  var isTemporary = false
  var counts = EventCounts()
  var bytes = ByteChanges()
  var entities: UInt32 = 0
  var wikis: UInt32 = 0
  /// Wikis but those that do not count for CROSS_WIKI.
  var countedWikis: UInt32 = 0

  /// By what the rows of one user are sorted.
  var flagOrder: Int { (isBot ? 2 : 0) + (isAnonymous ? 1 : 0) }

  mutating func add(_ row: SilverRow) {
    counts.add(row)
    if row.isEdit, let change = row.bytesChanged { bytes.add(change) }
    if row.isTemporary { isTemporary = true }
  }
}

/// All of one window.
struct GlobalTally {
  /// Rows of the window that were refused.
  var failed: Int64 = 0
  var counts = EventCounts()
  var bytes = ByteChanges()
  var lag = LagTally()
  var users: UInt32 = 0
  var entities: UInt32 = 0
  var wikis: UInt32 = 0

  mutating func add(_ row: SilverRow) {
    counts.add(row)
    if row.isEdit, let change = row.bytesChanged { bytes.add(change) }
    if let value = row.lag { lag.add(value) }
  }
}
