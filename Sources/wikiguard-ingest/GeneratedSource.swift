import CommandLine
import Columns
import EventGenerator
import Failures
import Host
import Ingest
import RecentChange

/// Takes in made-up events: the same arguments give the same bytes.
struct GeneratedSource {
  let session: Session
  let intake: EventIntake
  let isStopping: () -> Bool

  /// Takes in all of them; calls `progress` with how many so far and in all.
  func run(progress: (Int, Int) -> Void) throws -> IngestEnd {
    let command = session.command
    let count = try command.integer("generate", in: 0...1_000_000_000) ?? 0
    let seed = try command.integer("seed", in: 0...Int.max) ?? 0
    let rate = try command.number("rate", in: 0.001...1_000_000) ?? 46
    var generator = EventGenerator(
      count: count, seed: UInt64(seed), ending: try ending(command.value("ending")), eventsPerSecond: rate)
    var taken = 0
    while true {
      var events = BinaryColumn()
      let made = generator.next(into: &events, limit: 4096)
      if made == 0 { return .finished }
      if isStopping() { return .stopped(taken: taken) }
      try intake.take(events)
      taken += made
      progress(taken, count)
    }
  }

  private func ending(_ text: String?) throws -> Int64 {
    guard let text else { return session.host.clock() }
    guard let time = EventTime.microseconds(text) else {
      throw Failure.invalidArgument("--ending is \"\(text)\", which is no ISO 8601 time")
    }
    return time
  }
}
