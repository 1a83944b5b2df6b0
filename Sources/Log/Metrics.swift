/// A measured value.
public struct Metric: Sendable, Hashable {
  /// What it counts, in CloudWatch's words.
  public enum Unit: String, Sendable {
    /// A number of things.
    case count = "Count"
    /// Bytes.
    case bytes = "Bytes"
    /// Seconds.
    case seconds = "Seconds"
    /// Milliseconds.
    case milliseconds = "Milliseconds"
    /// 0 to 100.
    case percent = "Percent"
    /// A number without a unit.
    case none = "None"
  }

  /// The name, such as `rows`.
  public let name: String
  /// The value.
  public let value: Double
  /// What it counts.
  public let unit: Unit

  /// A measured value.
  public init(_ name: String, _ value: Double, _ unit: Unit = .count) {
    self.name = name
    self.value = value
    self.unit = unit
  }

  /// A measured number of things.
  public init(_ name: String, _ value: Int, _ unit: Unit = .count) { self.init(name, Double(value), unit) }
}

extension Logger {
  /// Writes metrics as one line in CloudWatch's embedded metric format; in text form a line of level debug.
  ///
  /// Specification:
  /// <https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html>.
  /// Values that are not finite are left out, and without any value there is no line. At most 100 metrics make a
  /// line.
  ///
  /// - Parameters:
  ///   - metrics: the values; names must differ from each other and from the dimensions'.
  ///   - dimensions: what they are told apart by, such as the job.
  ///   - properties: carried by the line and searchable, but no dimensions, such as the batch.
  public func metrics(_ metrics: [Metric], dimensions: [LogField] = [], properties: [LogField] = []) {
    let finite = metrics.filter { $0.value.isFinite }
    guard !finite.isEmpty else { return }
    guard format == .json else {
      log(.debug, "metrics", finite.map { LogField($0.name, Metric.logValue($0.value)) })
      return
    }
    for start in stride(from: 0, to: finite.count, by: 100) {
      let part = Array(finite[start..<min(start + 100, finite.count)])
      sink(Metric.embedded(part, time: clock(), dimensions: dimensions, properties: fields + properties))
    }
  }
}

extension Metric {
  static let namespace = "WikiGuard"

  /// Whole numbers are written without a fraction.
  static func logValue(_ value: Double) -> LogValue {
    Int64(exactly: value).map { .integer($0) } ?? .number(value)
  }

  static func embedded(_ metrics: [Metric], time: Int64, dimensions: [LogField], properties: [LogField]) -> String {
    var line =
      "{\"_aws\":{\"Timestamp\":\(time / 1000),\"CloudWatchMetrics\":[{\"Namespace\":\"\(namespace)\",\"Dimensions\":[["
    line += dimensions.map { quoted($0.name) }.joined(separator: ",")
    line += "]],\"Metrics\":["
    line += metrics.map { "{\"Name\":\(quoted($0.name)),\"Unit\":\"\($0.unit.rawValue)\"}" }.joined(separator: ",")
    line += "]}]}"
    let values = metrics.map { LogField($0.name, logValue($0.value)) }
    var written: Set<String> = []
    for field in dimensions + values + properties where written.insert(field.name).inserted {
      line += ",\(quoted(field.name)):"
      LogLine.write(field.value, to: &line)
    }
    return line + "}\n"
  }

  private static func quoted(_ text: String) -> String {
    var result = ""
    LogLine.quote(text, to: &result)
    return result
  }
}
