import Fixtures
import Testing

/// A piece of Swift in an article of a documentation catalogue.
struct CodeBlock: CustomTestStringConvertible {
  /// `Iceberg.docc/ReadingATable.md`
  let article: String
  /// The number of its first line in the article, from 1.
  let line: Int
  let lines: [String]

  var testDescription: String { "\(article):\(line)" }

  /// What the block imports.
  var imports: [String] { lines.filter { $0.hasPrefix("import ") } }

  /// The block without what it imports.
  var statements: [String] {
    let rest = lines.filter { !$0.hasPrefix("import ") }
    return Array(rest.drop { $0.isEmpty })
  }

  /// The blocks of an article.
  static func blocks(of article: String, _ text: String) -> [CodeBlock] {
    var blocks: [CodeBlock] = []
    var open: (line: Int, lines: [String])?
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if let block = open, line == "```" {
        blocks.append(CodeBlock(article: article, line: block.line, lines: block.lines))
        open = nil
      } else if open != nil {
        open?.lines.append(String(line))
      } else if line == "```swift" {
        open = (index + 2, [])
      }
    }
    return blocks
  }

  /// Those of the three catalogues.
  static let all: [CodeBlock] = ["Avro", "Parquet", "Iceberg"].flatMap { library in
    let folder = Self.package + "/Sources/\(library)/\(library).docc"
    return fileNames(in: folder).filter { $0.hasSuffix(".md") }.flatMap { name in
      blocks(of: "\(library).docc/\(name)", String(decoding: readFile(folder + "/" + name), as: UTF8.self))
    }
  }

  private static let package = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }

  /// The lines of this target's own files, where the blocks are compiled and run.
  static let compiled: [[String]] = {
    let folder = package + "/Tests/DocumentationTests"
    return fileNames(in: folder).filter { $0.hasSuffix("Examples.swift") }.map { name in
      String(decoding: readFile(folder + "/" + name), as: UTF8.self)
        .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
  }()
}
