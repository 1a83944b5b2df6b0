/// A wiki of the generated stream.
struct Wiki: Sendable {
  /// What its pages are.
  enum Kind: Sendable { case encyclopedia, media, data, dictionary, meta }

  let name: [UInt8]
  let domain: [UInt8]
  let language: Language
  let kind: Kind
  /// Its share of all events, in thousandths: commons 37 %, wikidata 26 %, enwiki 11 % as recorded in January 2023.
  let weight: Int
  /// Whether it patrols edits, and not only new pages.
  let patrolsEdits: Bool

  init(_ name: String, _ domain: String, _ language: Language, _ kind: Kind, _ weight: Int, patrolsEdits: Bool = true) {
    self.name = Array(name.utf8)
    self.domain = Array(domain.utf8)
    self.language = language
    self.kind = kind
    self.weight = weight
    self.patrolsEdits = patrolsEdits
  }

  static let all: [Wiki] = [
    Wiki("commonswiki", "commons.wikimedia.org", .english, .media, 370),
    Wiki("wikidatawiki", "www.wikidata.org", .english, .data, 260),
    Wiki("enwiki", "en.wikipedia.org", .english, .encyclopedia, 110, patrolsEdits: false),
    Wiki("dewiki", "de.wikipedia.org", .german, .encyclopedia, 34),
    Wiki("frwiki", "fr.wikipedia.org", .french, .encyclopedia, 33),
    Wiki("eswiki", "es.wikipedia.org", .spanish, .encyclopedia, 24, patrolsEdits: false),
    Wiki("ruwiki", "ru.wikipedia.org", .russian, .encyclopedia, 24),
    Wiki("jawiki", "ja.wikipedia.org", .japanese, .encyclopedia, 18, patrolsEdits: false),
    Wiki("zhwiki", "zh.wikipedia.org", .chinese, .encyclopedia, 16),
    Wiki("itwiki", "it.wikipedia.org", .italian, .encyclopedia, 15, patrolsEdits: false),
    Wiki("plwiki", "pl.wikipedia.org", .polish, .encyclopedia, 12),
    Wiki("ptwiki", "pt.wikipedia.org", .portuguese, .encyclopedia, 12),
    Wiki("arwiki", "ar.wikipedia.org", .arabic, .encyclopedia, 11, patrolsEdits: false),
    Wiki("ukwiki", "uk.wikipedia.org", .russian, .encyclopedia, 9),
    Wiki("hewiki", "he.wikipedia.org", .hebrew, .encyclopedia, 7),
    Wiki("enwiktionary", "en.wiktionary.org", .english, .dictionary, 12),
    Wiki("frwiktionary", "fr.wiktionary.org", .french, .dictionary, 7),
    Wiki("dewiktionary", "de.wiktionary.org", .german, .dictionary, 4),
    Wiki("metawiki", "meta.wikimedia.org", .english, .meta, 8),
    Wiki("mediawikiwiki", "www.mediawiki.org", .english, .meta, 5),
    Wiki("enwikisource", "en.wikisource.org", .english, .meta, 5),
    Wiki("specieswiki", "species.wikimedia.org", .english, .encyclopedia, 4),
  ]

  /// Positions in `all` that the generator names.
  static let commons = 0
  static let english = 2
}

/// A language that titles and comments are written in.
enum Language: Int, Sendable, CaseIterable {
  case english, german, french, spanish, russian, japanese, chinese, italian, polish, portuguese, arabic, hebrew
}
