internal import CCrypto

/// HMAC with SHA-256 (RFC 2104), computed by libcrypto.
public enum HMACSHA256 {
  /// The 32 bytes of the code of `message` under `key`.
  public static func code(_ message: [UInt8], key: [UInt8]) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
      guard HMAC(EVP_sha256(), key, Int32(key.count), message, message.count, buffer.baseAddress, nil) != nil else {
        preconditionFailure("libcrypto has no HMAC, or memory is exhausted")
      }
      count = 32
    }
  }

  /// The 32 bytes of the code of a string's UTF-8 under `key`.
  public static func code(_ message: String, key: [UInt8]) -> [UInt8] { code(Array(message.utf8), key: key) }
}
