public import AWS
import Failures
import HTTP

/// Amazon SNS: publishes to a topic.
///
/// Specification: https://docs.aws.amazon.com/sns/latest/api/API_Publish.html.
public struct SNSChannel: AlertChannel {
  /// The longest message, in bytes.
  static let longestMessage = 262_144
  /// A subject has less than 100 characters.
  static let longestSubject = 99

  /// `sns`.
  public let name = "sns"
  private let topic: TopicARN
  private let endpoint: String
  private let credentials: Credentials
  private let clock: @Sendable () -> Int64

  /// A channel. `endpoint`: another one than Amazon's, such as a VPC endpoint's; nil for Amazon's. `clock`: microseconds since
  /// 1970-01-01 UTC, for signatures.
  public init(
    topic: TopicARN, endpoint: String? = nil, credentials: Credentials, clock: @escaping @Sendable () -> Int64
  ) {
    self.topic = topic
    self.endpoint = endpoint ?? topic.endpoint
    self.credentials = credentials
    self.clock = clock
  }

  /// Publishes the message.
  public func deliver(_ message: AlertMessage, withinMilliseconds milliseconds: Int) throws {
    let body = Array(PercentEncoding.encode(fields(message)).utf8)
    let response = try HTTPExchange.perform(try request(body, milliseconds))
    guard response.status != 200 else { return }
    let answer = String(decoding: response.body.prefix(4096), as: UTF8.self)
    let code = Self.element("Code", in: answer) ?? "status \(response.status)"
    let words = Self.element("Message", in: answer).map { ", \($0)" } ?? ""
    throw DeliveryFailure(
      "SNS refuses: \(code)\(words)", retryAfterSeconds: response.retryAfterSeconds,
      isOfMessage: code.hasPrefix("InvalidParameter"))
  }

  private func request(_ body: [UInt8], _ milliseconds: Int) throws -> HTTPMessage {
    let (host, path) = try Self.parts(of: endpoint)
    let headers = [
      (name: "Host", value: host),
      (name: "Content-Type", value: "application/x-www-form-urlencoded; charset=utf-8"),
    ]
    let signature = SignatureV4(credentials: credentials, region: topic.region, service: "sns").headers(
      signing: SigningRequest(method: "POST", path: path, headers: headers, payload: .bytes(body)), at: clock())
    return HTTPMessage(
      method: "POST", url: path == "/" ? "\(endpoint)/" : endpoint, server: "SNS", headers: headers + signature,
      body: body, timeoutMilliseconds: milliseconds)
  }

  private func fields(_ message: AlertMessage) -> [(name: String, value: String)] {
    var fields = [
      (name: "Action", value: "Publish"), (name: "Version", value: "2010-03-31"),
      (name: "TopicArn", value: topic.text),
      (name: "Subject", value: Self.subject(MessageTemplate(message).headline)),
      (name: "Message", value: Self.shortened(MessageTemplate(message).text)),
    ]
    if topic.isOrdered {
      fields.append((name: "MessageGroupId", value: "wikiguard"))
      fields.append((name: "MessageDeduplicationId", value: message.id))
    }
    return fields
  }

  /// ASCII without control characters; what is neither becomes `?`.
  static func subject(_ text: String) -> String {
    String(text.prefix(longestSubject).map { ("\u{20}"..."\u{7e}").contains($0) && $0.isASCII ? $0 : "?" })
  }

  /// At most `longestMessage` bytes, cut between characters.
  static func shortened(_ text: String) -> String {
    guard text.utf8.count > longestMessage else { return text }
    let end = "\n(cut off)"
    var room = longestMessage - end.utf8.count
    let kept = text.prefix { character in
      room -= character.utf8.count
      return room >= 0
    }
    return kept + end
  }

  /// The host (with a port where one is named) and path of an endpoint. Throws `.configuration`.
  static func parts(of endpoint: String) throws -> (host: String, path: String) {
    for scheme in ["https://", "http://"] where endpoint.hasPrefix(scheme) {
      let rest = endpoint.dropFirst(scheme.count)
      let host = rest.prefix { $0 != "/" }
      guard !host.isEmpty else { break }
      let path = rest.dropFirst(host.count)
      return (String(host), path.isEmpty ? "/" : String(path))
    }
    throw Failure.configuration("\"\(endpoint)\" is no endpoint: https://HOST")
  }

  /// The text of the first element of that name. Error responses are small and flat, and only shown to people.
  private static func element(_ name: String, in xml: String) -> String? {
    guard let start = xml.firstRange(of: "<\(name)>"), let end = xml[start.upperBound...].firstRange(of: "</\(name)>")
    else { return nil }
    return String(xml[start.upperBound..<end.lowerBound])
  }
}
