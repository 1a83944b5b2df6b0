/// An explanation under construction: a headline and the parts that led to it, each with its numbers.
struct Explanation {
  private var parts: [String] = []

  /// Adds a part. `details` go into brackets behind it, together with what the part is worth.
  mutating func add(_ part: String, _ details: [String?], points: Int) {
    let worth = points > 0 ? "+\(points)" : "not scored"
    parts.append("\(part) (\((details.compactMap(\.self) + [worth]).joined(separator: ", ")))")
  }

  /// `HIGH, risk 45: first part; second part.`, nil when there is no part.
  func text(_ severity: Severity, risk: Int) -> String? {
    parts.isEmpty ? nil : "\(severity.rawValue), risk \(risk): \(parts.joined(separator: "; "))."
  }

  /// `usually 12%`, nil when it is not known what is usual.
  static func usually(_ ratio: Double?) -> String? { ratio.map { "usually \(Figures.percent($0))" } }
}
