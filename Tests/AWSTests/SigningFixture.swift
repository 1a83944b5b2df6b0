import AWS
import Glibc

/// A request of AWS's test suite, as its `.req` file has it.
struct SuiteRequest {
  var request: SigningRequest
  /// The session token that it carries, nil for none.
  var token: String?

  /// Parses a request. A header that goes on in further lines counts as several of its name, as the suite has it.
  init?(_ text: String) {
    let parts = text.split(separator: "\n\n", maxSplits: 1, omittingEmptySubsequences: false)
    var lines = parts[0].split(separator: "\n").map(String.init)
    guard let first = lines.first, let method = first.split(separator: " ").first else { return nil }
    lines.removeFirst()
    let target = first.dropFirst(method.count + 1).dropLast(" HTTP/1.1".count)
    let halves = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let query = halves.count < 2 ? [] : halves[1].split(separator: "&")
    request = SigningRequest(
      method: String(method), path: String(halves[0]), query: query.map(Self.field(of: "=")), headers: [],
      payload: .bytes(parts.count > 1 ? Array(parts[1].utf8) : []))
    for line in lines {
      if line.hasPrefix(" "), let last = request.headers.last {
        request.headers.append((name: last.name, value: String(line.drop { $0 == " " })))
      } else {
        request.headers.append(Self.field(of: ":")(Substring(line)))
      }
    }
    token = request.headers.first { $0.name == "X-Amz-Security-Token" }?.value
  }

  private static func field(of divider: Character) -> (Substring) -> SigningRequest.Field {
    { text in
      let parts = text.split(separator: divider, maxSplits: 1, omittingEmptySubsequences: false)
      return (name: String(parts[0]), value: parts.count > 1 ? String(parts[1]) : "")
    }
  }

  /// Without what signing adds by itself.
  var unsigned: SigningRequest {
    var copy = request
    copy.headers.removeAll { ["x-amz-date", "x-amz-security-token"].contains($0.name.lowercased()) }
    return copy
  }

  /// Makes it what Amazon signed in two cases of the suite: no length, and the character set in another spelling.
  mutating func correct() {
    request.headers.removeAll { $0.name == "Content-Length" }
    request.headers = request.headers.map { (name: $0.name, value: $0.value.replacing("utf-8", with: "utf8")) }
  }
}

/// The folder of the suite: `$WIKIGUARD_SHARED/fixtures/sigv4`, else that of a checkout beside this one; nil where it is not at hand.
func signingSuite() -> String? {
  let shared =
    getenv("WIKIGUARD_SHARED").map { String(cString: $0) }
    ?? #filePath.split(separator: "/").dropLast(4).map { "/" + $0 }.joined() + "/shared"
  let path = "\(shared)/fixtures/sigv4/aws-sig-v4-test-suite"
  return access(path, R_OK) == 0 ? path : nil
}
