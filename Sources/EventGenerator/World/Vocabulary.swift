/// Words that titles, sections and user names are made of, and the names of namespaces.
enum Vocabulary {
  static let words: [[[UInt8]]] = Language.allCases.map { split(text($0)) }

  private static func split(_ text: String) -> [[UInt8]] { text.split(separator: " ").map { Array($0.utf8) } }

  private static func text(_ language: Language) -> String {
    switch language {
    case .english:
      "Albion Battle Bridge Cathedral Championship Climate Council County Dynasty Election Festival Foundation Garden Glacier "
        + "Harbour History Institute Island Jubilee Kingdom League Library Lighthouse Meridian Museum Northern Observatory "
        + "Orchestra Parish Province Railway River Season Senate Southern Station Theatre Treaty University Valley Western"
    case .german:
      "Bahnhof Brücke Bürgermeister Burg Dorf Fluss Fußball Gemeinde Geschichte Großer Kirche Königreich Landkreis Liste "
        + "Müller Oper Österreich Schloss Straße Universität Verein Wald Zürich"
    case .french:
      "Bibliothèque Cathédrale Championnat Château Commune Église Élection Équipe Forêt Gare Île Liste Musée Opéra Région "
        + "Rivière Société Théâtre Université Vallée"
    case .spanish:
      "Años Batalla Campeonato Corazón Educación Elección España Estación Fútbol Historia Iglesia Música Nación Península "
        + "Provincia Región Río Universidad"
    case .russian:
      "Битва Война Герой География Город История Князь Чемпионат Музей Область Озеро Поэт Район Река Россия Список Театр "
        + "Университет Церковь"
    case .japanese: "アニメ 一覧 映画 大学 鉄道 東京都 登場人物 日本 駅 神社 選手権 歴史 放送 作品 市立"
    case .chinese: "上海市 中国 人物 公司 列表 历史 大学 建筑 机场 电影 车站 铁路 香港 台灣"
    case .italian:
      "Battaglia Campionato Chiesa Città Comune Fiume Isola Museo Provincia Stazione Storia Università Virtù"
    case .polish: "Bitwa Gmina Historia Jezioro Kościół Książka Łódź Miejscowość Powiat Rzeka Święty Województwo Żółw"
    case .portuguese:
      "Batalha Campeonato Cidade Educação Eleição Estação Freguesia História Município Região São Universidade"
    case .arabic: "تاريخ قائمة مدينة نهر جامعة محافظة معركة علم مسجد دولة كرة"
    case .hebrew: "היסטוריה עיר נהר רשימה אוניברסיטה מלחמה ספר כדורגל ישראל"
    }
  }

  /// Sections that comments name.
  static let sections: [[UInt8]] = [
    "History", "Early life", "References", "External links", "Career", "Geschichte", "Weblinks", "Références",
    "Liens externes",
    "Historia", "Примечания", "История", "外部リンク", "参考文献", "Plot", "See also", "Legacy", "Demographics", "Awards",
  ].map { Array($0.utf8) }

  /// The prefixes of namespaces 1, 2, 3, 4, 10 and 14.
  static func namespace(_ number: Int, _ language: Language) -> [UInt8] {
    let names = prefixes[language.rawValue]
    return switch number {
    case 1: names[0]
    case 2: names[1]
    case 3: names[2]
    case 4: names[3]
    case 6: file
    case 10: names[4]
    case 14: names[5]
    default: []
    }
  }

  private static let file = Array("File:".utf8)

  private static let prefixes: [[[UInt8]]] = Language.allCases.map { language in
    let english = ["Talk", "User", "User talk", "Wikipedia", "Template", "Category"]
    let names =
      switch language {
      case .german: ["Diskussion", "Benutzer", "Benutzer Diskussion", "Wikipedia", "Vorlage", "Kategorie"]
      case .french: ["Discussion", "Utilisateur", "Discussion utilisateur", "Wikipédia", "Modèle", "Catégorie"]
      case .spanish: ["Discusión", "Usuario", "Usuario discusión", "Wikipedia", "Plantilla", "Categoría"]
      case .russian: ["Обсуждение", "Участник", "Обсуждение участника", "Википедия", "Шаблон", "Категория"]
      case .japanese: ["ノート", "利用者", "利用者‐会話", "Wikipedia", "Template", "Category"]
      case .italian: ["Discussione", "Utente", "Discussioni utente", "Wikipedia", "Template", "Categoria"]
      case .polish: ["Dyskusja", "Wikipedysta", "Dyskusja wikipedysty", "Wikipedia", "Szablon", "Kategoria"]
      default: english
      }
    return names.map { Array(($0 + ":").utf8) }
  }
}
