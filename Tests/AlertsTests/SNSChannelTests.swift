import AWS
import Alerts
import Failures
import Fixtures
import Hashing
import Secrets
import Testing

@Suite struct SNSChannelTests {
  private static let arn = "arn:aws:sns:eu-west-1:123456789012:wikiguard"
  /// 2026-01-16T12:00:00Z.
  private static let now: Int64 = 1_768_564_800_000_000

  private func channel(_ server: RecordingServer, arn: String = arn, token: String? = nil, path: String = "") throws
    -> SNSChannel
  {
    SNSChannel(
      topic: try TopicARN(arn), endpoint: server.url + path,
      credentials: Credentials(
        accessKeyID: "AKIDEXAMPLE", secretAccessKey: Secret("very-secret"), sessionToken: token.map { Secret($0) }),
      clock: { Self.now })
  }

  private func form(_ body: String) -> [String: String] {
    let pairs = body.split(separator: "&").map { $0.split(separator: "=", omittingEmptySubsequences: false) }
    return Dictionary(uniqueKeysWithValues: pairs.map { (String($0[0]), decoded($0[1])) })
  }

  private func decoded(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      bytes += Hexadecimal.decode(String(decoding: rest.prefix(2), as: UTF8.self)) ?? []
      rest = rest.dropFirst(2)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The signature by Amazon's four steps, written out here a second time.
  private func signature(of request: RecordingServer.Request, signed names: [String], path: String) -> String {
    let headers = names.map { "\($0):\(request.headers[$0] ?? "")\n" }.joined()
    let canonical = [
      "POST", path, "", headers, names.joined(separator: ";"), SHA256.hexadecimal(request.body),
    ].joined(separator: "\n")
    let toSign = [
      "AWS4-HMAC-SHA256", "20260116T120000Z", "20260116/eu-west-1/sns/aws4_request", SHA256.hexadecimal(canonical),
    ].joined(separator: "\n")
    let key = ["20260116", "eu-west-1", "sns", "aws4_request"].reduce(Array("AWS4very-secret".utf8)) {
      HMACSHA256.code($1, key: $0)
    }
    return Hexadecimal.encode(HMACSHA256.code(toSign, key: key))
  }

  @Test("It publishes, signed", arguments: [nil, "a session/token=="], ["", "/vpce/sns"])
  func publishes(_ token: String?, _ path: String) throws {
    let server = try #require(RecordingServer { _ in .init(body: "<PublishResponse/>") })
    defer { server.stop() }
    try channel(server, token: token, path: path).deliver(fullMessage(), withinMilliseconds: 3000)
    let request = try #require(server.requests.first)
    #expect(request.line == "POST \(path.isEmpty ? "/" : path) HTTP/1.1")
    let form = form(request.body)
    #expect(form["Action"] == "Publish" && form["Version"] == "2010-03-31" && form["TopicArn"] == Self.arn)
    #expect(form["Subject"] == "[CRITICAL] Silver batch silver-000003: 12 % passed")
    #expect(form["Message"] == MessageTemplate(fullMessage()).text)
    let names = ["content-type", "host", "x-amz-date"] + (token == nil ? [] : ["x-amz-security-token"])
    #expect(request.headers["x-amz-security-token"] == token)
    let expected = signature(of: request, signed: names, path: path.isEmpty ? "/" : path)
    #expect(
      request.headers["authorization"]
        == "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260116/eu-west-1/sns/aws4_request, "
        + "SignedHeaders=\(names.joined(separator: ";")), Signature=\(expected)")
  }

  @Test func anOrderedTopicNeedsAGroup() throws {
    let server = try #require(RecordingServer { _ in .init() })
    defer { server.stop() }
    try channel(server, arn: Self.arn + ".fifo").deliver(fullMessage(), withinMilliseconds: 3000)
    let form = form(try #require(server.requests.first).body)
    #expect(form["MessageGroupId"] == "wikiguard" && form["MessageDeduplicationId"] == fullMessage().id)
  }

  @Test("A subject is short ASCII, a message at most 256 KiB", arguments: ["x", "ü", "👩‍👩‍👧‍👦", "\n"])
  func limits(_ filling: String) throws {
    let server = try #require(RecordingServer { _ in .init() })
    defer { server.stop() }
    var message = fullMessage(title: String(repeating: filling, count: 300))
    message.alert.detail = String(repeating: filling, count: 300_000)
    try channel(server).deliver(message, withinMilliseconds: 10_000)
    let form = form(try #require(server.requests.first).body)
    let subject = try #require(form["Subject"])
    #expect(subject.utf8.count == 99 && subject.utf8.allSatisfy { (0x20...0x7e).contains($0) })
    let text = try #require(form["Message"])
    #expect(text.utf8.count <= 262_144 && text.utf8.count > 262_100)
    #expect(text.hasSuffix("\n(cut off)") && !text.contains("\u{fffd}"))
  }

  @Test(
    "Refusals have Amazon's words",
    arguments: [
      (
        "403 Forbidden",
        "<ErrorResponse><Error><Type>Sender</Type><Code>SignatureDoesNotMatch</Code><Message>no</Message></Error></ErrorResponse>",
        DeliveryFailure("SNS refuses: SignatureDoesNotMatch, no")
      ),
      (
        "400 Bad", "<Error><Code>InvalidParameter</Code></Error>",
        DeliveryFailure("SNS refuses: InvalidParameter", isOfMessage: true)
      ),
      ("503 Down", "busy <Code>", DeliveryFailure("SNS refuses: status 503")),
    ])
  func refusals(_ status: String, _ body: String, _ expected: DeliveryFailure) throws {
    let server = try #require(RecordingServer { _ in .init(status, body: body) })
    defer { server.stop() }
    #expect(throws: expected) { try channel(server).deliver(fullMessage(), withinMilliseconds: 3000) }
  }

  @Test(
    "What is no topic's name is refused",
    arguments: [
      "", "wikiguard", "arn:aws:sqs:eu-west-1:1:q", "arn:aws:sns::1:t", "arn:aws:sns:EU:1:t", "arn:aws:sns:eu-1:1:",
      "arn:aws:sns:a/b:1:t",
    ])
  func topics(_ text: String) {
    #expect { try TopicARN(text) } throws: { ($0 as? Failure)?.kind == .configuration }
  }

  @Test("What is no endpoint is the configuration's fault", arguments: ["https://", "sns.example.org", "ftp://h"])
  func endpoints(_ endpoint: String) throws {
    let channel = SNSChannel(
      topic: try TopicARN(Self.arn), endpoint: endpoint,
      credentials: Credentials(accessKeyID: "A", secretAccessKey: Secret("k")), clock: { 0 })
    #expect { try channel.deliver(fullMessage(), withinMilliseconds: 100) } throws: {
      ($0 as? Failure)?.kind == .configuration
    }
  }
}
