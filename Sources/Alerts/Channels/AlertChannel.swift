/// Brings messages to somebody.
public protocol AlertChannel: Sendable {
  /// The name in the configuration and in the outbox, such as `slack`.
  var name: String { get }
  /// Delivers a message within so many milliseconds.
  ///
  /// Throws when it is not known to have arrived: `DeliveryFailure` where the other side said what is wrong, another error where it
  /// could not be reached.
  func deliver(_ message: AlertMessage, withinMilliseconds: Int) throws
}

/// Why the other side did not take a message.
public struct DeliveryFailure: Error, Sendable, Hashable {
  /// In words.
  public let reason: String
  /// How long it asks to wait, in seconds; nil where it does not.
  public let retryAfterSeconds: Int?
  /// Whether this very message is what it objects to, so that sending it again is of little use.
  public let isOfMessage: Bool

  /// A failure.
  public init(_ reason: String, retryAfterSeconds: Int? = nil, isOfMessage: Bool = false) {
    self.reason = reason
    self.retryAfterSeconds = retryAfterSeconds
    self.isOfMessage = isOfMessage
  }
}

extension DeliveryFailure: CustomStringConvertible {
  /// The reason, on one line.
  public var description: String { MessageTemplate.line(reason) }
}
