import Pipeline
import Testing

/// What is expected of a summary: kind, user and revision; a nil kind for no revert.
struct RevertSummary: Sendable, CustomTestStringConvertible {
  let text: String
  let kind: RevertKind?
  let user: String?
  let revision: Int64?

  init(_ text: String, _ kind: RevertKind?, _ user: String? = nil, _ revision: Int64? = nil) {
    self.text = text
    self.kind = kind
    self.user = user
    self.revision = revision
  }

  var testDescription: String { text }
}

private let recognizer = RevertRecognizer()

private func recognize(_ text: String) -> (kind: RevertKind?, user: String?, revision: Int64?) {
  let bytes = Array(text.utf8)
  let revert = bytes.withUnsafeBytes { recognizer.revert($0) }
  return (revert?.kind, revert?.user.map { String(decoding: bytes[$0], as: UTF8.self) }, revert?.revision)
}

/// Summaries that MediaWiki writes, by language.
private let generated: [RevertSummary] = [
  RevertSummary(
    "Undid revision 1135397281 by [[Special:Contributions/Ann B|Ann B]] ([[User talk:Ann B|talk]]) rv test", .undo,
    "Ann B", 1_135_397_281),
  RevertSummary(
    "Undid revision [[Special:Diff/1241602442|1241602442]] by [[Special:Contributions/203.0.113.9|203.0.113.9]] ([[User talk:203.0.113.9|talk]])",
    .undo, "203.0.113.9", 1_241_602_442),
  RevertSummary(
    "Too early; Undid revision 680551307 by [[Special:Contributions/W44|W44]] ([[User talk:W44|talk]])", .undo, "W44",
    680_551_307),
  RevertSummary(
    "Reverted edits by [[Special:Contribs/12.47.147.168|12.47.147.168]] ([[User talk:12.47.147.168|talk]]) to last version by Guard",
    .rollback, "12.47.147.168"),
  RevertSummary(
    "Reverted 1 edit by [[Special:Contributions/Eve|Eve]] ([[User talk:Eve|talk]]) to last revision by Bob", .rollback,
    "Eve"),
  RevertSummary(
    "Reverted 3 edits by [[Special:Contributions/2001:db8::1|2001:db8::1]] ([[User talk:2001:db8::1|talk]]) to last revision by Bob",
    .rollback, "2001:db8::1"),
  RevertSummary(
    "Reverted edits by Eve Adams ([[User talk:Eve Adams|talk]]) to last version by Bob", .rollback, "Eve Adams"),
  RevertSummary(
    "Änderung [[Special:Diff/145956058|145956058]] von [[Special:Contributions/Karl|Karl]] rückgängig gemacht; siehe Disk",
    .undo, "Karl", 145_956_058),
  RevertSummary(
    "Änderung 145956058 von [[Special:Contribs/Karl|Karl]] rückgängig gemacht;", .undo, "Karl", 145_956_058),
  RevertSummary(
    "Änderungen von [[Special:Contributions/Eva|Eva]] ([[User talk:Eva|Diskussion]]) auf die letzte Version von [[User:Aka|Aka]] zurückgesetzt",
    .rollback, "Eva"),
  RevertSummary(
    "Annulation de la [[Special:Diff/200778011|modification]] de [[Special:Contributions/Luc|Luc]] ([[User talk:Luc|d]])",
    .undo, "Luc", 200_778_011),
  RevertSummary(
    "Annulation des modifications 118561585 de [[Spécial:Contributions/78.201.194.57|78.201.194.57]]", .undo,
    "78.201.194.57", 118_561_585),
  RevertSummary(
    "Révocation des modifications de [[Special:Contributions/Luc|Luc]] (retour à la dernière version de [[:User:Marie|Marie]])",
    .rollback, "Luc"),
  RevertSummary(
    "Deshecha la [[Especial:Diff/148838476|edición 148838476]] de [[Especial:Contribuciones/Ana|Ana]] ([[Usuario Discusión:Ana|disc.]])",
    .undo, "Ana", 148_838_476),
  RevertSummary(
    "Revertidos los cambios de [[Special:Contributions/81.34.95.46|81.34.95.46]] ([[User talk:81.34.95.46|disc.]]) a la última edición de SeroBOT",
    .rollback, "81.34.95.46"),
  RevertSummary(
    "Annullata la modifica 75108007 di [[Special:Contributions/Ugo|Ugo]] ([[User talk:Ugo|discussione]]) errore", .undo,
    "Ugo", 75_108_007),
  RevertSummary(
    "Annullate le modifiche di [[Special:Contributions/Zar|Zar]] ([[User talk:Zar|discussione]]), riportata alla versione precedente di [[User:Ada|Ada]]",
    .rollback, "Zar"),
  RevertSummary("Desfeita a edição 43362580 de [[Special:Contribs/Jordi|Jordi]]", .undo, "Jordi", 43_362_580),
  RevertSummary(
    "Foram [[WP:REV|revertidas]] as edições de [[Special:Contributions/179.214.166.132|179.214.166.132]] (usando [[WP:H|Huggle]])",
    .rollback, "179.214.166.132"),
  RevertSummary(
    "[[ВП:×|отмена]] правки 128095393 участника [[Special:Contribs/Иван|Иван]] ([[UT:Иван|обс.]]) не так", .undo,
    "Иван", 128_095_393),
  RevertSummary(
    "[[ВП:Откат|откат]] правок [[Special:Contribs/95.55.19.38|95.55.19.38]] ([[UT:95.55.19.38|обс.]]) к версии Пётр",
    .rollback, "95.55.19.38"),
  RevertSummary(
    "Скасування редагування № 16729915 користувача [[Special:Contribs/Roman|Roman]] ([[User talk:Roman|обговорення]])",
    .undo, "Roman", 16_729_915),
  RevertSummary(
    "[[ВП:ШВ|Відкинуто]] редагування [[Special:Contributions/188.162.40.23|188.162.40.23]] до зробленого Оксана",
    .rollback, "188.162.40.23"),
  RevertSummary(
    "[[Special:Contributions/119.224.209.170|119.224.209.170]] ([[User talk:119.224.209.170|会話]]) による ID:56814486 の版を[[H:RV|取り消し]]",
    .undo, "119.224.209.170", 56_814_486),
  RevertSummary(
    "[[Special:Contributions/Neko|Neko]] ([[User talk:Neko|会話]]) による版 [[Special:Diff/918000396|918000396]] を取り消し",
    .undo, "Neko", 918_000_396),
  RevertSummary(
    "[[Special:Contributions/Neko|Neko]] ([[User talk:Neko|会話]]) による編集を [[User:Inu|Inu]] による直前の版へ差し戻しました", .rollback,
    "Neko"),
  RevertSummary(
    "[[Special:Contributions/Neko|Neko]]([[User talk:Neko|会話]])による ID:56800748 の版へ[[H:RV|差し戻し]] ([[WP:POP|ポップアップ]]使用)",
    .restore, "Neko", 56_800_748),
  RevertSummary(
    "[[WP:UNDO|撤销]][[Special:Contributions/Li|Li]]（[[User talk:Li|讨论]]）的版本73699140", .undo, "Li", 73_699_140),
  RevertSummary("回退[[Special:Contributions/Li|Li]] ([[User talk:Li|讨论]])做出的 1 次编辑，到由Wang做出的前一个修订版本", .rollback, "Li"),
  RevertSummary(
    "取消[[Special:Contributions/219.77.217.132|219.77.217.132]]（[[User talk:219.77.217.132|对话]]）的编辑；更改回[[Special:Contributions/Wang|Wang]]的最后一个版本",
    .rollback, "219.77.217.132"),
  RevertSummary(
    "Anulowanie wersji 43591873 autora [[Special:Contributions/94.254.133.28|94.254.133.28]] ([[User talk:94.254.133.28|dyskusja]])",
    .undo, "94.254.133.28", 43_591_873),
  RevertSummary(
    "Wycofano edycje użytkownika [[Special:Contributions/Jan|Jan]] ([[User talk:Jan|dyskusja]]). Autor przywróconej wersji to [[User:Ola|Ola]].",
    .rollback, "Jan"),
  RevertSummary(
    "Versie 44880547 van [[Special:Contributions/145.53.180.22|145.53.180.22]] ([[User talk:145.53.180.22|overleg]]) ongedaan gemaakt.",
    .undo, "145.53.180.22", 44_880_547),
  RevertSummary(
    "استرجاع تعديلات [[خاص:مساهمات/Zed|Zed]] ([[نقاش المستخدم:Zed|نقاش]]) حتى آخر نسخة بواسطة [[مستخدم:Omar|Omar]]",
    .rollback, "Zed"),
  RevertSummary(
    "[[مساعدة:تراجع|الرجوع]] عن تعديل معلق واحد من [[خاص:مساهمات/Zed|Zed]] إلى نسخة 60111957 من MenoBot.", .undo, "Zed",
    60_111_957),
  RevertSummary(
    "خنثی‌سازی ویرایش 15938386 توسط [[Special:Contributions/Ali|Ali]] ([[User talk:Ali|بحث]])", .undo, "Ali", 15_938_386),
  RevertSummary(
    "ویرایش [[Special:Contributions/2.181.200.246|2.181.200.246]] ([[User talk:2.181.200.246|بحث]]) به آخرین تغییری که [[User:Bot|Bot]] انجام داده بود واگردانده شد",
    .rollback, "2.181.200.246"),
  RevertSummary(
    "ביטול גרסה 17468822 של [[Special:Contributions/Dana|Dana]] ([[User talk:Dana|שיחה]])", .undo, "Dana", 17_468_822),
  RevertSummary(
    "Gjorde version 31234567 av [[Special:Contributions/Nils|Nils]] ([[User talk:Nils|diskussion]]) ogjord", .undo,
    "Nils", 31_234_567),
  RevertSummary(
    "Fjerner version 8286502 af [[Speciel:Bidrag/188.114.136.28|188.114.136.28]] ([[Brugerdiskussion:188.114.136.28|diskussion]])",
    .undo, "188.114.136.28", 8_286_502),
  RevertSummary(
    "Gendannelse til seneste version ved [[Bruger:Kaj|Kaj]], fjerner ændringer fra [[Bruger:Bo|Bo]] ([[Brugerdiskussion:Bo|diskussion]] | [[Speciel:Bidrag/Bo|bidrag]])",
    .rollback, "Bo"),
  RevertSummary(
    "Kumottu muokkaus 15206935, jonka teki [[Special:Contributions/85.76.98.53|85.76.98.53]] ([[User talk:85.76.98.53|keskustelu]])",
    .undo, "85.76.98.53", 15_206_935),
  RevertSummary(
    "Käyttäjän [[Special:Contributions/Juha|Juha]] ([[User talk:Juha|keskustelu]]) muokkaukset kumottiin ja sivu palautettiin viimeisimpään",
    .rollback, "Juha"),
  RevertSummary(
    "Visszavontam [[Special:Contributions/Éva|Éva]] ([[User talk:Éva|vita]]) szerkesztését (oldid: 16528145)", .undo,
    "Éva", 16_528_145),
  RevertSummary(
    "Editace uživatele [[Special:Contributions/89.176.47.123|89.176.47.123]] ([[User talk:89.176.47.123|diskuse]]) vráceny do předchozího stavu, jehož autorem je [[User:Jan|Jan]]",
    .rollback, "89.176.47.123"),
  RevertSummary(
    "[[Kullanıcı:Afak|Afak]] ([[Kullanıcı mesaj:Afak|mesaj]]) tarafından yapılan 29129520 sayılı değişiklik geri alınıyor.",
    .undo, "Afak", 29_129_520),
  RevertSummary(
    "[[특:기여/61.99.87.217|61.99.87.217]]([[User talk:61.99.87.217|토론]])의 14801796판 편집을 되돌림", .undo, "61.99.87.217",
    14_801_796),
  RevertSummary(
    "Membatalkan revisi 21535646 oleh [[Istimewa:Kontribusi pengguna/Budi|Budi]]", .undo, "Budi", 21_535_646),
  RevertSummary(
    "Đã lùi lại sửa đổi 21535646 của [[Special:Contributions/Minh|Minh]] ([[User talk:Minh|Thảo luận]])", .undo, "Minh",
    21_535_646),
  RevertSummary(
    "Đã lùi lại sửa đổi của [[Special:Contributions/223.136.42.91|223.136.42.91]] ([[User talk:223.136.42.91|Thảo luận]]) quay về phiên bản cuối của [[User:An|An]]",
    .rollback, "223.136.42.91"),
  RevertSummary(
    "Es desfà la revisió 15766614 de [[Special:Contributions/Lep|Lep]] ([[User talk:Lep|Discussió]])", .undo, "Lep",
    15_766_614),
  RevertSummary(
    "Revertides les edicions de [[Special:Contributions/37.133.49.110|37.133.49.110]] ([[User talk:37.133.49.110|discussió]]) a l'última versió de [[User:Pau|Pau]]",
    .rollback, "37.133.49.110"),
  RevertSummary(
    "Anularea modificării 9973898 făcute de [[Special:Contributions/5.14.237.107|5.14.237.107]]", .undo, "5.14.237.107",
    9_973_898),
  RevertSummary(
    "Враћене измене [[Special:Contribs/178.149.247.197|178.149.247.197]] ([[User talk:178.149.247.197|разговор]]) на последњу измену корисника Bokim",
    .rollback, "178.149.247.197"),
  RevertSummary(
    "Desfíxose a edición 3656601 de [[Especial:Contribucións/Xan|Xan]] ([[Conversa usuario:Xan|conversa]])", .undo,
    "Xan", 3_656_601),
  RevertSummary("ยกเลิกการแก้ไขที่ 1234567 โดย [[Special:Contributions/Som|Som]]", .undo, "Som", 1_234_567),
]

