import Hashing
import Testing

@Suite struct DigestTests {
  /// FIPS 180-4 examples.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ])
  func sha256(text: String, digest: String) {
    #expect(SHA256.hexadecimal(text) == digest)
    #expect(SHA256.hexadecimal(Array(text.utf8)) == digest)
  }

  @Test func sha256InPiecesIsTheWhole() {
    let bytes = (0..<10_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    var hash = SHA256()
    for start in stride(from: 0, to: bytes.count, by: 777) {
      hash.update(Array(bytes[start..<min(start + 777, bytes.count)]))
    }
    let digest = hash.finish()
    #expect(digest == SHA256.hash(bytes))
    #expect(digest.count == 32)
  }

  /// Values of the reference implementation (`xxhsum -H1`).
  @Test func xxHash64() {
    #expect(XXHash64.hash([]) == 0xef46_db37_51d8_e999)
    #expect(XXHash64.hash(Array("a".utf8)) == 0xd24e_c4f1_a98c_6e5b)
    #expect(XXHash64.hash(Array("abc".utf8)) == 0x44bc_2cf5_ad77_0999)
    #expect(XXHash64.hash(Array("xabc".utf8)[1...]) == 0x44bc_2cf5_ad77_0999)
    #expect(XXHash64.hash(Array("abc".utf8), seed: 1) != XXHash64.hash(Array("abc".utf8)))
  }

  @Test(arguments: [[], [0], [255, 0, 16, 1]] as [[UInt8]])
  func hexadecimalThereAndBack(bytes: [UInt8]) {
    let text = Hexadecimal.encode(bytes)
    #expect(text.utf8.count == bytes.count * 2)
    #expect(Hexadecimal.decode(text) == bytes)
    #expect(Hexadecimal.decode(text.uppercased()) == bytes)
  }

  @Test(arguments: ["0", "0g", "é0", " 00", "0x00"])
  func otherTextIsNotHexadecimal(text: String) {
    #expect(Hexadecimal.decode(text) == nil)
  }
}
