import Columns
import Quality
import Testing

/// The patterns of Deequ's StatefulDataType.
struct InferredTypeTests {
  static let cases: [(String, InferredType)] = [
    ("1", .integral), ("-17", .integral), ("+ 3", .integral), ("007", .integral), (" 4", .integral),
    ("1.5", .fractional), ("-0.25", .fractional), ("1e9", .fractional), ("1.5E-3", .fractional), ("2e+4", .fractional),
    ("true", .boolean), ("false", .boolean), ("True", .string),
    ("", .string), ("-", .string), (".5", .string), ("1.", .string), ("1e", .string), ("1e+", .string),
    ("1.5.2", .string), ("--1", .string), ("-  1", .string), ("1 ", .string), ("12a", .string), ("٣", .string),
    ("1e5x", .string), ("1.e5", .string),
  ]

  @Test(arguments: cases)
  func looksLike(_ text: String, _ wanted: InferredType) throws {
    let rows = try ColumnBatch(
      schema: ColumnSchema([ColumnField("text", .string)]), columns: [.binary(BinaryColumn([text]))])
    for type in InferredType.allCases {
      let check = BatchCheck("mine", .dataType("text", type), .absolute(minimum: 0, maximum: nil))
      var metrics = try BatchMetrics(BatchChecks([check]))
      try metrics.add(rows)
      let isIt = type == wanted || type == .numeric && [.integral, .fractional].contains(wanted)
      #expect(metrics.value(of: check) == (isIt ? 1 : 0), "\(type)")
    }
  }
}
