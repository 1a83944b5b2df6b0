public import Failures

/// Members that a format asks for. Each throws `.malformedInput` naming the member when it is missing or of another
/// type; the `optional…` forms take a missing member and `null` for nil.
extension JSONObject {
  private func optional<Value>(_ key: String, _ wanted: String, _ get: (JSONValue) -> Value?) throws(Failure) -> Value?
  {
    guard let value = self[key], !value.isNull else { return nil }
    guard let result = get(value) else {
      throw .malformedInput("member \"\(key)\" is \(value.kindName), not \(wanted)")
    }
    return result
  }

  private func required<Value>(_ key: String, _ value: Value?) throws(Failure) -> Value {
    guard let value else { throw .malformedInput("member \"\(key)\" is missing") }
    return value
  }

  /// A string member.
  public func string(_ key: String) throws(Failure) -> String { try required(key, optionalString(key)) }

  /// A string member that may be missing.
  public func optionalString(_ key: String) throws(Failure) -> String? { try optional(key, "a string", \.string) }

  /// A 64-bit integer member.
  public func int64(_ key: String) throws(Failure) -> Int64 { try required(key, optionalInt64(key)) }

  /// A 64-bit integer member that may be missing.
  public func optionalInt64(_ key: String) throws(Failure) -> Int64? { try optional(key, "a 64-bit integer", \.int64) }

  /// A 32-bit integer member.
  public func int32(_ key: String) throws(Failure) -> Int32 { try required(key, optionalInt32(key)) }

  /// A 32-bit integer member that may be missing.
  public func optionalInt32(_ key: String) throws(Failure) -> Int32? { try optional(key, "a 32-bit integer", \.int32) }

  /// A number member.
  public func double(_ key: String) throws(Failure) -> Double { try required(key, optionalDouble(key)) }

  /// A number member that may be missing.
  public func optionalDouble(_ key: String) throws(Failure) -> Double? {
    try optional(key, "a number within a double's range", \.double)
  }

  /// A boolean member.
  public func bool(_ key: String) throws(Failure) -> Bool { try required(key, optionalBool(key)) }

  /// A boolean member that may be missing.
  public func optionalBool(_ key: String) throws(Failure) -> Bool? { try optional(key, "a boolean", \.bool) }

  /// An array member.
  public func array(_ key: String) throws(Failure) -> [JSONValue] { try required(key, optionalArray(key)) }

  /// An array member that may be missing.
  public func optionalArray(_ key: String) throws(Failure) -> [JSONValue]? { try optional(key, "an array", \.array) }

  /// An object member.
  public func object(_ key: String) throws(Failure) -> JSONObject { try required(key, optionalObject(key)) }

  /// An object member that may be missing.
  public func optionalObject(_ key: String) throws(Failure) -> JSONObject? { try optional(key, "an object", \.object) }
}
