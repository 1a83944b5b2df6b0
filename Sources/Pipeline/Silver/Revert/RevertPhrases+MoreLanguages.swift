extension RevertPhrases {
  /// Further languages; sources as for the largest.
  static let moreLanguages: [RevertPhrases] = [
    // Polish
    RevertPhrases(
      undo: ["Anulowanie wersji", "Anulowano wersję", "Anulowanie edycji"],
      rollback: ["Wycofano edycje", "Wycofano edycję", "Wycofano ostatni", "Wycofano zmiany", "Wycofano # edycj"],
      restore: ["Przywrócono wersję", "Przywrócenie wersji", "Przywrócono przedostatnią"],
      manual: ["rewert", "anulowanie", "anulowano", "wycofanie", "wycofano", "cofnięcie"]),
    // Dutch
    RevertPhrases(
      undo: ["ongedaan gemaakt"],
      rollback: [
        "Wijzigingen door … teruggedraaid", "Wijzigingen door … hersteld", "Bewerkingen door … teruggedraaid",
        "Wijzigingen van … hersteld", "Wijziging door … hersteld",
      ],
      restore: ["Teruggeplaatst naar versie", "Versie … teruggeplaatst", "hersteld tot de laatste versie"],
      manual: ["teruggedraaid", "terugdraaien", "ongedaan maken", "vandalisme teruggedraaid"]),
    // Arabic
    RevertPhrases(
      undo: [
        "الرجوع عن التعديل", "الرجوع عن تعديل", "الرجوع عن # تعديل", "تراجع عن تعديل", "التراجع عن التعديل",
        "إلغاء التعديل",
      ],
      rollback: ["استرجاع تعديلات", "استرجع تعديلات", "استرجاع تعديل"],
      restore: ["استعادة المراجعة", "استعادة نسخة", "استرجاع إلى نسخة"],
      manual: ["استرجاع", "تراجع عن", "الرجوع عن"]),
    // Persian
    RevertPhrases(
      undo: ["خنثی‌سازی ویرایش", "خنثی سازی ویرایش", "خنثی‌سازی نسخه"],
      rollback: ["ویرایش … واگردانده", "ویرایش‌های … واگردانده", "ویرایش‌های … واگردانی شد", "واگردانی خودکار"],
      restore: ["بازگردانی به نسخه", "برگردانده شد به نسخه"],
      manual: ["واگردانی", "خنثی‌سازی", "بازگردانی"]),
    // Hebrew
    RevertPhrases(
      undo: ["ביטול גרסה", "ביטול גירסה", "ביטול עריכה"],
      rollback: ["שוחזר מעריכות של", "שוחזר מעריכה של", "שוחזרה מעריכות"],
      restore: ["שחזור לגרסה", "שוחזר לגרסה"],
      manual: ["שחזור", "שוחזר", "ביטול"]),
    // Swedish
    RevertPhrases(
      undo: ["Gjorde version … ogjord", "Gjorde redigering … ogjord", "Gör version … ogjord"],
      rollback: ["Återställde redigering", "Återställt redigering", "Återställde # redigering", "Rullade tillbaka"],
      restore: ["Återställer till", "Återställde till", "Återställd till version"],
      manual: ["återställer", "återställd", "återställning", "återställt", "tillbakarullning"]),
    // Danish and Norwegian
    RevertPhrases(
      undo: [
        "Fjerner version", "Fjern version", "Fjerner revisjon", "Fjernet revisjon", "Omgjør versjon", "Fjerner versjon",
        "Annullerer version",
      ],
      rollback: [
        "Gendannelse til seneste version ved … fjerner ændringer", "Tilbakestilte endring", "Tilbakestilt endring",
        "Tilbakestilte # endring", "Tilbakeførte endring", "Rullet tilbake", "Tilbagerullet",
      ],
      restore: [
        "Gendannelse til seneste version", "Gendannelse til", "Gjenoppretter revisjon", "Gjenopprettet revisjon",
      ],
      manual: ["tilbakestilte", "tilbakestilt", "tilbakestiller", "tilbageført", "tilbagefører"]),
    // Finnish
    RevertPhrases(
      undo: ["Kumottu muokkaus", "Kumottiin muokkaus", "Kumotaan muokkaus"],
      rollback: ["muokkaukset kumottiin", "muokkaus kumottiin", "Hylättiin viimeisi", "Hylättiin viimeisin"],
      restore: ["palautettiin versio", "Palautettu versio", "Palautettiin versioon"],
      manual: ["kumottu", "kumotaan", "kumosin"]),
    // Hungarian
    RevertPhrases(
      undo: ["Visszavontam", "Visszavonva"],
      rollback: ["Visszaállítottam a lap korábbi", "Visszaállítva a lap korábbi", "Visszavontam az utolsó"],
      restore: ["Visszaállítottam", "Visszaállítva"],
      manual: ["visszavonás", "visszaállítás"]),
    // Czech and Slovak
    RevertPhrases(
      undo: [
        "Zrušena verze", "Zrušení verze", "Rušení verze", "Zrušena editace", "Zrušená verzia", "Zrušenie verzie",
        "Verzia … vrátená",
      ],
      rollback: [
        "Editace uživatel … vráceny do předchozího stavu", "Editace … vráceny do předchozího",
        "Úpravy … vrátené na",
      ],
      restore: ["Obnovení verze", "Obnovena verze", "Vráceno na verzi", "Obnovená verzia"],
      manual: ["vráceno", "vracím", "revertováno", "vrátené"]),
    // Turkish and Azerbaijani
    RevertPhrases(
      undo: ["sayılı değişiklik geri al", "değişikliği geri al", "değişiklik geri al"],
      rollback: [
        "yapılan değişiklikler geri al", "yapılan değişiklik geri al", "değişiklikleri geri al",
        "redaktələri geri qaytarıl",
      ],
      restore: ["sürüme geri dön", "sürümüne geri", "sürüm geri yüklendi"],
      manual: ["geri alındı", "geri alma", "geri alınıyor", "geri qaytarıldı"]),
    // Korean
    RevertPhrases(
      undo: ["판 편집을 되돌", "편집을 취소", "판을 되돌"],
      rollback: ["의 편집을 … 마지막 판으로 되돌", "의 편집을 되돌"],
      restore: ["판으로 되돌", "판으로 복구"],
      manual: ["되돌리기", "되돌림", "되돌렸"]),
    // Indonesian and Malay
    RevertPhrases(
      undo: ["Membatalkan revisi", "Membatalkan semakan", "Membatalkan suntingan berniat baik"],
      rollback: [
        "Suntingan … dibatalkan ke versi", "Suntingan … dikembalikan ke versi", "Mengembalikan suntingan oleh",
        "Membatalkan # suntingan", "Membatalkan suntingan oleh",
      ],
      restore: ["Mengembalikan ke revisi", "Mengembalikan revisi", "dikembalikan ke revisi"],
      manual: ["membatalkan", "mengembalikan", "dikembalikan"]),
    // Vietnamese
    RevertPhrases(
      undo: ["Đã lùi lại sửa đổi #", "Đã hủy sửa đổi", "Đã lùi sửa đổi", "Lùi lại sửa đổi #", "Đã hồi sửa #"],
      rollback: ["Đã lùi lại sửa đổi của", "Đã lùi lại # sửa đổi", "Lùi lại sửa đổi của", "Đã hồi sửa đổi của"],
      restore: ["Đã khôi phục phiên bản", "Khôi phục phiên bản", "quay về phiên bản"],
      manual: ["lùi lại", "lùi sửa", "hồi sửa"]),
    // Catalan and Galician
    RevertPhrases(
      undo: [
        "Es desfà la revisió", "Es desfà l'edició", "Desfeta l'edició", "Desfeta la revisió", "Desfíxose a edición",
        "Desfíxose a revisión",
      ],
      rollback: [
        "Revertides les edicions", "Revertida l'edició", "Rv. edic.", "Reverteronse as edicións",
        "Revertéronse as edicións",
      ],
      restore: ["Revertit a la revisió", "Restaurada la revisió", "Restaurada a revisión", "Es restaura la revisió"],
      manual: ["es desfà", "desfaig", "revertit", "desfaise"]),
    // Romanian
    RevertPhrases(
      undo: ["Anularea modificării", "Anularea modificărilor", "Anulat modificarea"],
      rollback: ["Anulate modificările", "Anulate editările", "Editările … au fost anulate", "Anulat editările"],
      restore: ["Revenire la versiunea", "Restaurat versiunea", "a revenit la ultima versiune"],
      manual: ["anulat", "anulare", "revenire"]),
    // Serbian, Croatian, Bosnian, Slovenian
    RevertPhrases(
      undo: [
        "Поништена измена", "Поништавање измене", "Poništena izmena", "Poništena izmjena", "uklonjena promjena",
        "Razveljavitev redakcije", "Razveljavljena redakcija",
      ],
      rollback: [
        "Враћене измене", "Враћене су измене", "Vraćene izmene", "Vraćene izmjene", "Uklonjene izmjene",
        "uklonjena promjena … vraćeno na posljednju",
        "Vrnjeno urejanje", "Razveljavljena urejanja",
      ],
      restore: ["Враћено на", "Vraćeno na", "Vraćena inačica", "vraćeno na posljednju"],
      manual: ["поништено", "враћено", "poništeno", "vraćeno"]),
    // Bulgarian and Macedonian
    RevertPhrases(
      undo: [
        "Премахната редакция", "Премахване на редакция", "Отмяна на редакция", "Отстрането уредување",
        "Откажано уредувањето",
      ],
      rollback: ["Премахнати редакции", "Премахнати … редакции", "Отстранети уредувања", "Отстрането уредувањето"],
      restore: ["връщане към версия", "Вратено на", "възстановена версия"],
      manual: ["връщане", "отмяна"]),
    // Greek
    RevertPhrases(
      undo: ["Αναίρεση έκδοσης", "Αναίρεση της αναθεώρησης", "Αναίρεση αναθεώρησης"],
      rollback: ["Αναστράφηκαν οι επεξεργασίες", "Αναστροφή της επεξεργασίας", "Αναστροφή επεξεργασι", "Αναστράφηκε"],
      restore: ["Επαναφορά στην έκδοση", "Επαναφορά έκδοσης"],
      manual: ["αναίρεση", "αναστροφή"]),
    // Hindi, Bengali, Thai
    RevertPhrases(
      undo: ["पूर्ववत किया", "বাতিল করেছেন", "সংশোধনটি বাতিল", "ยกเลิกการแก้ไข", "ย้อนการแก้ไขที่"],
      rollback: [
        "के बदलाव वापस", "के संपादनों को हटाकर", "সম্পাদিত সম্পাদনা … ফেরত", "সম্পাদনাগুলি … ফেরত",
        "ย้อนการแก้ไขของ",
      ],
      restore: ["পূর্বাবস্থায় ফেরত", "ย้อนกลับไปรุ่น"]),
    // Estonian, Latvian, Lithuanian, Basque, Esperanto, Armenian
    RevertPhrases(
      undo: [
        "Eemaldatud muudatus", "Tühistati muudatus", "Atcēlu", "Atšauktas … keitimas", "Anuliuotas",
        "berrikuspena desegin",
        "Nuligis version", "Malfaris version", "Հետ է շրջվում",
      ],
      rollback: [
        "Tühistati kasutaja", "Taastatud kasutaja", "Novērsu izmaiņas", "Atmestas … keitimas",
        "-(r)en aldaketak desegin",
        "Restarigis redaktojn", "Forigis redaktojn", "Հետ են շրջվել",
      ],
      restore: ["Atjaunoju versiju", "Grąžinta"]),
  ]
}
