import Failures

/// The name of an SNS topic: `arn:aws:sns:eu-west-1:123456789012:wikiguard`.
public struct TopicARN: Sendable, Hashable {
  /// The whole name.
  public let text: String
  /// Its region.
  public let region: String
  private let partition: String

  /// Reads a name. Throws `.configuration` when it is none of a topic.
  public init(_ text: String) throws {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    let isRegion = { (part: Substring) in
      !part.isEmpty && part.utf8.allSatisfy { 0x61...0x7a ~= $0 || 0x30...0x39 ~= $0 || $0 == 0x2d }
    }
    guard parts.count == 6, parts[0] == "arn", isRegion(parts[1]), parts[2] == "sns", isRegion(parts[3]),
      parts.allSatisfy({ !$0.isEmpty })
    else {
      throw Failure.configuration(
        "\"\(text)\" is no topic's ARN, such as arn:aws:sns:eu-west-1:123456789012:wikiguard")
    }
    self.text = text
    partition = String(parts[1])
    region = String(parts[3])
  }

  /// Whether messages must come in order.
  var isOrdered: Bool { text.hasSuffix(".fifo") }

  /// Amazon's endpoint for it.
  var endpoint: String { "https://sns.\(region).amazonaws.com" + (partition == "aws-cn" ? ".cn" : "") }
}
