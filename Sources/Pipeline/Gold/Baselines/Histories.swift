import Detection

/// Edits, and how many of them are reverts and anonymous.
struct EditShares {
  var edits: Int64 = 0
  var reverts: Int64 = 0
  var anonymous: Int64 = 0

  mutating func add(_ other: EditShares) {
    edits &+= other.edits
    reverts &+= other.reverts
    anonymous &+= other.anonymous
  }

  /// A baseline with sum over sum as its ratios, 0 where there was no edit.
  func baseline(events: Spread, entities: Spread? = nil) -> Baseline {
    let whole = Double(max(edits, 1))
    return Baseline(
      events: events, entities: entities, revertRatio: Double(reverts) / whole,
      anonymousRatio: Double(anonymous) / whole)
  }
}

/// How often each count occurred.
struct CountHistogram {
  private var occurrences: [Int64: Int] = [:]
  /// The number of counts added.
  private(set) var count = 0

  mutating func add(_ value: Int64) {
    occurrences[value, default: 0] += 1
    count += 1
  }

  /// The statistics of the counts and of `absent` zeros; nil when there is neither.
  func statistics(absent: Int) -> RobustStatistics? {
    var counted = occurrences.map { (value: Double($0.key), count: $0.value) }
    if absent > 0 { counted.append((value: 0, count: absent)) }
    return RobustStatistics(counted)
  }
}

/// The windows of all users that edited and are no bots.
struct UserHistory {
  private(set) var edits = CountHistogram()
  private(set) var entities = CountHistogram()
  private(set) var shares = EditShares()

  mutating func add(entities count: Int64, _ shares: EditShares) {
    edits.add(shares.edits)
    entities.add(count)
    self.shares.add(shares)
  }
}

/// The windows of an hour of the day.
struct HourHistory {
  private(set) var events = CountHistogram()
  private(set) var shares = EditShares()

  mutating func add(events count: Int64, _ shares: EditShares) {
    events.add(count)
    self.shares.add(shares)
  }
}

/// The windows of many pages, by page number.
///
/// Each page's counts are a list that runs backwards through one array, 16 bytes a window: a week of a busy wiki is millions of them,
/// and nearly all belong to pages that were edited once.
struct PageHistories {
  private var lastWindows: [Int32] = []
  private var windowCounts: [Int32] = []
  private var shares: [EditShares] = []
  private var windows: [(humanEdits: Int64, previous: Int32)] = []

  /// Adds a window of a page. Windows without an edit by people count as absent ones do: 0.
  mutating func add(_ page: Int, humanEdits: Int64, _ added: EditShares) {
    while page >= shares.count {
      lastWindows.append(-1)
      windowCounts.append(0)
      shares.append(EditShares())
    }
    shares[page].add(added)
    guard humanEdits > 0 else { return }
    windows.append((humanEdits, lastWindows[page]))
    lastWindows[page] = Int32(windows.count - 1)
    windowCounts[page] += 1
  }

  /// The pages with edits by people in at least `minimum` windows; all others have a median of 0.
  func pages(withAtLeast minimum: Int) -> [Int] {
    windowCounts.indices.filter { windowCounts[$0] >= minimum }
  }

  /// The counts of a page's windows with edits by people, and the shares of all its edits.
  func history(of page: Int) -> (CountHistogram, EditShares) {
    var histogram = CountHistogram()
    var position = lastWindows[page]
    while position >= 0 {
      histogram.add(windows[Int(position)].humanEdits)
      position = windows[Int(position)].previous
    }
    return (histogram, shares[page])
  }
}
