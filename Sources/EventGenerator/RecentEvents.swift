internal import Hashing

/// The last events, for those that come twice.
struct RecentEvents: Sendable {
  private var events: [[UInt8]] = []
  private var next = 0
  private static let capacity = 512

  /// Remembers an event.
  mutating func add(_ event: ArraySlice<UInt8>) {
    if events.count < Self.capacity {
      events.append(Array(event))
    } else {
      // The slot's memory is used again.
      events[next].removeAll(keepingCapacity: true)
      events[next] += event
    }
    next = (next + 1) % Self.capacity
  }

  /// One of them, nil where there is none.
  func any(_ random: inout Xoshiro256StarStar) -> [UInt8]? {
    events.isEmpty ? nil : events[random.next(below: events.count)]
  }
}

/// The last edits: a moment later the page is edited again, or comes into a category.
struct RecentEdits: Sendable {
  /// What a later event repeats of an edit.
  struct Edit: Sendable {
    let page: Page
    let user: [UInt8]
    let isBot: Bool
  }

  private var edits: [Edit] = []
  private var next = 0
  private static let capacity = 32

  /// Remembers an edit.
  mutating func add(_ edit: Edit) {
    if edits.count < Self.capacity { edits.append(edit) } else { edits[next] = edit }
    next = (next + 1) % Self.capacity
  }

  /// One of them, nil where there is none.
  func any(_ random: inout Xoshiro256StarStar) -> Edit? { edits.isEmpty ? nil : edits[random.next(below: edits.count)] }
}
