import Hashing
import Secrets

/// Signs requests to one service in one region with AWS's Signature Version 4.
///
/// Specification: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html. Paths are normalised as every service but S3
/// wants it.
public struct SignatureV4: Sendable {
  private static let algorithm = "AWS4-HMAC-SHA256"

  private let credentials: Credentials
  private let region: String
  private let service: String

  /// A signer. `region` such as `eu-west-1`, `service` such as `sns`.
  public init(credentials: Credentials, region: String, service: String) {
    self.credentials = credentials
    self.region = region
    self.service = service
  }

  /// The header fields that sign `request`, to be sent beside its own: `X-Amz-Date`, `X-Amz-Security-Token` for temporary
  /// credentials, and `Authorization`. `now`: microseconds since 1970-01-01 UTC.
  public func headers(signing request: SigningRequest, at now: Int64) -> [SigningRequest.Field] {
    let time = SigningTime(microseconds: now)
    var fields: [SigningRequest.Field] = [(name: "X-Amz-Date", value: time.text)]
    if let token = credentials.sessionToken {
      fields.append((name: "X-Amz-Security-Token", value: token.reveal()))
    }
    var signed = request
    signed.headers += fields
    let canonical = CanonicalRequest(signed)
    let authorization =
      "\(Self.algorithm) Credential=\(credentials.accessKeyID)/\(scope(time)), "
      + "SignedHeaders=\(canonical.signedHeaders), Signature=\(signature(canonical, time))"
    return fields + [(name: "Authorization", value: authorization)]
  }

  /// The query fields that sign `request` for `seconds`, to be sent after its own: whoever has the URL may send it.
  public func query(signing request: SigningRequest, at now: Int64, expiring seconds: Int) -> [SigningRequest.Field] {
    let time = SigningTime(microseconds: now)
    var fields: [SigningRequest.Field] = [
      (name: "X-Amz-Algorithm", value: Self.algorithm),
      (name: "X-Amz-Credential", value: "\(credentials.accessKeyID)/\(scope(time))"),
      (name: "X-Amz-Date", value: time.text), (name: "X-Amz-Expires", value: String(seconds)),
    ]
    if let token = credentials.sessionToken {
      fields.append((name: "X-Amz-Security-Token", value: token.reveal()))
    }
    fields.append((name: "X-Amz-SignedHeaders", value: CanonicalRequest(request).signedHeaders))
    var signed = request
    signed.query += fields
    return fields + [(name: "X-Amz-Signature", value: signature(CanonicalRequest(signed), time))]
  }

  /// What of `request` is hashed and signed, for tests that compare the steps.
  package func steps(signing request: SigningRequest, at now: Int64) -> (canonicalRequest: String, stringToSign: String)
  {
    let canonical = CanonicalRequest(request)
    return (canonical.text, stringToSign(canonical, SigningTime(microseconds: now)))
  }

  private func scope(_ time: SigningTime) -> String { "\(time.date)/\(region)/\(service)/aws4_request" }

  private func stringToSign(_ request: CanonicalRequest, _ time: SigningTime) -> String {
    [Self.algorithm, time.text, scope(time), request.hash].joined(separator: "\n")
  }

  private func signature(_ request: CanonicalRequest, _ time: SigningTime) -> String {
    var key = Array("AWS4\(credentials.secretAccessKey.reveal())".utf8)
    for part in [time.date, region, service, "aws4_request"] { key = HMACSHA256.code(part, key: key) }
    return Hexadecimal.encode(HMACSHA256.code(stringToSign(request, time), key: key))
  }
}
