import AWS
import Fixtures
import Secrets
import Testing

/// AWS's Signature Version 4 test suite (Apache-2.0): canonical request, string to sign and header of each case.
@Suite struct SigningSuiteTests {
  /// 2015-08-30T12:36:00Z.
  private static let time: Int64 = 1_440_938_160_000_000

  private func cases(in folder: String) -> [String] {
    fileNames(in: folder).flatMap { name -> [String] in
      let path = "\(folder)/\(name)"
      return fileNames(in: path).contains("\(name).req") ? [path] : cases(in: path)
    }
  }

  private func text(_ folder: String, _ ending: String) -> String {
    let name = folder.split(separator: "/").last ?? ""
    return String(decoding: readFile("\(folder)/\(name).\(ending)").filter { $0 != 13 }, as: UTF8.self)
  }

  @Test func everyCaseIsSignedAsAmazonDoes() throws {
    guard let suite = signingSuite() else { return print("skipped: AWS's signing test suite is not at hand") }
    let cases = cases(in: suite)
    #expect(cases.count >= 30)
    for folder in cases {
      var parsed = try #require(SuiteRequest(text(folder, "req")))
      let signer = SignatureV4(
        credentials: Credentials(
          accessKeyID: "AKIDEXAMPLE", secretAccessKey: Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
          sessionToken: parsed.token.map { Secret($0) }), region: "us-east-1", service: "service")
      #expect(
        signer.steps(signing: parsed.request, at: Self.time).canonicalRequest == text(folder, "creq"), "\(folder)")
      let isErratum = errata.contains { folder.hasSuffix($0) }
      if isErratum { parsed.correct() }
      #expect(signer.steps(signing: parsed.request, at: Self.time).stringToSign == text(folder, "sts"), "\(folder)")
      let header = signer.headers(signing: parsed.unsigned, at: Self.time).last
      #expect(header?.name == "Authorization")
      let expected = text(folder, "authz")
      if isErratum {
        #expect(header?.value.suffix(64) == expected.suffix(64), "\(folder)")
      } else {
        #expect(header?.value == expected, "\(folder)")
      }
    }
  }

  /// The string to sign and the signature of these cases are of another request than their `.req` and `.creq`, as the digest in the string
  /// to sign shows.
  private let errata = ["/post-x-www-form-urlencoded", "/post-x-www-form-urlencoded-parameters"]
}