/// Summaries of tools and of Wikibase, and the editors' own words.
private let conventions: [RevertSummary] = [
  RevertSummary("/* undo:0||1819065813|141.62.173.150 */", .undo, "141.62.173.150", 1_819_065_813),
  RevertSummary("/* restore:0||1819065813|Ksc~ruwiki */ vandalism", .restore, "Ksc~ruwiki", 1_819_065_813),
  RevertSummary("/* rollback:0||1819065813|A B */", .rollback, "A B", 1_819_065_813),
  RevertSummary("/* undo:0| */", .undo),
  RevertSummary(
    "Reverted [[WP:AGF|good faith]] edits by [[Special:Contributions/Ann|Ann]] ([[User talk:Ann|talk]]): unsourced",
    .rollback, "Ann"),
  RevertSummary(
    "Reverted to revision 680618219 by [[Special:Contributions/Jim|Jim]] ([[User talk:Jim|talk]]): Rvb. ([[WP:TW|TW]])",
    .restore, "Jim", 680_618_219),
  RevertSummary(
    "Restored revision 1135594323 by [[Special:Contributions/Jim|Jim]] ([[User talk:Jim|talk]])", .restore, "Jim",
    1_135_594_323),
  RevertSummary(
    "Restoring revision 1135594323 by Blaze Fox: rvv [[w:en:WP:RW|(RW 16.1)]]", .restore, "Blaze Fox", 1_135_594_323),
  RevertSummary(
    "Revert to revision 680703805 dated 2015-09-12 17:00:22 by Wen using [[:en:Wikipedia:Tools/Navigation_popups|popups]]",
    .restore, "Wen", 680_703_805),
  RevertSummary(
    "Reverted 2 pending edits to revision 680318701 by 173.206.84.241: Unsourced", .restore, "173.206.84.241",
    680_318_701),
  RevertSummary(
    "[[Help:Reverting|Reverted]] edits by [[Special:Contributions/2001:db8::7|2001:db8::7]] ([[User talk:2001:db8::7|talk]]) [[WP:HG|(HG)]] (3.4.12)",
    .rollback, "2001:db8::7"),
  RevertSummary(
    "Reverting possible vandalism by [[Special:Contribs/70.199.193.27|70.199.193.27]] to version by Bk. Thanks, [[WP:CBNG|ClueBot NG]]. (2345196) (Bot)",
    .rollback, "70.199.193.27"),
  RevertSummary(
    "BOT--Reverting link addition(s) by [[:en:Special:Contributions/103.3.224.174|103.3.224.174]] to revision 678878536",
    .rollback, "103.3.224.174", 678_878_536),
  RevertSummary(
    "Bot: Rv. edic. de [[Special:Contributions/195.216.212.34|195.216.212.34]] ([[User talk:195.216.212.34|disc.]])",
    .rollback, "195.216.212.34"),
  RevertSummary(
    "Die letzte Textänderung von [[Spezial:Beiträge/77.3.125.160|77.3.125.160]] wurde verworfen und die Version 137972318 von 79.227.8.61 wiederhergestellt.",
    .restore, "77.3.125.160", 137_972_318),
  RevertSummary(
    "Änderungen von [[Spezial:Beiträge/Eva|Eva]] ([[Benutzer Diskussion:Eva|Diskussion]]) rückgängig gemacht ([[Wikipedia:Huggle|HG]])",
    .rollback, "Eva"),
  RevertSummary(
    "Ripristino alla versione 75046745 datata 2015-09-08 10:13:07 di Martin tramite [[Aiuto:Popup|popup]]", .restore,
    nil, 75_046_745),
  RevertSummary(
    "Révocation (retour à la version antérieure à la version 118577831 du 2015-09-12 14:51:20 par 93.15.221.210)",
    .restore, nil, 118_577_831),
  RevertSummary("rv", .manual), RevertSummary("Rv", .manual), RevertSummary("RV", .manual),
  RevertSummary("rvv", .manual),
  RevertSummary("rvt - POV, take to talk", .manual),
  RevertSummary("rv: spam", .manual), RevertSummary("rv, not by a long-shot", .manual),
  RevertSummary("partial rv - per sources", .manual),
  RevertSummary("tweaked; rv deprecated template", .manual), RevertSummary("no source. RV long opinion essay", .manual),
  RevertSummary("rv荒らし", .manual),
  RevertSummary("/* History */ rv to 20:00, 8 September", .manual), RevertSummary("(rv)", .manual),
  RevertSummary("rvv, punctuation", .manual),
  RevertSummary("revert", .manual), RevertSummary("Revert, incomplete", .manual),
  RevertSummary("reverted unexplained change", .manual),
  RevertSummary("undo tautology, see Talk", .manual), RevertSummary("Undid the last change", .manual),
  RevertSummary("undoing, take this to talk", .manual),
  RevertSummary("Reverting edits by [[User:Boe|Boe]] - unsourced", .rollback, "Boe"),
  RevertSummary("rollback, retain links", .rollback),
  RevertSummary("rolled back to the sourced text", .rollback), RevertSummary("restored last good version", .restore),
  RevertSummary("restore to earlier version, see talk", .restore), RevertSummary("Вандализм. Откат", .manual),
  RevertSummary("отмена: не надо", .manual),
  RevertSummary("Откат", .manual), RevertSummary("差し戻し", .manual), RevertSummary("回退", .manual),
  RevertSummary("revertiert, Erklärung fehlt", .manual),
  RevertSummary("Nur Spam, rückgängig gemacht", .undo),
  RevertSummary("rv [[Special:Diff/123456789|diff]]", .manual, nil, 123_456_789),
  RevertSummary("rv vandalism by [[User:Eve|Eve]]", .manual, "Eve"), RevertSummary("rv 123456789", .manual),
]

