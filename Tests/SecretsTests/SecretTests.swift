import Failures
import Secrets
import Testing

private struct Holder {
  let name = "holder"
  let secret = Secret("xoxb-1234")
  let more: Secret? = Secret("xoxb-1234")
}

@Suite struct SecretTests {
  @Test func onlyRevealShowsIt() {
    #expect(Secret("xoxb-1234").reveal() == "xoxb-1234")
  }

  @Test func noWayOfPrintingShowsIt() {
    let secret = Secret("xoxb-1234")
    var dumped = ""
    dump(secret, to: &dumped)
    dump(Holder(), to: &dumped)
    dump([secret], to: &dumped)
    let texts = [
      "\(secret)", String(describing: secret), String(reflecting: secret), "\(Holder())", String(reflecting: Holder()),
      "\([secret])", "\(["key": secret])", "\(Optional(secret) as Any)", dumped,
      "\(Failure(.unavailable, "sending \(secret)"))",
    ]
    for text in texts {
      #expect(!text.contains("1234"))
      #expect(text.contains("(secret)") || text.contains("Secret"))
    }
    #expect(Mirror(reflecting: secret).children.isEmpty)
  }
}

@Suite struct EnvironmentSecretsTests {
  private let source = EnvironmentSecrets(variables: ["A": "one", "B": " two \n", "C": "", "D": " \n"])

  @Test func variablesAreSecrets() throws {
    #expect(source.secret("A")?.reveal() == "one")
    #expect(try source.required("A", for: "a test").reveal() == "one")
  }

  @Test func blanksAroundThemAreDropped() {
    #expect(source.secret("B")?.reveal() == "two")
  }

  @Test("What is missing, empty or blank is named", arguments: ["C", "D", "E"])
  func missing(_ name: String) {
    #expect(source.secret(name)?.reveal() == nil)
    #expect {
      try source.required(name, for: "Slack")
    } throws: {
      ($0 as? Failure)?.kind == .configuration && "\($0)" == "Slack needs \(name), which is not set"
    }
  }
}
