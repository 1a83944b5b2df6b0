/// What MediaWiki's languages call the pages and namespaces that revert summaries link to; small ASCII letters, blanks
/// for underscores.
enum LocalNames {
  /// `Special:Contributions`.
  static let contributions = names([
    "contributions", "contribs", "beiträge", "contribuciones", "contribuições", "contributi", "contribucions",
    "contribucións", "contribuții", "вклад", "внесок", "投稿記録", "用户贡献", "用戶貢獻", "使用者貢獻", "مساهمات", "مشارکت‌ها",
    "مشارکت ها", "bijdragen", "wkład", "bidrag", "användarbidrag", "muokkaukset", "기여", "katkılar", "đóng góp",
    "תרומות",
    "příspěvky", "príspevky", "szerkesztő közreműködései", "közreműködések", "kontribusi", "kontribusi pengguna",
    "sumbangan", "doprinosi", "доприноси", "приноси", "придонеси", "συνεισφορές", "prispevki", "kaastöö", "devindis",
    "indėlis", "ieguldījums", "योगदान", "অবদান", "เรื่องที่เขียน",
  ])

  /// The user namespace, in its grammatical genders.
  static let user = names([
    "user", "u", "benutzer", "benutzerin", "utilisateur", "utilisatrice", "usuario", "usuaria", "usuário", "usuária",
    "utente", "usuari", "usuària", "usuaria", "utilizator", "участник", "участница", "у", "користувач", "користувачка",
    "利用者", "用户", "用戶", "使用者", "مستخدم", "مستخدمة", "کاربر", "gebruiker", "wikipedysta", "wikipedystka", "användare",
    "bruger", "bruker", "käyttäjä", "사용자", "kullanıcı", "thành viên", "משתמש", "משתמשת", "uživatel", "uživatelka",
    "wikipedista", "wikipedistka", "redaktor", "szerkesztő", "pengguna", "корисник", "корисница", "korisnik",
    "suradnik",
    "suradnica", "потребител", "χρήστης", "uporabnik", "kasutaja", "uzanto", "naudotojas", "dalībnieks", "सदस्य",
    "ব্যবহারকারী",
    "ผู้ใช้",
  ])

  /// Pages whose subpage is a revision.
  static let revisions = names(["diff", "permalink", "permanentlink", "oldid"])

  /// The names, and those that begin with a letter outside ASCII also with a capital.
  private static func names(_ list: [String]) -> [[UInt8]] {
    Set(list + list.map { $0.prefix(1).uppercased() + $0.dropFirst() }.filter { !($0.first?.isASCII ?? true) })
      .sorted().map { Array($0.utf8) }
  }

  /// Whether the bytes in `range` are one of `names`.
  static func contains(_ names: [[UInt8]], _ text: UnsafeRawBufferPointer, _ range: Range<Int>) -> Bool {
    names.contains { name in
      name.count == range.count
        && zip(name, range).allSatisfy { byte, position in
          byte == asciiLowercased(text[position]) || (byte == 0x20 && text[position] == 0x5f)
        }
    }
  }
}
