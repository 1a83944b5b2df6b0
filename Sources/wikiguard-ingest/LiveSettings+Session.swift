import CommandLine
import Configuration
import Host
import Ingest

extension LiveSettings {
  /// The live stream as the configuration and the command line have it.
  init(_ session: Session) {
    let settings = session.configuration.ingest
    let contact = "\(session.host.variables["USER"] ?? "wikiguard")@\(Host.name)"
    self.init(
      url: session.command.value("url") ?? settings.source.url,
      userAgent: settings.source.userAgent(fallbackContact: contact),
      connectTimeoutMilliseconds: Int(settings.source.connectTimeout.inMilliseconds),
      idleTimeoutSeconds: Int(settings.source.idleTimeout.inSeconds),
      overlapMilliseconds: settings.overlap.inMilliseconds,
      firstWaitMilliseconds: settings.reconnect.first.inMilliseconds,
      longestWaitMilliseconds: settings.reconnect.longest.inMilliseconds, jitter: settings.reconnect.jitter,
      flushEvents: settings.flush.events, flushBytes: settings.flush.bytes,
      flushMilliseconds: settings.flush.age.inMilliseconds,
      // Frames somewhat longer than an event may be are read whole and kept as dead letters.
      frameBytes: max(4 << 20, settings.eventBytes * 2))
  }
}
