import Failures
import HTTP

/// Tells a monitor that all is well: when nothing comes for a while, it calls somebody.
public struct Heartbeat: Sendable {
  private let url: String

  /// A monitor's address, which is asked for with GET.
  public init(url: String) { self.url = url }

  /// Asks for it. Throws `.unavailable` when there is no answer in time, or one that is no success.
  public func beat(withinMilliseconds milliseconds: Int) throws {
    let response = try HTTPExchange.perform(
      HTTPMessage(url: url, server: "the heartbeat's server", timeoutMilliseconds: milliseconds))
    guard (200..<300).contains(response.status) else {
      throw Failure.unavailable("the heartbeat's server answers \(response.status)")
    }
  }
}
