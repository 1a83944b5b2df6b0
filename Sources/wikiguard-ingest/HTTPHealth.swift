import Failures
import HTTP
import Host
import Ingest
import Log

/// The server of `/healthz` and `/metrics`.
final class HTTPHealth {
  private let server: HTTPServer

  /// Listens on `listen`, `ADDRESS:PORT`. Throws `.configuration` when that is not possible.
  init(listen: String, counters: IngestCounters, session: Session) throws {
    let parts = listen.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let port = UInt16(parts[1]) else {
      throw Failure.configuration("ingest.yaml: http.listen is \"\(listen)\", not ADDRESS:PORT")
    }
    let host = parts[0] == "localhost" ? "127.0.0.1" : String(parts[0])
    let endpoints = HealthEndpoints(counters: counters, clock: session.host.clock)
    do {
      server = try HTTPServer(host: host, port: port) { endpoints.answer($0) }
    } catch let failure as Failure {
      throw Failure.configuration(
        "\(failure.message); does another ingest run? Set http.listen in ingest.yaml to another port, or to \"\" for none"
      )
    }
    session.logger.info("health and metrics on http://\(host):\(server.port)/")
  }
}
