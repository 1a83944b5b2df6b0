internal import Hashing

/// The comments of edits. Reverts have MediaWiki's own words for undo, rollback and restore in each language, and people's.
enum Comments {
  /// A template for an edit that is no revert.
  static func edit(_ wiki: Wiki, _ random: inout Xoshiro256StarStar) -> CommentTemplate {
    let choices =
      switch wiki.kind {
      case .data: data
      case .media: media
      case .dictionary, .encyclopedia, .meta:
        random.next(below: 100) < 55 ? common : free[wiki.language.rawValue]
      }
    return choices[random.next(below: choices.count)]
  }

  /// A template for an edit that undoes others' work.
  static func revert(_ language: Language, _ random: inout Xoshiro256StarStar) -> CommentTemplate {
    let own = reverts[language.rawValue]
    // One in four is by hand, and one in eight in English wherever it is.
    if random.next(below: 4) == 0 { return manual[random.next(below: manual.count)] }
    let choices = own.isEmpty || random.next(below: 8) == 0 ? reverts[Language.english.rawValue] : own
    return choices[random.next(below: choices.count)]
  }

  /// Comments of vandals.
  static let vandal = templates([
    "", "", "fixed", "lol", "hahaha", "truth", "/* {s} */ corrected lies", "he is a clown!!!", "asdf",
  ])

  /// The comment of somebody who puts one link into many pages.
  static let spam = CommentTemplate("/* External links */ added useful resource best-deals-{n}.example")

  static let added = CommentTemplate("[[:{t}]] added to category")
  static let removed = CommentTemplate("[[:{t}]] removed from category")
  static let included = CommentTemplate(
    "[[:{t}]] added to category, [[Special:WhatLinksHere/{t}|this page is included within other pages]]")

  private static func templates(_ texts: [String]) -> [CommentTemplate] { texts.map { CommentTemplate($0) } }

  private static let data = templates([
    "/* wbsetclaim-create:2||1 */ [[Property:P{p}]]: [[{q}]], [[:toollabs:quickstatements/#/batch/{n}|batch #{n}]]",
    "/* wbeditentity-update-languages-short:0||nl, fr, de */ label/description in several languages, #{n}",
    "/* wbsetreference-add:2| */ [[Property:P{p}]]: [[{q}]], see [[Special:Diff/{r}|diff]]",
    "/* wbcreateclaim-create:1| */ [[Property:P{p}]]: https://www.example.org/authority/{n}/{n}, #quickstatements",
    "/* wbsetdescription-add:1|en */ scientific article of volume {n}", "/* wbsetlabel-add:1|mul */ {t}",
    "/* wbmergeitems-from:0||{q} */ duplicate of [[{q}]]",
    "/* wbeditentity-update:0| */ importing from [[Q{n}|catalogue]]",
  ])

  private static let media = templates([
    "/* wbeditentity-statements-multiple-properties-add:0||6 */ automatically adding [[Commons:Structured data|structured data]] "
      + "based on file information",
    "Uploaded a work by {u} from own work with [[Commons:UploadWizard|UploadWizard]]",
    "Adding [[Category:Taken with Camera {n}]] based on EXIF data. [[User talk:{u}|Report a bug]]",
    "Moving from [[Category:Unidentified locations]] to [[Category:{s}]] using [[c:Help:Cat-a-lot|Cat-a-lot]]",
    "/* wbcreateclaim-create:1| */ [[Property:P180]]: [[{q}]]", "/* {{int:license-header}} */", "Added location, {n} m",
    "[[Commons:Bots|Bot]]: fixing date format, see [[Commons:Village pump|discussion]] & <code>{{own}}</code>",
  ])

  private static let common = templates([
    "", "", "", "/* {s} */", "/* {s} */", "/* {s} */ ce", "/* {s} */ +1", "/* {s} */ Reply", "/* {s} */ typo", "+",
    "ref",
    "[[WP:AES|←]]Created page with '{{stub}}'", "/* {s} */ [[Help:Link|link]] fix — see [[{t}#{s}|talk]]",
    "Adding short description: \"{s} of {t}\" ([[Wikipedia:Shortdesc helper|Shortdesc helper]])",
    "Rescuing {n} sources and tagging 0 as dead.) #IABot (v2.0.9.5", "recat, +[[Category:{s}]]",
  ])

