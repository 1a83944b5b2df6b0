import RecentChange
import Testing

@Suite struct DeadLetterTests {
  @Test(
    "A letter reads back as it was written; line breaks in reasons become blanks",
    arguments: [
      (["a"], "{}"), (["a", "b: c"], "\n\nerror: x\n"), ([], "plain"), (["one"], ""), (["line\nbreak"], "r"),
    ])
  func roundTrip(_ errors: [String], _ record: String) {
    let letter = DeadLetter(errors: errors, record: Array(record.utf8))
    let read = DeadLetter(decoding: letter.encoded[...])
    #expect(read.errors == errors.map { String($0.map { $0 == "\n" ? " " : $0 }) })
    #expect(read.record == letter.record)
  }

  @Test(
    "What has no head is an event without a reason",
    arguments: ["", "{}", "error: ", "error: x", "error: x\n", "error: x\ny", "\n"])
  func headless(_ text: String) {
    let bytes = Array(text.utf8)
    #expect(DeadLetter(decoding: bytes[...]) == DeadLetter(errors: [], record: bytes))
  }
}
