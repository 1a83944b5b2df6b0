import FuzzTargets
import Columns
import EventGenerator

/// What the stream sends.
enum StreamSeeds {
  static func events() -> [Seed] {
    var generator = EventGenerator(count: 400, seed: 11, ending: 1_769_636_535_000_000)
    var values = BinaryColumn()
    while generator.next(into: &values) > 0 {}
    // Log events, edits, categorisations, canaries: the shortest of each have all that the long ones have.
    let rows = (0..<values.count).sorted { (values[$0]?.count ?? 0) < (values[$1]?.count ?? 0) }
    let picked = stride(from: 0, to: 200, by: 20).compactMap { values[rows[$0]].map(Array.init) }
    return picked.enumerated().map { Seed(.recentchange, "event-\($0)", $1) }
      + [Seed(.recentchange, "lines", Array(picked.prefix(3).joined(separator: [0x0a])))]
  }

  static func serverSentEvents() -> [Seed] {
    let streams = [
      "plain": "event: message\nid: [{\"topic\":\"a\",\"offset\":1}]\ndata: {\"a\":1}\n\ndata: x\ndata: y\n\n",
      "endings": "\u{feff}:comment\r\nretry: 3000\r\rid:1\rdata:a\r\n\r\nid\n\n",
      "long": "data: \(String(repeating: "x", count: 300))\nid: 2\n\ndata\n\n",
    ]
    return streams.sorted { $0.key < $1.key }.map { Seed(.sse, $0.key, Array($0.value.utf8)) }
  }
}
