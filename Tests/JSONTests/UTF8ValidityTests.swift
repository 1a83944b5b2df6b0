import JSON
import Testing

@Test("UTF-8 is judged as the standard library judges it", arguments: 1...60)
func utf8(_ seed: Int) {
  var random = SeededGenerator(seed: UInt64(seed))
  let interesting: [UInt8] = [
    0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xed, 0xef, 0xf0, 0xf3,
    0xf4, 0xf5, 0xff,
  ]
  for _ in 0..<200 {
    let count = Int.random(in: 0...14, using: &random)
    let bytes = (0..<count).map { _ in interesting.randomElement(using: &random) ?? 0 }
    #expect(
      bytes.withUnsafeBytes(UTF8Validity.isValid) == (String(validating: bytes, as: UTF8.self) != nil), "\(bytes)")
  }
}

@Test("Every scalar's encoding is UTF-8, and none of its beginnings")
func everyScalar() {
  for value in stride(from: UInt32(0), through: 0x10ffff, by: 37) {
    guard let scalar = Unicode.Scalar(value) else { continue }
    let bytes = Array(String(scalar).utf8)
    #expect(bytes.withUnsafeBytes(UTF8Validity.isValid))
    if bytes.count > 1 { #expect(!bytes.dropLast().withUnsafeBytes(UTF8Validity.isValid)) }
  }
}

@Test("A column is valid as a whole only where each of its values is", arguments: 0..<200)
func columns(_ seed: Int) {
  var random = SeededGenerator(seed: UInt64(seed))
  let pieces: [[UInt8]] = [
    Array("a".utf8), Array("é".utf8), Array("语".utf8), Array("🦉".utf8), [], [0xe8, 0xaf], [0xad], [0xff],
  ]
  let valid = Int.random(in: 0...3, using: &random) > 0
  let values = (0..<Int.random(in: 0...8, using: &random)).map { _ in
    pieces.prefix(valid ? 5 : pieces.count).randomElement(using: &random) ?? []
  }
  let offsets = values.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
  let each = values.allSatisfy { String(validating: $0, as: UTF8.self) != nil }
  #expect(UTF8Validity.areAllValid(bytes: values.flatMap(\.self), offsets: offsets) == each, "\(values)")
}
