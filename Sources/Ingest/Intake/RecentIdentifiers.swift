/// The identities of the last so many events: what comes again after a reconnect is dropped by it.
///
/// New ones count from the first look on, but are forgotten again unless they are kept: their events may not have reached the log.
package struct RecentIdentifiers: Sendable {
  private let limit: Int
  private var known: Set<[UInt8]> = []
  private var order: [[UInt8]] = []
  private var next = 0
  private var fresh: [[UInt8]] = []

  /// Remembers `limit` identities; 0: none, and nothing ever comes again.
  package init(limit: Int) { self.limit = limit }

  /// Looks at an identity and returns whether it is a new one.
  package mutating func isNew(_ id: some Collection<UInt8>) -> Bool {
    guard limit > 0 else { return true }
    let key = Array(id)
    guard known.insert(key).inserted else { return false }
    fresh.append(key)
    return true
  }

  /// The events of all new identities are in the log.
  package mutating func keepNew() {
    for key in fresh {
      if order.count < limit {
        order.append(key)
      } else {
        known.remove(order[next])
        order[next] = key
        next = (next + 1) % limit
      }
    }
    fresh.removeAll(keepingCapacity: true)
  }

  /// They are not: their events will be new again.
  package mutating func forgetNew() {
    known.subtract(fresh)
    fresh.removeAll(keepingCapacity: true)
  }
}
