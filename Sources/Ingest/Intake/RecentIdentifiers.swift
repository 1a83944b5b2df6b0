/// The last so many `meta.id`s: what comes again after a reconnect is dropped by it.
struct RecentIdentifiers {
  private let limit: Int
  private var known: Set<[UInt8]> = []
  private var order: [[UInt8]] = []
  private var next = 0

  init(limit: Int) { self.limit = limit }

  /// Remembers `id` and returns whether it was known.
  mutating func insert(_ id: ArraySlice<UInt8>) -> Bool {
    guard limit > 0 else { return false }
    let key = Array(id)
    guard known.insert(key).inserted else { return true }
    if order.count < limit {
      order.append(key)
    } else {
      known.remove(order[next])
      order[next] = key
      next = (next + 1) % limit
    }
    return false
  }
}
