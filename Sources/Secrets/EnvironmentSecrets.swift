/// Secrets from environment variables, which are handed in.
public struct EnvironmentSecrets: SecretSource {
  private let values: [String: Secret]

  /// Takes the variables of a process. Those that are empty or blank count as not set; blanks and line breaks around a value are
  /// dropped, since files that variables are filled from end in one.
  public init(variables: [String: String]) {
    values = variables.compactMapValues { text in
      let value = text.drop(while: \.isWhitespace)
      let end = value.lastIndex { !$0.isWhitespace }
      return end.map { Secret(String(value[...$0])) }
    }
  }

  /// The variable of that name.
  public func secret(_ name: String) -> Secret? { values[name] }
}