/// Summaries that tell of no revert by this edit.
private let negatives: [RevertSummary] = [
  "", "r", "rv/h", "revised", "reversed list order", "reverse merge", "restore image?", "restored links to articles",
  "restoring correct cover",
  "rvs parked", "curve", "8 rv/h n:3", "Bot: s'ha actualitzat el nivell. (8 rv/h n:3)", "undone is a song",
  "undo/redo buttons",
  "revert-war section", "self-revert", "rv self", "Reverted my own edit", "undo self",
  "Notification of good faith revert found using STiki",
  "bot : annonce de révocation sur [[Aaya]]", "BOT - Notifying user of reverted link additions to [[A]]",
  "Welcome, edit reverted",
  "/* Votre modification sur « X » a été annulée */ signature", "/* Hey -- about rollback */ new section",
  "/* Rollback */", "/* rv */",
  "typo(s) fixed: reverted back → reverted", "bot: notificação de reversão em [[X]]",
  "Aviso com [[WP:RA|Reversão e avisos]].",
  "added 2 undid facts", "please undo or I will", "/* wbsetclaim-create:2||1 */ [[Property:P1477]]: Undoer",
  "The reverted hypothesis",
  "new RV model", "Änderungen von Formatierung", "Versie toegevoegd", "取消链接", "update 1234567",
  "Robot inserts {{Commonscat}} roller hockey",
  "conserved", "prevv", "restoration of the church", "arv", "rvx", "取り消し線を追加", "Aによる発言に取り消し線", "posledné úpravy článku",
].map { RevertSummary($0, nil) }

