import Configuration
import EventLog
import Host
import Log

/// Drops old segments of the log, now and then, never past what Bronze has consumed.
final class Trimming {
  private let log: EmbeddedEventLog
  private let session: Session
  private var lastRun: Double?
  /// Seconds between two looks.
  private static let interval = 60.0

  init(log: EmbeddedEventLog, session: Session) {
    self.log = log
    self.session = session
  }

  /// Trims when the last time is a minute ago or there was none; a failure is logged, for taking events in goes on.
  func runIfDue() {
    if let lastRun, Host.monotonicSeconds() - lastRun < Self.interval { return }
    do { try run() } catch { session.logger.error("trimming the log: \(error)") }
  }

  private func run() throws {
    lastRun = Host.monotonicSeconds()
    let settings = session.configuration.ingest.log
    let report = try log.trim(
      now: session.host.clock() / 1000,
      retention: RetentionPolicy(
        maxAgeMilliseconds: settings.retentionAge.inMilliseconds, maxBytes: Int64(settings.retentionBytes)))
    for segment in report.dropped {
      session.logger.info(
        "dropped \(segment.topic)/\(segment.partition) offsets \(segment.first) to \(segment.end - 1)")
    }
    for held in report.held.map(\.segments) {
      session.logger.warning(
        "\(held.topic)/\(held.partition) keeps offsets \(held.first) to \(held.end - 1) beyond its retention: bronze has not read them"
      )
    }
  }
}
