import Columns
import Failures
import Glibc
import Parquet
import Testing

/// Files of apache/parquet-testing (Apache-2.0), which lie beside the package where they lie at all, each with what is expected of it.
@Suite struct FixtureTests {
  private static func directory(_ name: String) -> String? {
    let package = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let named = getenv("PARQUET_TESTING").map { String(cString: $0) }
    let path = "\(named ?? "\(package)/../shared/fixtures/parquet-testing")/\(name)"
    return access(path, R_OK) == 0 ? path : nil
  }

  /// The names in a folder; nil, said on standard output, where it is not there.
  private static func names(_ folder: String, for test: String) -> [String]? {
    guard let directory = directory(folder), let stream = opendir(directory) else {
      print("skipped: \(test): no parquet-testing/\(folder) beside the package")
      return nil
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }

  /// The cases of a folder whose files are there, with their paths.
  private static func present(
    _ cases: [FixtureCase], in folder: String, for test: String
  ) -> [(fixture: FixtureCase, path: String)] {
    guard let directory = directory(folder), let names = names(folder, for: test).map(Set.init) else { return [] }
    return cases.compactMap { fixture in
      for name in [fixture.name + ".parquet", fixture.name] where names.contains(name) {
        return (fixture, "\(directory)/\(name)")
      }
      print("skipped: \(test): parquet-testing/\(folder) has no \(fixture.name)")
      return nil
    }
  }

  @Test(arguments: [("data", FixtureCase.data), ("bad_data", FixtureCase.bad)])
  func everyFileHasACase(folder: String, cases: [FixtureCase]) {
    guard let names = Self.names(folder, for: "everyFileHasACase") else { return }
    let known = Set(cases.map(\.name))
    for name in names {
      #expect(known.contains(name) || known.contains(String(name.dropLast(".parquet".count))), "\(name) has no case")
    }
  }

  @Test func goodFilesAsPyarrowReadsThem() throws {
    let test = "goodFilesAsPyarrowReadsThem"
    let all =
      Self.present(FixtureCase.data, in: "data", for: test) + Self.present(FixtureCase.bad, in: "bad_data", for: test)
    let good = all.compactMap { fixture, path in
      if case .asPyarrow(let exceptions) = fixture.expectation { (path, exceptions) } else { nil }
    }
    guard !good.isEmpty, let python = Python.find(for: test) else { return }
    try Python.withDirectory { directory in
      let (text, succeeded) = try Python.run(python, in: directory, ["columns"] + good.map(\.0))
      #expect(succeeded, "\(text.suffix(500))")
      let parts = text.split(separator: "@ ").map { $0.split(separator: "\n", maxSplits: 1) }
      var readings: [Substring: Substring] = [:]
      for part in parts { readings[part[0]] = part.count == 2 ? part[1] : "" }
      for (path, exceptions) in good {
        do {
          try compare(path, readings[path[...]] ?? "", exceptions)
        } catch {
          Issue.record("\(path): \(error)")
        }
      }
    }
  }

  /// Compares all columns of a file with the sections of pyarrow's reading.
  private func compare(_ path: String, _ reading: Substring, _ exceptions: [String: String]) throws {
    let name = path.split(separator: "/").last ?? ""
    var sections: [Substring: Substring] = [:]
    for section in ("\n" + reading).split(separator: "\n# ") {
      let lines = section.split(separator: "\n", maxSplits: 1)
      if let title = lines.first { sections[title] = lines.count == 2 ? lines[1] : "" }
    }
    let file = try reader(try Python.read(path))
    for (position, field) in file.schema.fields.enumerated() {
      let column = try file.readAll(columns: [position])[0]
      #expect(column.count == Int(file.metadata.rowCount))
      if exceptions[field.name] != nil { continue }
      guard let expected = sections[field.name[...]] else {
        Issue.record("\(name) \(field.name): pyarrow does not read it")
        continue
      }
      #expect(firstDifference(canonicalText(column).trimmed, String(expected).trimmed) == nil, "\(name) \(field.name)")
    }
  }

  @Test func badFilesAreRefused() throws {
    let test = "badFilesAreRefused"
    for (fixture, path) in Self.present(FixtureCase.bad, in: "bad_data", for: test)
      + Self.present(FixtureCase.data, in: "data", for: test)
    {
      guard case .refused(let kind) = fixture.expectation else { continue }
      let failure = #expect(throws: Failure.self, "\(fixture.name)") { try readAll(try Python.read(path)) }
      #expect(failure?.kind == kind, "\(fixture.name): \(failure?.description ?? "")")
    }
  }

  /// The sixth value is the year 290000, for which Spark's Julian day has overflowed.
  @Test func int96OfTheFarFuture() throws {
    let cases = FixtureCase.data.filter { $0.name == "int96_from_spark" }
    for (_, path) in Self.present(cases, in: "data", for: "int96OfTheFarFuture") {
      let column = try readAll(try Python.read(path))[0]
      let expected = [
        1_704_141_296_123_456, 1_704_070_800_000_000, 253_402_225_200_000_000, 1_735_599_600_000_000, nil,
        9_089_380_393_200_000_000,
      ]
      guard case .int64(let values) = column else { throw TestFailure("no 64-bit integers") }
      #expect((0..<values.count).map { values[$0] } == expected.map { $0.map { Int64($0) } })
    }
  }

  /// By pyarrow's reading of the same footer.
  @Test func sortingColumnsOfAnotherWriter() throws {
    let cases = FixtureCase.data.filter { $0.name == "sort_columns" }
    for (_, path) in Self.present(cases, in: "data", for: "sortingColumnsOfAnotherWriter") {
      let groups = try reader(try Python.read(path)).metadata.rowGroups
      let expected = [
        SortingColumn(leaf: 0, isDescending: true, isNullsFirst: true),
        SortingColumn(leaf: 1, isDescending: false, isNullsFirst: false),
      ]
      #expect(groups.map(\.sortingColumns) == [expected, expected])
    }
  }

  /// Presto's maps, whose keys are optional though none is null.
  @Test func keysThatMayBeNull() throws {
    let cases = FixtureCase.data.filter { $0.name == "incorrect_map_schema" }
    for (_, path) in Self.present(cases, in: "data", for: "keysThatMayBeNull") {
      let expected = "<x706172656e74:x616e6f74686572,x6e616d65:x7265706f7274>\n"
      #expect(canonicalText(try readAll(try Python.read(path))[0]) == expected, "parent: another, name: report")
    }
  }

  /// https://github.com/apache/parquet-testing/blob/master/data/README.md: the words that parquet-cpp's own test looks up.
  @Test func aBloomFilterByAnotherWriter() throws {
    let cases = FixtureCase.data.filter { if case .bloomFilter = $0.expectation { true } else { false } }
    for (_, path) in Self.present(cases, in: "data", for: "aBloomFilterByAnotherWriter") {
      let filter = try #require(try BloomFilter(stored: try Python.read(path)))
      for word in ["hello", "parquet", "bloom", "filter"] { #expect(filter.mightContain(Array(word.utf8))) }
    }
  }

  /// Both files hold the same 14 texts in one column; one of them leaves out the filter's length.
  @Test func bloomFiltersOfOtherFiles() throws {
    let cases = FixtureCase.data.filter { $0.name.hasPrefix("data_index_bloom") }
    for (_, path) in Self.present(cases, in: "data", for: "bloomFiltersOfOtherFiles") {
      let file = try reader(try Python.read(path))
      guard case .binary(let texts) = try file.read(rowGroup: 0, columns: [0])[0] else { throw TestFailure("no text") }
      for row in 0..<texts.count {
        #expect(try file.mightContain(rowGroup: 0, column: 0, value: Array(texts[row] ?? [])))
      }
      let misses = try (0..<200).count { try !file.mightContain(rowGroup: 0, column: 0, value: Array("no \($0)".utf8)) }
      #expect(misses > 180, "\(misses)")
    }
  }
}

extension String {
  fileprivate var trimmed: String { String(drop { $0 == "\n" }.reversed().drop { $0 == "\n" }.reversed()) }
}
