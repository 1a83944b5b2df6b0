import Testing

/// What the articles show is code that is compiled and run: each block stands, line for line, in one of the example files beside this
/// one, perhaps further to the right.
@Suite struct CodeBlockTests {
  @Test(arguments: CodeBlock.all) func everyBlockIsCompiled(block: CodeBlock) {
    let isFound = CodeBlock.compiled.contains { source in
      block.imports.allSatisfy(source.contains) && Self.isFound(block.statements, in: source)
    }
    #expect(isFound, "\(block.article), line \(block.line): not in any example file as it is written there")
  }

  private static func isFound(_ wanted: [String], in source: [String]) -> Bool {
    guard let first = wanted.first else { return false }
    return source.indices.contains { start in
      guard source[start].hasSuffix(first), start + wanted.count <= source.count else { return false }
      let indent = String(source[start].dropLast(first.count))
      guard indent.allSatisfy({ $0 == " " }) else { return false }
      return zip(source[start...], wanted).allSatisfy { $0 == ($1.isEmpty ? "" : indent + $1) }
    }
  }

  @Test func theArticlesHaveBlocks() {
    #expect(CodeBlock.all.count >= 16)
    #expect(Set(CodeBlock.all.map(\.article)).count >= 8)
  }

  @Test func whatDiffersIsFound() {
    let source = ["func f() {", "  let a = 1", "", "  if a > 0 {", "    print(a)", "  }", "}"]
    #expect(Self.isFound(["let a = 1", "", "if a > 0 {", "  print(a)", "}"], in: source))
    for wanted in [["let a = 2"], ["let a = 1", "if a > 0 {"], ["if a > 0 {", "print(a)"], ["}", "", ""], []] {
      #expect(!Self.isFound(wanted, in: source), "\(wanted)")
    }
  }
}
