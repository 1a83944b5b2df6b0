/// A page, a user or the whole of a window that stands out, as Gold's tables have it.
public struct GoldAnomaly: Sendable, Hashable {
  /// What it is about.
  public enum Scope: String, Sendable, CaseIterable {
    /// A page.
    case entity
    /// A user.
    case user
    /// The window as a whole.
    case global
  }

  /// An edit of the window that shows what is meant, as Silver has it.
  public struct Edit: Sendable, Hashable {
    /// The wiki's server, such as `https://en.wikipedia.org`.
    public let server: String
    /// The page's title.
    public let title: String
    /// The revision that it made.
    public let revision: Int64?
    /// Who made it.
    public let user: String?
    /// Whether the page is on the watch list.
    public let isAllowlisted: Bool
    let time: Int64
  }

  /// What it is about.
  public let scope: Scope
  /// The start of the window, in microseconds since 1970-01-01 UTC.
  public let windowStart: Int64
  /// The end of the window.
  public let windowEnd: Int64
  /// The page or user; empty for a window as a whole.
  public let name: String
  /// The page's wiki; empty for others.
  public let wiki: String
  /// `HIGH` or `CRITICAL` of a page or user, `WARNING` or `CRITICAL` of a window.
  public let severity: String
  /// 0...100, higher is worse.
  public let risk: Int32
  /// The flags that are set, joined by commas; empty without any.
  public let types: String
  /// In words, with numbers.
  public let explanation: String
  /// The batch that computed it.
  public let batch: String
  /// The newest edit that belongs to it; nil where it was not asked for or is not known.
  public internal(set) var newestEdit: Edit?
}
