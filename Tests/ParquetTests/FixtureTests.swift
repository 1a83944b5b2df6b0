import Columns
import Failures
import Glibc
import Parquet
import Testing

/// Files of apache/parquet-testing (Apache-2.0), which lie beside the package where they lie at all: every column that
/// can be read has the values that pyarrow reads, and every other one is a failure, never a trap.
@Suite struct FixtureTests {
  /// Columns that are not compared, and why.
  static let exceptions: Set<String> = [
    // Bytes that pyarrow shows as numbers: the unscaled value's two's complement.
    "byte_array_decimal.parquet value", "fixed_length_decimal.parquet value",
    "fixed_length_decimal_legacy.parquet value", "int32_decimal.parquet value", "int64_decimal.parquet value",
    // A writer left the dictionary's header out of the chunk's size (IMPALA-694): refused.
    "nation.dict-malformed.parquet name", "nation.dict-malformed.parquet comment_col",
    // A time that pyarrow's nanoseconds cannot hold.
    "int96_from_spark.parquet a",
  ]

  private static func directory(_ name: String) -> String? {
    let package = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let named = getenv("PARQUET_TESTING").map { String(cString: $0) }
    let path = "\(named ?? "\(package)/../shared/fixtures/parquet-testing")/\(name)"
    return access(path, R_OK) == 0 ? path : nil
  }

  private static func files(_ name: String, for test: String) -> [String] {
    guard let directory = directory(name), let stream = opendir(directory) else {
      print("skipped: \(test): no parquet-testing/\(name) beside the package")
      return []
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasSuffix(".parquet") { names.append("\(directory)/\(name)") }
    }
    return names.sorted()
  }

  @Test func goodFilesAsPyarrowReadsThem() throws {
    let files = Self.files("data", for: "goodFilesAsPyarrowReadsThem").filter { !$0.contains("corrupt-checksum") }
    guard !files.isEmpty, let python = Python.find(for: "goodFilesAsPyarrowReadsThem") else { return }
    try Python.withDirectory { directory in
      let (text, succeeded) = try Python.run(python, in: directory, ["columns"] + files)
      #expect(succeeded, "\(text.suffix(500))")
      var compared = 0
      for part in text.split(separator: "@ ", omittingEmptySubsequences: true) {
        let lines = part.split(separator: "\n", maxSplits: 1)
        guard let path = lines.first, lines.count == 2 else { continue }
        for section in ("\n" + lines[1]).split(separator: "\n# ") {
          do {
            compared += try compare(String(path), section) ? 1 : 0
          } catch {
            Issue.record(error)
          }
        }
      }
      print("parquet-testing: \(compared) columns of \(files.count) files compared with pyarrow")
      #expect(compared > 100)
    }
  }

  private func compare(_ path: String, _ section: Substring) throws -> Bool {
    let (name, values) =
      section.split(separator: "\n", maxSplits: 1).count == 2
      ? (section.prefix { $0 != "\n" }, section.drop { $0 != "\n" }.dropFirst()) : (section, "")
    let label = "\(path.split(separator: "/").last ?? "") \(name)"
    let file = try within(label) { try reader(try Python.read(path)) }
    guard !Self.exceptions.contains(label), let column = file.schema.position(named: String(name)) else { return false }
    let parts = try within(label) {
      try file.metadata.rowGroups.indices.map { try file.read(rowGroup: $0, columns: [column])[0] }
    }
    let actual = parts.map { canonicalText($0) }.joined()
    let difference = firstDifference(actual.trimmed, String(values).trimmed)
    #expect(difference == nil, "\(label)")
    return true
  }

  @Test func badFilesAreRefused() throws {
    for path in Self.files("bad_data", for: "badFilesAreRefused") {
      let name = String(path.split(separator: "/").last ?? "")
      // Bit width 0 is legal for indices that are all zero: other files need it.
      if name.contains("43605") { continue }
      #expect(throws: Failure.self, "\(name)") {
        let file = try reader(try Python.read(path))
        for group in file.metadata.rowGroups.indices {
          _ = try file.read(rowGroup: group, columns: Array(file.schema.fields.indices))
        }
      }
    }
  }

  /// The sixth value is the year 290000, for which Spark's Julian day has overflowed.
  @Test func int96OfTheFarFuture() throws {
    guard let path = Self.files("data", for: "int96OfTheFarFuture").first(where: { $0.contains("int96_from_spark") })
    else { return }
    let column = try readAll(try Python.read(path))[0]
    let expected = [
      1_704_141_296_123_456, 1_704_070_800_000_000, 253_402_225_200_000_000, 1_735_599_600_000_000, nil,
      9_089_380_393_200_000_000,
    ]
    guard case .int64(let values) = column else { throw TestFailure("no 64-bit integers") }
    #expect((0..<values.count).map { values[$0] } == expected.map { $0.map { Int64($0) } })
  }

  @Test func corruptChecksumsAreFound() throws {
    let files = Self.files("data", for: "corruptChecksumsAreFound").filter { $0.contains("corrupt-checksum") }
    for path in files {
      #expect(throws: Failure.self, "\(path)") {
        let file = try reader(try Python.read(path))
        _ = try file.read(rowGroup: 0, columns: Array(file.schema.fields.indices))
      }
    }
  }
}

extension String {
  fileprivate var trimmed: String { String(drop { $0 == "\n" }.reversed().drop { $0 == "\n" }.reversed()) }
}
