import AWS
import Failures
import HTTP
import Secrets
import Testing

@Suite struct SignatureV4Tests {
  /// The example of https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html.
  @Test func aPresignedURLIsAmazonsExample() {
    let signer = SignatureV4(
      credentials: Credentials(
        accessKeyID: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: Secret("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")),
      region: "us-east-1", service: "s3")
    let query = signer.query(
      signing: SigningRequest(
        method: "GET", path: "/test.txt", headers: [(name: "Host", value: "examplebucket.s3.amazonaws.com")],
        payload: .unsigned), at: 1_369_353_600_000_000, expiring: 86400)
    #expect(
      PercentEncoding.encode(query)
        == "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"
        + "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host"
        + "&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404")
  }

  @Test func temporaryCredentialsSignTheirToken() {
    func fields(_ token: String?) -> [String] {
      let credentials = Credentials(
        accessKeyID: "A", secretAccessKey: Secret("k"), sessionToken: token.map { Secret($0) })
      let request = SigningRequest(method: "GET", headers: [(name: "Host", value: "h")])
      let signer = SignatureV4(credentials: credentials, region: "r", service: "s")
      return signer.headers(signing: request, at: 0).map { "\($0.name): \($0.value)" }
        + signer.query(signing: request, at: 0, expiring: 1).map { "\($0.name)=\($0.value)" }
    }
    let with = fields("token/1")
    #expect(with.contains("X-Amz-Security-Token: token/1") && with.contains("X-Amz-Security-Token=token/1"))
    #expect(with.contains { $0.contains("SignedHeaders=host;x-amz-date;x-amz-security-token,") })
    #expect(!fields(nil).contains { $0.contains("Security-Token") })
    #expect(fields("token/1").last != fields("token/2").last)
  }

  @Test func everythingSignedChangesTheSignature() {
    let base = SigningRequest(
      method: "POST", path: "/a", query: [(name: "q", value: "1")], headers: [(name: "Host", value: "h")],
      payload: .bytes([1]))
    var variants = [SigningRequest](repeating: base, count: 6)
    variants[1].method = "GET"
    variants[2].path = "/b"
    variants[3].query[0].value = "2"
    variants[4].headers[0].value = "i"
    variants[5].payload = .bytes([2])
    let credentials = Credentials(accessKeyID: "A", secretAccessKey: Secret("k"))
    let signer = SignatureV4(credentials: credentials, region: "r", service: "s")
    var signatures = variants.map { signer.headers(signing: $0, at: 0).last?.value }
    signatures.append(signer.headers(signing: base, at: 1_000_000).last?.value)
    for (region, service) in [("r2", "s"), ("r", "s2")] {
      signatures.append(
        SignatureV4(credentials: credentials, region: region, service: service).headers(signing: base, at: 0).last?
          .value)
    }
    #expect(Set(signatures).count == signatures.count)
  }

  @Test func credentialsComeFromASource() throws {
    var variables = ["AWS_ACCESS_KEY_ID": "AKID", "AWS_SECRET_ACCESS_KEY": "hidden"]
    let user = try Credentials(from: EnvironmentSecrets(variables: variables), for: "SNS")
    #expect(
      user.accessKeyID == "AKID" && user.secretAccessKey.reveal() == "hidden" && user.sessionToken?.reveal() == nil)
    #expect(!"\(user)".contains("hidden"))
    variables["AWS_SESSION_TOKEN"] = "token"
    #expect(
      try Credentials(from: EnvironmentSecrets(variables: variables), for: "SNS").sessionToken?.reveal() == "token")
    variables["AWS_SECRET_ACCESS_KEY"] = nil
    #expect {
      try Credentials(from: EnvironmentSecrets(variables: variables), for: "SNS")
    } throws: {
      "\($0)" == "SNS needs AWS_SECRET_ACCESS_KEY, which is not set" && ($0 as? Failure)?.kind == .configuration
    }
  }
}
