/// The phrases of one language, in the order in which they are tried.
struct RevertPhrases {
  var undo: [String] = []
  var rollback: [String] = []
  var restore: [String] = []
  var manual: [String] = []
  var abbreviations: [String] = []

  var phrases: [RevertPhrase] {
    rollback.flatMap { RevertPhrase.variants($0, .rollback, .anywhere) }
      + undo.flatMap { RevertPhrase.variants($0, .undo, .anywhere) }
      + restore.flatMap { RevertPhrase.variants($0, .restore, .anywhere) }
      + manual.flatMap { RevertPhrase.variants($0, .manual, .clause) }
      + abbreviations.map { RevertPhrase($0, .manual, .abbreviation) }
  }

  /// Every phrase of every language.
  static let all: [RevertPhrase] = englishClauses + (languages + moreLanguages).flatMap(\.phrases)

  /// English summaries whose beginning alone is an ordinary word: read only where a clause begins.
  private static let englishClauses: [RevertPhrase] =
    [
      "reverted … edits by", "reverted … edit by", "reverting … edits by", "reverting … edit by", "revert … edits by",
      "reverting … vandalism by", "reverted … vandalism by", "reverting … addition(s) by", "rolled back",
      "rolling back",
      "rollback",
    ].map { RevertPhrase($0, .rollback, .clause) }
    + [
      "restored … revision", "restored … version", "restoring … revision", "restoring … version", "restore … revision",
      "restore … version", "reverted … to revision", "reverted … to version", "reverted … to last",
      "revert … to revision", "revert … to version", "reverting … to revision", "reverting … to version",
      "back to revision",
    ].map { RevertPhrase($0, .restore, .clause) }

