import Failures

extension YAMLReader {
  /// A text of at least one character. Numbers and booleans are taken as they are written.
  public func string(_ key: String) throws -> String {
    let node = try require(key)
    guard case .scalar(let scalar) = node.content else { throw mismatch(key, node, wants: "a text") }
    guard !scalar.text.isEmpty else { throw absence(key) }
    note(key, .string(scalar.text))
    return scalar.text
  }

  /// A text, nil when it is absent or empty.
  public func optionalString(_ key: String) throws -> String? {
    guard let node = node(key), node.content != .scalar(YAMLScalar("", isPlain: false)) else {
      note(key, .null)
      return nil
    }
    return try string(key)
  }

  /// One of the raw values of `Choice`.
  public func choice<Choice>(_ key: String, of: Choice.Type = Choice.self) throws -> Choice
  where Choice: RawRepresentable<String> & CaseIterable {
    let text = try string(key)
    let names = Choice.allCases.map(\.rawValue)
    guard let choice = Choice(rawValue: text) else {
      throw failure(key, "is \"\(text)\", not one of \(names.joined(separator: ", "))\(hint(for: text, among: names))")
    }
    return choice
  }

  /// `true` or `false`, also written `on` or `off`.
  public func boolean(_ key: String) throws -> Bool {
    let node = try require(key)
    let value: Bool
    switch node.content {
    case .scalar(let scalar) where scalar.resolved == .boolean(true) || scalar.text == "on": value = true
    case .scalar(let scalar) where scalar.resolved == .boolean(false) || scalar.text == "off": value = false
    default: throw mismatch(key, node, wants: "on or off")
    }
    note(key, .boolean(value))
    return value
  }

  /// An integer within `range`.
  public func integer(_ key: String, in range: ClosedRange<Int>) throws -> Int {
    let node = try require(key)
    guard case .scalar(let scalar) = node.content, case .integer(let wide) = scalar.resolved,
      let value = Int(exactly: wide),
      range.contains(value)
    else {
      throw mismatch(key, node, wants: "an integer \(Self.words(range.lowerBound, range.upperBound, .min, .max))")
    }
    note(key, .integer(wide))
    return value
  }

  /// A finite number within `range`; integers are numbers too.
  public func number(_ key: String, in range: ClosedRange<Double>) throws -> Double {
    let node = try require(key)
    let value: Double? =
      switch (node.content) {
      case .scalar(let scalar):
        switch scalar.resolved {
        case .integer(let integer): Double(integer)
        case .number(let number): number
        default: nil
        }
      default: nil
      }
    guard let value, value.isFinite, range.contains(value) else {
      let bounds = Self.words(range.lowerBound, range.upperBound, -.infinity, .infinity)
      throw mismatch(key, node, wants: "a number \(bounds)")
    }
    note(key, .number(value))
    return value
  }

  /// A number, nil when it is absent.
  public func optionalNumber(_ key: String, in range: ClosedRange<Double>) throws -> Double? {
    guard node(key) != nil else {
      note(key, .null)
      return nil
    }
    return try number(key, in: range)
  }

  /// A duration such as `10 min`, within `range`; a plain number is seconds.
  public func duration(_ key: String, in range: ClosedRange<Duration>) throws -> Duration {
    let node = try require(key)
    guard case .scalar(let scalar) = node.content, let value = YAMLQuantity.duration(scalar.text) else {
      throw mismatch(key, node, wants: "a duration such as \"30 s\", \"10 min\" or \"1 h\"")
    }
    guard range.contains(value) else {
      throw mismatch(key, node, wants: "a duration from \(range.lowerBound) to \(range.upperBound)")
    }
    let (seconds, fraction) = value.components
    note(key, fraction == 0 ? .integer(seconds) : .number(value / .seconds(1)))
    return value
  }

  /// A duration, nil when it is absent.
  public func optionalDuration(_ key: String, in range: ClosedRange<Duration>) throws -> Duration? {
    guard node(key) != nil else {
      note(key, .null)
      return nil
    }
    return try duration(key, in: range)
  }

  /// A size in bytes such as `64 MiB`, within `range`; a plain integer is bytes.
  public func byteCount(_ key: String, in range: ClosedRange<Int>) throws -> Int {
    let node = try require(key)
    guard case .scalar(let scalar) = node.content, let value = YAMLQuantity.byteCount(scalar.text) else {
      throw mismatch(key, node, wants: "a size such as \"500 kB\" or \"64 MiB\"")
    }
    guard range.contains(value) else {
      throw mismatch(key, node, wants: "a size of \(range.lowerBound) to \(range.upperBound) bytes")
    }
    note(key, .integer(Int64(value)))
    return value
  }

  /// A list of texts.
  public func strings(_ key: String) throws -> [String] {
    let node = try require(key)
    guard case .sequence(let items) = node.content else { throw mismatch(key, node, wants: "a list") }
    let texts = try items.map { item in
      guard case .scalar(let scalar) = item.content, !scalar.text.isEmpty else {
        throw mismatch(key, item, wants: "a list of texts")
      }
      return scalar.text
    }
    note(key, .list(texts.map { .string($0) }))
    return texts
  }

  /// A list of texts, empty when it is absent.
  public func optionalStrings(_ key: String) throws -> [String] {
    guard node(key) != nil else {
      note(key, .list([]))
      return []
    }
    return try strings(key)
  }

  /// A list of integers within `range`, empty when it is absent.
  public func optionalIntegers(_ key: String, in range: ClosedRange<Int>) throws -> [Int] {
    guard node(key) != nil else {
      note(key, .list([]))
      return []
    }
    let node = try require(key)
    guard case .sequence(let items) = node.content else { throw mismatch(key, node, wants: "a list of integers") }
    let values = try items.map { item in
      guard case .scalar(let scalar) = item.content, case .integer(let wide) = scalar.resolved,
        let value = Int(exactly: wide), range.contains(value)
      else {
        throw mismatch(
          key, item, wants: "a list of integers \(Self.words(range.lowerBound, range.upperBound, .min, .max))")
      }
      return value
    }
    note(key, .list(values.map { .integer(Int64($0)) }))
    return values
  }

  /// `from 1 to 5`, `of at least 1`, `of at most 5` or nothing, for errors.
  private static func words<Bound: Comparable>(_ low: Bound, _ high: Bound, _ lowest: Bound, _ highest: Bound) -> String
  {
    switch (low > lowest, high < highest) {
    case (true, true): "from \(low) to \(high)"
    case (true, false): "of at least \(low)"
    case (false, true): "of at most \(high)"
    case (false, false): "of 64 bits"
    }
  }
}
