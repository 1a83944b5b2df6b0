import CCurl
import Failures

/// What all transfers share.
enum LibCurl {
  /// libcurl's process-wide state, made once.
  private static let isReady: Bool = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

  /// A new handle, to be cleaned up by its owner. Throws `.unavailable` when there is none.
  static func handle() throws -> UnsafeMutableRawPointer {
    guard isReady, let curl = curl_easy_init() else { throw Failure.unavailable("libcurl does not start") }
    return curl
  }

  /// Refuses header fields that would bring others with them.
  static func check(_ fields: [(name: String, value: String)]) throws {
    for field in fields where (field.name + field.value).utf8.contains(where: { $0 < 0x20 || $0 == 0x7f }) {
      throw Failure.invalidArgument("header \(field.name) has a control character")
    }
  }
}