  /// The languages of the largest wikis. Sources: MediaWiki's messages undo-summary, revertpage and their variants, the wikis' own
  /// wording of them, Huggle, Twinkle, popups, FlaggedRevs, LiveRC and STiki.
  private static let languages: [RevertPhrases] = [
    // English, and the abbreviations that every language uses
    RevertPhrases(
      undo: ["undid revision", "undo revision", "undid … [[special:diff/", "undoing revision"],
      rollback: [
        "undid edits by", "undid edit by", "reverted edits by", "reverted # edit", "reverted good faith edit",
      ],
      manual: [
        "revert", "reverts", "reverted", "reverting", "undo", "undid", "undoing", "partial revert",
        "partially reverted",
      ],
      abbreviations: ["rv", "rvv", "rvt", "rv/v", "rvvand", "revvandal"]),
    // German
    RevertPhrases(
      undo: ["rückgängig gemacht"],
      rollback: [
        "Änderungen von … rückgängig gemacht", "Änderungen von … zurückgesetzt", "Änderung von … zurückgesetzt",
        "Bearbeitungen von … zurückgesetzt",
      ],
      restore: [
        "Textänderung … verworfen und die Version", "Textänderungen … verworfen und die Version",
        "auf Version … zurückgesetzt", "zurückgesetzt auf Version", "Version … wiederhergestellt",
      ],
      manual: ["revertiert", "rückgängig", "zurückgesetzt", "Vandalismus revertiert"]),
    // French
    RevertPhrases(
      undo: [
        "Annulation de la modification", "Annulation de la révision", "Annulation des modifications",
        "Annulation de la [[special:diff", "Annulation de la [[spécial:diff", "Annulation des révisions",
      ],
      rollback: [
        "Révocation des modifications de", "Annulation des modifications de [[", "Révocation de la modification de",
        "Révocation de vandalisme",
        "Révocation du vandalisme", "modifications de … révoquées",
      ],
      restore: ["Révocation (retour", "Retour à la version", "Restauration de la version"],
      manual: [
        "annulation", "révocation", "révoqué", "annulé", "rétablissement version", "rétablissement de la version",
      ]),
    // Spanish
    RevertPhrases(
      undo: [
        "Deshecha la edición", "Deshecha la [[especial:diff", "Deshecha la revisión", "Deshecha la [[special:diff",
      ],
      rollback: [
        "Revertidos los cambios de", "Revertidas las ediciones de", "Revertida la edición de", "Revertidas # ediciones",
        "Revertidos # cambios", "Reversión de las ediciones de",
      ],
      restore: [
        "Revertido a la última", "Revertido a la revisión", "Revertido a la versión", "Restaurada la revisión",
        "Restaurada la versión", "Restaurando la versión",
      ],
      manual: ["revertido", "revertida", "revertidos", "revierto", "revirtiendo", "reversión", "deshago", "deshecho"]),
    // Italian
    RevertPhrases(
      undo: [
        "Annullata la modifica", "Annullata la [[speciale:diff", "Annullata la [[special:diff",
        "Annullata una modifica",
      ],
      rollback: ["Annullate le modifiche", "Annullate # modifiche", "Annullata la modifica di"],
      restore: ["Ripristino alla versione", "Ripristinata la versione", "Ripristino della versione"],
      manual: ["annullato", "annullata", "annullo", "annullamento", "ripristino versione", "ripristinata versione"]),
    // Portuguese
    RevertPhrases(
      undo: ["Desfeita a edição", "Desfeita a [[especial:diff", "Desfeita a [[special:diff", "Foi desfeita a edição"],
      rollback: [
        "Desfeita(s) uma ou mais edições", "Desfeitas as edições", "Revertidas as edições",
        "Foram revertidas as edições",
        "Revertida a edição", "Revertidas edições por", "Revertidas edições de", "Reversão de uma ou mais edições",
        "Revertidas # edições",
        "Revertidas para a última revisão",
      ],
      restore: ["Restaurada a revisão", "Restaurada a versão", "Revertido para a última", "Revertido para a versão"],
      manual: ["revertido", "revertida", "revertendo", "reverti", "desfeito", "desfazendo", "reversão de"]),
    // Russian
    RevertPhrases(
      undo: ["отмена правки", "отмена правок", "отменена правка", "отмена версии"],
      rollback: ["откат правок", "откат правки", "откат изменений", "откат к версии"],
      restore: ["отклонено последнее", "отклонены последние", "восстановлена версия", "возврат к версии"],
      manual: ["отмена", "отменил", "отменено", "откат", "откатил", "откачено", "отм.", "откат вандализма"]),
    // Ukrainian
    RevertPhrases(
      undo: ["скасування редагування", "скасовано редагування", "скасування правки"],
      rollback: ["відкинуто редагування", "відкинуті редагування", "редагування … відкинуто", "відкіт редагувань"],
      restore: ["повернення до версії", "повернуто до версії", "відновлено версію"],
      manual: ["скасування", "скасовано", "відкинуто", "відкіт", "відкочено"]),
    // Japanese
    RevertPhrases(
      undo: ["による版 … を取り消し", "版を取り消し", "編集を取り消し"],
      rollback: ["による編集を … 差し戻し", "による版を … 巻き戻し", "巻き戻し", "による版に差し戻し"],
      restore: ["版へ差し戻し", "版に差し戻し", "版へ戻し", "版に戻し"],
      manual: ["差し戻し", "差戻し", "リバート", "荒らしの差し戻し"]),
    // Chinese
    RevertPhrases(
      undo: [
        "撤销 … 的版本", "撤銷 … 的版本", "撤销 … 的编辑", "撤銷 … 的編輯", "撤销 … 修订", "撤銷 … 修訂", "取消 … 的版本",
        "取消 … 所作出的修订",
      ],
      rollback: ["回退 … 做出的", "回退 … 的编辑", "回退 … 的編輯", "取消 … 更改回", "还原 … 的编辑", "還原 … 的編輯", "回退[["],
      restore: ["回退到由", "回退到修订", "恢复到 … 版本", "恢復到 … 版本", "還原到 … 版本", "还原到 … 版本"],
      manual: ["回退", "撤销", "撤銷", "还原", "還原", "回復破壞", "恢复破坏"]),
  ]
}
