import Hashing
import Testing

@Suite struct UUIDTests {
  let text = "0f8fad5b-d9cb-469f-a165-70867728950e"

  @Test func parsesAndPrints() {
    #expect(UUID(text)?.description == text)
    #expect(UUID(text.uppercased())?.description == text)
    #expect(UUID(utf8: Array(text.utf8)) == UUID(text))
    #expect(UUID(text)?.bytes.prefix(4) == [0x0f, 0x8f, 0xad, 0x5b])
    #expect(UUID(bytes: UUID(text)?.bytes ?? []) == UUID(text))
    #expect(UUID(bytes: [1, 2, 3]) == nil)
  }

  @Test(arguments: [
    "", "0f8fad5b", "0f8fad5bd9cb469fa16570867728950e", "{0f8fad5b-d9cb-469f-a165-70867728950e}",
    "0f8fad5b-d9cb-469f-a165-70867728950g", "0f8fad5b-d9cb-469f-a165_70867728950e",
    "0f8fad5b-d9cb-469f-a165-70867728950e ",
    "0f8fad5b-d9cb-469f-a165-7086772895é",
  ])
  func otherTextIsNone(text: String) {
    #expect(UUID(text) == nil)
  }

  @Test func randomBitsBecomeVersion4() {
    #expect(UUID(randomHigh: 0, randomLow: 0).description == "00000000-0000-4000-8000-000000000000")
    #expect(UUID(randomHigh: .max, randomLow: .max).description == "ffffffff-ffff-4fff-bfff-ffffffffffff")
    var generator = SplitMix64(seed: 1)
    let many = Set((0..<1000).map { _ in UUID(using: &generator) })
    #expect(many.count == 1000)
    #expect(many.allSatisfy { Array($0.description.utf8)[14] == UInt8(ascii: "4") })
  }

  @Test func aNameAlwaysHasTheSameIdentifier() {
    let one = UUID(name: Array("one".utf8))
    #expect(one == UUID(name: Array("one".utf8)))
    #expect(one != UUID(name: Array("two".utf8)))
    #expect(one.description == "7692c3ad-3540-8b80-bc02-0b3aee66cd88")
  }

  @Test func theOrderIsThatOfTheText() {
    var generator = SplitMix64(seed: 2)
    let many = (0..<200).map { _ in UUID(using: &generator) }
    #expect(many.sorted().map(\.description) == many.map(\.description).sorted())
  }
}
