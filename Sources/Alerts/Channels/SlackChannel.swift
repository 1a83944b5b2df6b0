import Failures
import HTTP
import JSON
public import Secrets

/// Slack, by a bot's token or by a webhook.
///
/// Specifications: https://docs.slack.dev/reference/methods/chat.postMessage,
/// https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks.
public struct SlackChannel: AlertChannel {
  /// How Slack knows us.
  public enum Access: Sendable {
    /// A bot's token and the channel to write to, through the API at `endpoint` (`https://slack.com/api`).
    case token(Secret, channel: String, endpoint: String)
    /// A webhook's URL, which is for one channel and is a secret itself.
    case webhook(Secret)
  }

  /// `slack`.
  public let name = "slack"
  private let access: Access

  /// A channel.
  public init(_ access: Access) { self.access = access }

  /// Posts the message.
  public func deliver(_ message: AlertMessage, withinMilliseconds milliseconds: Int) throws {
    let response = try HTTPExchange.perform(request(message, milliseconds))
    let answer = (try? JSONValue.parse(response.body))?.object
    if response.status == 200 {
      // Slack says 200 to what it refuses, and the reason in the body.
      let isAccepted = answer?["ok"]?.bool ?? isWebhook
      guard !isAccepted else { return }
      throw refusal(answer?["error"]?.string ?? "an answer that is not Slack's", response)
    }
    let text = answer?["error"]?.string ?? String(decoding: response.body.prefix(100), as: UTF8.self)
    throw refusal(text.isEmpty ? "status \(response.status)" : "status \(response.status), \(text)", response)
  }

  private var isWebhook: Bool { if case .webhook = access { true } else { false } }

  private func refusal(_ reason: String, _ response: HTTPResponse) -> DeliveryFailure {
    DeliveryFailure(
      "Slack refuses: \(reason)", retryAfterSeconds: response.retryAfterSeconds,
      isOfMessage: response.status == 400 || response.status == 413 || Self.aboutMessages.contains(reason))
  }

  /// Errors that lie in the message, not in the token, the channel or Slack.
  private static let aboutMessages: Set<String> = [
    "msg_too_long", "no_text", "invalid_arguments", "invalid_arg_name", "invalid_json", "json_not_object",
    "invalid_charset", "invalid_post_type", "message_limit_exceeded", "restricted_action_non_threadable_channel",
  ]

  private func request(_ message: AlertMessage, _ milliseconds: Int) -> HTTPMessage {
    var body: JSONObject = [
      "text": .string(SlackText(message).text), "unfurl_links": false, "unfurl_media": false,
    ]
    var headers = [(name: "Content-Type", value: "application/json; charset=utf-8")]
    let url: String
    switch access {
    case .webhook(let secret): url = secret.reveal()
    case .token(let token, let channel, let endpoint):
      url = "\(endpoint)/chat.postMessage"
      body["channel"] = .string(channel)
      headers.append((name: "Authorization", value: "Bearer \(token.reveal())"))
    }
    return HTTPMessage(
      method: "POST", url: url, server: "Slack", headers: headers, body: JSONValue.object(body).serialized(),
      timeoutMilliseconds: milliseconds)
  }
}