  private static let free: [[CommentTemplate]] = Language.allCases.map { language in
    switch language {
    case .english:
      templates([
        "fixed typo", "added a citation", "copyedit; trimmed \"per source\"", "update infobox to {n}",
        "clean up, replaced: was → is ({n})",
        "expand section with [[WP:RS|sources]]", "+1 😀", "image: C:\\maps\\old.png replaced 🗺️",
        "irreversible wording removed",
      ])
    case .german:
      templates([
        "Rechtschreibung & Größe", "Kleinkram", "Beleg ergänzt, siehe [[{t}]]", "Form, Link auf Begriffsklärung ({n})",
      ])
    case .french:
      templates([
        "mise à jour des données « {n} »", "orthographe", "ajout d'une source, voir [[{t}]]", "révision du style",
      ])
    case .spanish:
      templates([
        "corrección ortográfica", "añadida referencia", "actualización de datos: {n}", "revertebrados y mamíferos",
      ])
    case .russian: templates(["добавлена ссылка", "орфография", "уточнение, см. [[{t}]]", "викификация"])
    case .japanese: templates(["出典を追加", "誤字修正", "加筆 [[{t}]]"])
    case .chinese: templates(["修正错别字", "添加来源", "更新数据 {n}"])
    case .italian: templates(["correzione ortografica", "aggiunta fonte", "aggiornamento {n}"])
    case .polish: templates(["drobne redakcyjne", "dodano źródło", "uzupełnienie, zob. [[{t}]]"])
    case .portuguese: templates(["correção ortográfica", "adicionada fonte", "atualização: {n}"])
    case .arabic: templates(["إضافة مصدر", "تدقيق إملائي", "تحديث {n}"])
    case .hebrew: templates(["הוספת מקור", "תיקון קל", "עדכון {n}"])
    }
  }

  private static let manual = templates([
    "rv", "rvv", "rv vandalism", "revert vandalism by {v}",
    "Reverted 1 edit by [[Special:Contributions/{v}|{v}]] ([[User talk:{v}|talk]])",
    "/* {s} */ rv, unsourced", "reverting to last good version",
  ])

  private static let reverts: [[CommentTemplate]] = Language.allCases.map { language in
    switch language {
    case .english:
      templates([
        "Undid revision [[Special:Diff/{r}|{r}]] by [[Special:Contributions/{v}|{v}]] ([[User talk:{v}|talk]])",
        "Reverted edits by [[Special:Contributions/{v}|{v}]] ([[User talk:{v}|talk]]) to last version by {u}",
        "Reverted {n} edits by [[Special:Contributions/{v}|{v}]] ([[User talk:{v}|talk]]) to last revision by {u}: test edits",
        "Restored revision {r} by [[Special:Contributions/{u}|{u}]] ([[User talk:{u}|talk]]): unexplained removal",
      ])
    case .german:
      templates([
        "Änderung {r} von [[Special:Contributions/{v}|{v}]] rückgängig gemacht;",
        "Änderungen von [[Special:Contributions/{v}|{v}]] ([[User talk:{v}|Diskussion]]) auf die letzte Version von "
          + "[[User:{u}|{u}]] zurückgesetzt",
      ])
    case .french:
      templates([
        "Annulation de la modification {r} de [[Special:Contributions/{v}|{v}]] ([[User talk:{v}|d]])",
        "Révocation des modifications de [[Special:Contributions/{v}|{v}]] (retour à la dernière version de [[User:{u}|{u}]])",
      ])
    case .spanish:
      templates([
        "Deshecha la edición {r} de [[Special:Contributions/{v}|{v}]] ([[User talk:{v}|disc.]])",
        "Revertidos los cambios de [[Special:Contributions/{v}|{v}]] ([[User talk:{v}|disc.]]) a la última edición de [[User:{u}|{u}]]",
      ])
    case .russian:
      templates([
        "отмена правки {r}, сделанной [[Special:Contributions/{v}|{v}]] ([[User talk:{v}|обс.]])",
        "откат правок [[Special:Contributions/{v}|{v}]] ([[User talk:{v}|обс.]]) к версии [[User:{u}|{u}]]",
      ])
    case .japanese:
      templates(["[[Special:Contributions/{v}|{v}]] ([[User talk:{v}|会話]]) による版 [[Special:Diff/{r}|{r}]] を取り消し"])
    case .chinese: templates(["撤销[[Special:Contributions/{v}|{v}]]（[[User talk:{v}|讨论]]）的版本{r}"])
    case .italian:
      templates(["Annullata la modifica {r} di [[Special:Contributions/{v}|{v}]] ([[User talk:{v}|discussione]])"])
    case .polish:
      templates(["Anulowanie wersji {r} autorstwa [[Special:Contributions/{v}|{v}]] ([[User talk:{v}|dyskusja]])"])
    case .portuguese:
      templates(["Desfeita a edição {r} de [[Special:Contributions/{v}|{v}]] ([[User talk:{v}|discussão]])"])
    case .arabic, .hebrew: []
    }
  }
}
