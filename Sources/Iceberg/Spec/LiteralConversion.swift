extension Literal {
  /// The same value as a literal of `type`: as it is where it is one, widened (int to long, float to double), or narrowed where
  /// nothing is lost, also between integers and dates. Nil where there is none.
  public func converted(to type: PrimitiveType) -> Literal? {
    switch (self, type) {
    case (.boolean, .boolean), (.int, .int), (.long, .long), (.float, .float), (.double, .double), (.date, .date),
      (.time, .time), (.timestamp, .timestamp), (.timestamptz, .timestamptz), (.string, .string), (.uuid, .uuid),
      (.binary, .binary), (.decimal, .decimal):
      self
    case (.fixed(let bytes), .fixed(let length)): bytes.count == length ? self : nil
    case (.int(let value), .long): .long(Int64(value))
    case (.int(let value), .date): .date(value)
    case (.date(let value), .int): .int(value)
    case (.long(let value), .int): Int32(exactly: value).map { .int($0) }
    case (.long(let value), .timestamptz): .timestamptz(value)
    case (.long(let value), .timestamp): .timestamp(value)
    case (.long(let value), .time): .time(value)
    case (.float(let value), .double): .double(Double(value))
    case (.double(let value), .float): Double(Float(value)) == value || value.isNaN ? .float(Float(value)) : nil
    case (.binary(let bytes), .fixed(let length)): bytes.count == length ? .fixed(bytes) : nil
    default: nil
    }
  }
}
