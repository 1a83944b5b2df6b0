import HTTP
import Hashing

/// A request in the form that is signed.
///
/// Specification: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
/// ("Create a canonical request").
struct CanonicalRequest {
  /// The names of the signed headers, in lower case, sorted, divided by semicolons.
  let signedHeaders: String
  /// The form's text.
  let text: String

  init(_ request: SigningRequest) {
    let headers = Self.headers(request.headers)
    signedHeaders = headers.map(\.name).joined(separator: ";")
    text = [
      request.method, Self.path(request.path), Self.query(request.query),
      headers.map { "\($0.name):\($0.value)\n" }.joined(), signedHeaders, Self.hash(request.payload),
    ].joined(separator: "\n")
  }

  /// The digest that the string to sign holds.
  var hash: String { SHA256.hexadecimal(text) }

  /// Normalised after RFC 3986 (5.2.4, and empty segments dropped), then encoded.
  private static func path(_ path: String) -> String {
    var segments: [Substring] = []
    for segment in path.split(separator: "/") where segment != "." {
      if segment == ".." { _ = segments.popLast() } else { segments.append(segment) }
    }
    let isFolder = ["/", "/.", "/.."].contains { path.hasSuffix($0) }
    return PercentEncoding.encode(
      "/" + segments.joined(separator: "/") + (isFolder && !segments.isEmpty ? "/" : ""), keeping: "/")
  }

  /// Sorted by the bytes of encoded names, then values.
  private static func query(_ fields: [SigningRequest.Field]) -> String {
    fields.map { (PercentEncoding.encode($0.name), PercentEncoding.encode($0.value)) }
      .sorted { left, right in
        left.0 == right.0 ? precedes(left.1, right.1) : precedes(left.0, right.0)
      }
      .map { "\($0)=\($1)" }.joined(separator: "&")
  }

  /// Names in lower case and sorted, the values of one name joined by commas in their order.
  private static func headers(_ fields: [SigningRequest.Field]) -> [SigningRequest.Field] {
    var values: [String: [String]] = [:]
    for field in fields { values[field.name.lowercased(), default: []].append(trimmed(field.value)) }
    return values.sorted { precedes($0.key, $1.key) }.map { (name: $0.key, value: $0.value.joined(separator: ",")) }
  }

  /// Without spaces around it, runs of spaces as one.
  private static func trimmed(_ value: String) -> String {
    value.split { $0 == " " || $0 == "\t" }.joined(separator: " ")
  }

  private static func hash(_ payload: SigningRequest.Payload) -> String {
    switch payload {
    case .bytes(let bytes): SHA256.hexadecimal(bytes)
    case .unsigned: "UNSIGNED-PAYLOAD"
    }
  }

  private static func precedes(_ left: String, _ right: String) -> Bool {
    left.utf8.lexicographicallyPrecedes(right.utf8)
  }
}
