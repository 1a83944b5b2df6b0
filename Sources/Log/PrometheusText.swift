/// Metrics in Prometheus' text format, for a scrape or for node_exporter's textfile collector
/// (<https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format>).
public struct PrometheusText: Sendable {
  /// What a metric's value means.
  public enum Kind: String, Sendable {
    /// Only grows while the process lives.
    case counter
    /// Goes up and down.
    case gauge
  }

  /// A value under labels.
  public struct Sample: Sendable {
    /// Names and values, in the order in which they are written.
    public let labels: [(name: String, value: String)]
    /// The value.
    public let value: Double

    /// A sample.
    public init(_ value: Double, _ labels: [(name: String, value: String)] = []) {
      self.labels = labels
      self.value = value
    }

    /// A sample of a whole number.
    public init(_ value: some BinaryInteger, _ labels: [(name: String, value: String)] = []) {
      self.init(Double(value), labels)
    }
  }

  /// The lines so far; each ends with a line feed.
  public private(set) var text = ""

  /// No metrics.
  public init() {}

  /// Adds a metric and its samples; without samples nothing is written.
  public mutating func add(_ name: String, _ kind: Kind, _ help: String, _ samples: [Sample]) {
    guard !samples.isEmpty else { return }
    text += "# HELP \(name) \(Self.escaped(help, quotes: false))\n# TYPE \(name) \(kind.rawValue)\n"
    for sample in samples {
      let labels = sample.labels.map { "\($0.name)=\"\(Self.escaped($0.value, quotes: true))\"" }
      text += name + (labels.isEmpty ? "" : "{\(labels.joined(separator: ","))}") + " \(Self.number(sample.value))\n"
    }
  }

  /// Whole numbers without a fraction, as people read them; infinities and NaN as the format spells them.
  private static func number(_ value: Double) -> String {
    if let whole = Int64(exactly: value) { return "\(whole)" }
    if value.isNaN { return "NaN" }
    return value.isInfinite ? (value > 0 ? "+Inf" : "-Inf") : "\(value)"
  }

  private static func escaped(_ text: String, quotes: Bool) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\"" where quotes: result += "\\\""
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
