/// Random SQL expressions over the columns n, s, b (integers), d (real), t, j (text, j of JSON or nearly) and x (blob).
struct ExpressionGenerator {
  var random: SeededRandom

  mutating func expression() -> String { truth(depth: 3) }

  private mutating func pick(_ choices: [String]) -> String { choices[random.below(choices.count)] }

  private mutating func truth(depth: Int) -> String {
    if depth == 0 { return pick(["b", "n > 0", "t IS NULL", "s % 2", "NOT b", "x IS NOT NULL"]) }
    switch random.below(14) {
    case 0: return "(\(truth(depth: depth - 1)) AND \(truth(depth: depth - 1)))"
    case 1: return "(\(truth(depth: depth - 1)) OR \(truth(depth: depth - 1)))"
    case 2: return "NOT (\(truth(depth: depth - 1)))"
    case 3: return "\(number(depth: depth - 1)) \(comparison()) \(number(depth: depth - 1))"
    case 4: return "\(text(depth: depth - 1)) \(comparison()) \(text(depth: depth - 1))"
    case 5: return "\(any(depth: depth - 1)) \(pick(["IS NULL", "IS NOT NULL", "ISNULL", "NOTNULL"]))"
    case 6:
      return
        "\(number(depth: depth - 1)) \(pick(["BETWEEN", "NOT BETWEEN"])) \(literal()) AND \(number(depth: depth - 1))"
    case 7:
      return
        "\(any(depth: depth - 1)) \(pick(["IN", "NOT IN"])) (\(any(depth: depth - 1)), \(literal()), \(string()), \(pick(["NULL", "1"])))"
    case 8:
      return "\(text(depth: depth - 1)) \(pick(["LIKE", "NOT LIKE"])) \(pick(["'%a%'", "'_'", "'A%'", "'%ü'", "''"]))"
    case 9: return "\(text(depth: depth - 1)) GLOB \(pick(["'*a*'", "'?'", "'[a-z]*'", "'*[^b]'"]))"
    case 10:
      return
        "CASE WHEN \(truth(depth: depth - 1)) THEN \(truth(depth: depth - 1)) WHEN \(truth(depth: depth - 1)) THEN \(any(depth: depth - 1)) \(pick(["ELSE 0 ", "ELSE n ", ""]))END"
    case 11: return "\(any(depth: depth - 1)) \(pick(["IS", "IS NOT"])) \(any(depth: depth - 1))"
    case 12: return "json_valid(\(text(depth: depth - 1)))"
    default: return any(depth: depth - 1)
    }
  }

  private mutating func any(depth: Int) -> String {
    switch random.below(4) {
    case 0: number(depth: depth)
    case 1: text(depth: depth)
    case 2: pick(["x", "x'00ff'", "CAST(t AS BLOB)", "NULL", "j"])
    default: truth(depth: max(0, depth - 1))
    }
  }

  private mutating func number(depth: Int) -> String {
    if depth <= 0 { return pick(["n", "s", "b", "d", literal()]) }
    switch random.below(13) {
    case 0: return "(\(number(depth: depth - 1)) \(pick(["+", "-", "*", "/", "%"])) \(number(depth: depth - 1)))"
    case 1: return "(\(number(depth: depth - 1)) \(pick(["&", "|", "<<", ">>"])) \(number(depth: depth - 1)))"
    case 2: return "\(pick(["abs", "sign", "round", "-", "~", "+"]))(\(number(depth: depth - 1)))"
    case 3: return "length(\(any(depth: depth - 1)))"
    case 4: return "coalesce(\(number(depth: depth - 1)), \(number(depth: depth - 1)))"
    case 5: return "nullif(\(number(depth: depth - 1)), \(literal()))"
    case 6: return "\(pick(["max", "min"]))(\(number(depth: depth - 1)), \(number(depth: depth - 1)))"
    case 7: return "CAST(\(any(depth: depth - 1)) AS \(pick(["INTEGER", "REAL", "NUMERIC"])))"
    case 8: return "instr(\(text(depth: depth - 1)), \(string()))"
    case 9: return "unicode(\(text(depth: depth - 1)))"
    case 10: return "json_array_length(\(pick(["j", "j, '$.a'"])))"
    case 11: return "json_extract(j, \(pick(["'$.a'", "'$[0]'", "'$'"])))"
    default: return "iif(\(truth(depth: depth - 1)), \(number(depth: depth - 1)), \(literal()))"
    }
  }

  private mutating func text(depth: Int) -> String {
    if depth <= 0 { return pick(["t", "j", string()]) }
    switch random.below(10) {
    case 0: return "(\(text(depth: depth - 1)) || \(any(depth: depth - 1)))"
    case 1: return "\(pick(["lower", "upper", "trim", "ltrim", "rtrim", "hex", "quote"]))(\(text(depth: depth - 1)))"
    case 2: return "substr(\(text(depth: depth - 1)), \(pick(["1", "-2", "0", "s"])), \(pick(["1", "3", "-1"])))"
    case 3: return "replace(\(text(depth: depth - 1)), \(string()), \(string()))"
    case 4: return "typeof(\(any(depth: depth - 1)))"
    case 5: return "CAST(\(pick(["n", "s", "b", "t"])) AS TEXT)"
    case 6: return "\(text(depth: depth - 1)) COLLATE NOCASE"
    case 7: return "j \(pick(["->", "->>"])) \(pick(["'a'", "'$[0]'", "0"]))"
    case 8: return "json_type(j)"
    default: return "ifnull(\(text(depth: depth - 1)), \(string()))"
    }
  }

  private mutating func comparison() -> String { pick(["=", "<>", "<", "<=", ">", ">=", "==", "!="]) }

  private mutating func literal() -> String {
    pick(["0", "1", "-1", "2", "0.5", "-7.25", "9223372036854775807", "-9223372036854775808", "1e300", "NULL", "3600"])
  }

  private mutating func string() -> String { pick(["''", "'a'", "'ab'", "'ü'", "'1'", "'0.5x'", "'null'", "' '"]) }
}

/// SplitMix64: the same numbers from the same seed on every machine.
struct SeededRandom {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func below(_ bound: Int) -> Int {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
  }
}
