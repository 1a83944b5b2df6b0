import Detection

/// The baselines that hold in one window.
struct WindowBaselines {
  /// A baseline, and where it came from.
  typealias Known = (kind: BaselineKind, baseline: Baseline?)

  private let rules: BaselineRules
  private let day: BaselineDay?
  private let hour: Int

  init(window start: Int64, rules: BaselineRules, book: BaselineBook) {
    self.rules = rules
    day = rules.mode == .adaptive ? book.day(GoldWindowGrid.day(of: start)) : nil
    hour = GoldWindowGrid.hour(of: start)
  }

  /// Of all events.
  var global: Known { known(day?.hour(hour), fixed: rules.fixedGlobal) }

  /// Of a user's edits.
  var user: Known { known(day?.user, fixed: rules.fixedUser) }

  /// Of a page by its number in `pages`. One that has none of its own is usually not edited at all.
  func page(_ page: Int, of pages: PageTable) -> Known {
    known(day.map { $0.page(page, of: pages) ?? quietPage($0) }, fixed: rules.fixedEntity)
  }

  /// Where the baselines of all pages come from.
  var pageKind: BaselineKind { known(day.map(quietPage), fixed: rules.fixedEntity).kind }

  private func quietPage(_ day: BaselineDay) -> Baseline {
    let everywhere = day.hour(hour)
    return Baseline(
      events: Spread(average: 0, deviation: 1), revertRatio: everywhere?.revertRatio,
      anonymousRatio: everywhere?.anonymousRatio)
  }

  private func known(_ learned: Baseline?, fixed: Baseline) -> Known {
    switch rules.mode {
    case .fixed: (.fixed, fixed)
    case .adaptive: (learned == nil ? .none : .adaptive, learned)
    }
  }
}
