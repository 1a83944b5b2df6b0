-- Which comments say that an edit undoes others' work: MediaWiki's own messages (undo-summary, revertpage, FlaggedRevs' rejection,
-- the undo and restore of Wikibase and of tools) in the large languages, and what editors write by hand. Patterns are RE2, without
-- regard to case, and see a link as its text. Kinds are tried in the order of `rank`. In and out: `silver`.

create or replace macro without_links(comment) as
  regexp_replace(regexp_replace(comment, '\[\[[^\[\]|]*\|([^\[\]]*)\]\]', '\1', 'g'), '\[\[:?([^\[\]]*)\]\]', '\1', 'g');

create or replace table revert_patterns as
select * from (values
  -- Wikibase says it in the section's place: /* undo:0||123|Name */, /* restore:0||123|Name */.
  (1, 'undo', '^/\* undo:'), (1, 'restore', '^/\* restore:'),
  -- en
  (2, 'undo', 'und(id|o|oing) (revision|edit) \d'), (2, 'rollback', 'undid edits by'), (2, 'rollback', 'revert(ed|ing) ([\w-]+ )*?edits? by'),
  (3, 'restore', 'restor(e|ed|ing) (to )?(the )?(last )?(good )?(revision|version)'),
  (3, 'restore', 'reverted to revision \d'),
  -- de
  (2, 'undo', 'änderung \d+ von .* rückgängig'), (2, 'rollback', 'änderungen von .* (rückgängig|auf die letzte version von)'),
  (3, 'restore', 'auf (die )?(letzte )?version .* zurückgesetzt'),
  (2, 'restore', 'textänderung(en)? wurden? verworfen'),
  -- fr
  (2, 'undo', 'annulation de la modification'), (2, 'undo', 'annulation des modifications \d'), (2, 'undo', 'annulation de \d'),
  (2, 'rollback', 'révocation des? modifications?'), (3, 'restore', 'retour à la version'),
  -- es
  (2, 'undo', '(deshecha|se deshizo) la (edición|revisión)'),
  (2, 'rollback', 'revertid[ao]s? (los cambios|las? edici(ón|ones)|una edición|\d+ edici(ón|ones)) (de|hech)'),
  (3, 'restore', 'restaurada la (edición|versión|revisión)'),
  -- it
  (2, 'undo', 'annullata la modifica'), (2, 'rollback', 'annullate le modifiche d'),
  -- pt
  (2, 'undo', 'desfeita a edição'), (2, 'rollback', '(revertida a edição|revertidas as edições|revertida uma edição) d'),
  -- ru, uk
  (2, 'undo', 'отмена правки'), (2, 'rollback', 'откат правок'), (2, 'restore', 'отклонен[ыо] последн'),
  (2, 'undo', 'поништена измена'), (2, 'undo', 'скасування редагування'), (2, 'rollback', 'відкинуто редагування'),
  -- pl, nl, sv, cs, fi, hu, el
  (2, 'undo', 'anulowan(o|ie) wersj'), (2, 'rollback', 'wycofano (ostatni|edycj)'), (2, 'undo', 'versie \d+ .*ongedaan gemaakt'),
  (2, 'rollback', 'wijzigingen door .* (hersteld tot|teruggedraaid)'), (2, 'undo', 'gjorde (ändring|version) \d+ .*ogjord'),
  (2, 'rollback', 'rullade tillbaka'), (2, 'rollback', 'återställd.* redigering'), (2, 'undo', 'zrušena verze'),
  (2, 'rollback', 'editace uživatele .* vrácen'), (2, 'undo', 'kumottu muokkaus'), (2, 'rollback', 'visszaállítottam a lap korábbi'),
  (2, 'undo', 'visszavontam'), (2, 'undo', 'αναίρεση έκδοσης'), (2, 'rollback', 'αναστροφή της επεξεργασίας'),
  -- ja, zh, ko
  (2, 'undo', 'の版 ?\d*を?取り消し'), (2, 'undo', '版 \d+ を取り消し'), (2, 'rollback', 'による編集を.*差し戻し'),
  (2, 'undo', '(取消|撤销|撤銷).*(编辑|編輯|修订|修訂|版本)'), (2, 'rollback', '(还原|還原|回退).*(编辑|編輯)'),
  (2, 'undo', '판 편집을 되돌림'), (3, 'rollback', '마지막 (판|버전)으로 되돌'),
  -- ar, fa, he, tr, id, vi
  (2, 'undo', 'الرجوع عن (ال)?تعديل'), (2, 'rollback', 'استرجاع تعديلات'), (2, 'undo', 'خنثی‌سازی ویرایش'), (2, 'rollback', 'واگردانی خودکار'),
  (2, 'rollback', 'ویرایش .* واگردان'), (2, 'undo', 'ביטול גרסה'), (2, 'rollback', 'שוחזר מעריכות'), (2, 'undo', 'sayılı değişiklik geri alın'),
  (3, 'rollback', 'değişikli(k|ği|kleri) geri'), (2, 'undo', 'membatalkan (revisi|suntingan)'), (2, 'rollback', 'suntingan .* dikembalikan'),
  (2, 'undo', 'lùi lại sửa đổi'), (2, 'rollback', 'đã lùi sửa'),
  -- what editors write by hand
  (4, 'manual', '\brvv?t?\b'), (4, 'manual', '\brevert(s|ed|ing)?\b')
) as p (rank, kind, pattern);

