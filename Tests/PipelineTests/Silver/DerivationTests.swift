import Pipeline
import Testing

private func isAddress(_ text: String) -> Bool { Array(text.utf8).withUnsafeBytes(IPAddress.isAddress) }

@Suite struct DerivationTests {
  @Test(
    "Addresses",
    arguments: [
      "0.0.0.0", "255.255.255.255", "192.168.10.1", "1.2.3.4", "::", "::1", "1::", "1:2:3:4:5:6:7:8", "1::8",
      "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8",
      "2A02:1811:3A75:6200:114B:497D:9CA7:BD8F", "2001:db8::ff00:42:8329", "::ffff:1.2.3.4", "1:2:3:4:5:6:1.2.3.4",
      "fe80::a:1.2.3.4",
    ])
  func address(_ text: String) { #expect(isAddress(text)) }

  @Test(
    "No addresses",
    arguments: [
      "", "1", "1.2.3", "1.2.3.4.5", "256.1.1.1", "01.2.3.4", "1.2.3.", ".1.2.3", "1.2.3.4 ", "1.2.3.xxx", "1..2.3",
      "1234.1.1.1", "a.b.c.d",
      ":", ":::", "1:", ":1", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", "12345::", "g::1", "1:2:3:4:5:6:7:8::",
      "::1:2:3:4:5:6:7:8", "::1%eth0",
      "1:2:3:4:5:6:7:1.2.3.4", "::1.2.3", "::12345.1.1.1", "::ffff:01.2.3.4", "1:::2", "::1/64", "Ann",
      "~2025-12345-67",
      "1.2.3.4:80",
    ])
  func noAddress(_ text: String) { #expect(!isAddress(text)) }

  @Test("Every way to shorten an address is one", arguments: 0..<8)
  func shortened(_ start: Int) {
    for length in 1...(8 - start) {
      let groups = (0..<8).map { String($0 + 1, radix: 16) }
      let text = groups[..<start].joined(separator: ":") + "::" + groups[(start + length)...].joined(separator: ":")
      #expect(isAddress(text), "\(text)")
    }
  }

  @Test(
    "User kinds",
    arguments: [
      ("Ann", false, UserKind.registered), ("Ann", true, .bot), ("1.2.3.4", false, .anonymous), ("1.2.3.4", true, .bot),
      ("::1", false, .anonymous),
      ("~2025-12345-67", false, .temporary), ("~2024-1", false, .temporary), ("~2025-12345-67", true, .bot),
      ("~2025-", false, .registered),
      ("~2025", false, .registered), ("~25-1", false, .registered), ("~2025-12a", false, .registered),
      ("~2025--1", false, .registered),
      ("2025-12345-67", false, .registered), ("~abcd-1", false, .registered), ("", false, .registered),
      ("1.2.3", false, .registered),
    ])
  func userKind(_ name: String, _ isBot: Bool, _ expected: UserKind) {
    let kind = Array(name.utf8).withUnsafeBytes { UserKind(name: $0, isBot: isBot) }
    #expect(kind == expected)
    #expect(kind.isAnonymous == (expected == .anonymous || expected == .temporary))
  }

  @Test(
    "Names that say bot",
    arguments: [
      "bot", "Bot", "BOT", "SineBot", "InternetArchiveBot", "Addbot 2 bot", "My-bot", "my_Bot", "Bot Master",
      "BotMaster",
      "bot-1", "bot2", "7bot", "Éa bot",
      "CommonsDelinker Bot", "X.bot",
    ])
  func botName(_ name: String) { #expect(Array(name.utf8).withUnsafeBytes(BotName.matches)) }

  @Test(
    "Names that do not say bot",
    arguments: [
      "", "bo", "Talbot", "Xqbot", "bottle", "Botany", "Botox", "BOTANY", "ROBOT", "ClueBot NG", "abbot", "botâ",
      "éBot ",
      "Both", "Cabot",
    ])
  func noBotName(_ name: String) { #expect(!Array(name.utf8).withUnsafeBytes(BotName.matches)) }

  @Test(
    "A comment has words beyond its section",
    arguments: [
      ("", false), ("   ", false), ("/* History */", false), (" /* History */ \n", false), ("/* History */ typo", true),
      ("typo", true),
      ("/* unclosed", true), ("/*a*//*b*/", true), ("x /* y */", true), ("/**/", false), ("/*/", true),
      ("/* a * / */", false), ("\t", false), ("/", true),
    ])
  func hasComment(_ text: String, _ expected: Bool) {
    #expect(Array(text.utf8).withUnsafeBytes(CommentText.hasWords) == expected)
  }
}
