extension DefaultText {
  /// `jobs/entity-allowlist.yaml`, byte for byte.
  static let allowlist = #"""
    # Pages to watch. `track: all` takes in every event and marks these (is_allowlisted), so that they come first in alerts
    # and reports; `track: allowlist` takes in nothing else.
    #
    # An entry has a title, which names the entity in all tables, and may have: wiki (else every wiki), aliases (other titles
    # of the same page), match (exact, prefix or regex; exact by default, upper and lower case and "_" and " " alike),
    # namespaces (numbers; else all) and talk (on: the page's discussion too). A list in your file replaces this one.

    track: all

    entities:
      - {title: Donald Trump, wiki: enwiki, aliases: [Donald J. Trump, President Trump], talk: on}
      - {title: Joe Biden, wiki: enwiki, aliases: [Joseph R. Biden, President Biden]}
      - {title: Barack Obama, wiki: enwiki, aliases: [President Obama]}
      - {title: George W. Bush, wiki: enwiki}
      - {title: Vladimir Putin, wiki: enwiki, aliases: [Putin]}
      - {title: Adolf Hitler, wiki: enwiki, aliases: [Hitler]}
      - {title: Elon Musk, wiki: enwiki, aliases: [Musk]}
      - {title: Taylor Swift, wiki: enwiki}
      - {title: Michael Jackson, wiki: enwiki}
      - {title: Cristiano Ronaldo, wiki: enwiki, aliases: [CR7]}
      - {title: Lionel Messi, wiki: enwiki, aliases: [Messi]}
      - {title: Jesus, wiki: enwiki, aliases: [Jesus Christ]}
      - {title: Muhammad, wiki: enwiki}
      - {title: United States, wiki: enwiki, aliases: [United States of America, USA]}
      - {title: Climate change, wiki: enwiki, aliases: [Global warming]}
      - {title: Gaza war, wiki: enwiki, aliases: [Israel–Hamas war]}
      - {title: Wikipedia, wiki: enwiki}
      - {title: Angela Merkel, wiki: dewiki}
      - {title: Emmanuel Macron, wiki: frwiki}
      - {title: "Путин, Владимир Владимирович", wiki: ruwiki}

    """#
}