private func expect(_ summary: RevertSummary) {
  let found = recognize(summary.text)
  #expect(found.kind == summary.kind)
  #expect(found.user == summary.user)
  #expect(found.revision == summary.revision)
}

@Suite struct RevertRecognizerTests {
  @Test("Summaries that MediaWiki writes", arguments: generated) func generatedSummaries(_ summary: RevertSummary) {
    expect(summary)
  }

  @Test("Conventions of tools and editors", arguments: conventions) func conventionalSummaries(_ summary: RevertSummary)
  {
    expect(summary)
  }

  @Test("Summaries of other edits", arguments: negatives) func otherSummaries(_ summary: RevertSummary) {
    expect(summary)
  }

  @Test("Every phrase is recognised, as what it stands for")
  func everyPhrase() {
    for example in RevertRecognizer.examples {
      #expect(recognize(example.summary).kind == example.kind, "\(example.summary)")
    }
    #expect(RevertRecognizer.examples.count > 400)
  }

  @Test("No summary traps, however it is cut") func cutSummaries() {
    for summary in generated + conventions {
      let bytes = Array(summary.text.utf8)
      for end in stride(from: 0, through: bytes.count, by: 3) {
        bytes[..<end].withUnsafeBytes { _ = recognizer.revert($0) }
        bytes[(bytes.count - end)...].withUnsafeBytes { _ = recognizer.revert($0) }
      }
    }
  }
}