-- All patterns as one first, which is many times faster than trying each.
set variable any_pattern = (select string_agg('(?:' || pattern || ')', '|') from revert_patterns);

create or replace table revert_comments as
select comment, first(kind order by rank, kind) as kind, min(rank) = 1 as is_structured
from (
  select distinct comment, without_links(said(comment)) as words from silver
  where event_type in ('edit', 'new') and regexp_matches(comment || chr(10) || without_links(said(comment)), getvariable('any_pattern'), 'i')
) c
join revert_patterns p on regexp_matches(case when rank = 1 then comment else words end, p.pattern, 'i')
group by comment;

-- Whom it names: the first link to somebody's contributions ([[Special:Contributions/Name|…]]), else to a user's page or talk; which
-- revision: the first number of four digits and more that stands alone.
create or replace macro contributor(comment) as coalesce(
  nullif(regexp_extract(comment, '\[\[:?[^\[\]|/:]+:(?:contrib\w*|beiträge|вклад|contribuciones|مساهمات|مشارکت‌ها|katkılar|投稿記録|wkład|用户贡献|用戶貢獻)/([^\[\]|]+)', 1, 'i'), ''),
  nullif(regexp_extract(comment, '\[\[:?(?:user|benutzer(?:in)?|utilisateur|usuario|utente|участник|користувач|kullanıcı|χρήστης|利用者|用户|کاربر)(?: talk)?:([^\[\]|/]+)\|', 1, 'i'), ''));

create or replace macro revision(comment) as coalesce(
  nullif(regexp_extract(comment, '\[\[[^\[\]|:]+:diff/(\d+)', 1, 'i'), ''),
  nullif(regexp_extract(without_links(said(comment)), '(?:^|[^\w.:/-])(\d{5,})(?:$|[^\w:/-])', 1), ''));

create or replace table silver as
select s.*, r.kind is not null as is_revert, r.kind as revert_kind,
  case when r.is_structured then nullif(regexp_extract(s.comment, '^/\* \w+:\d*\|[^|]*\|\d+\|(.*?) \*/', 1), '')
    when r.kind is not null then contributor(s.comment) end as revert_target_user,
  case when r.is_structured then regexp_extract(s.comment, '^/\* \w+:\d*\|[^|]*\|(\d+)\|', 1)
    when r.kind is not null then revision(s.comment) end::bigint
    as revert_target_revision
from silver s left join revert_comments r on r.comment = s.comment and s.event_type in ('edit', 'new');
