/// What the tables hold, for a person.
public struct PipelineReport: Sendable {
  /// A page or user over all windows of the report.
  public struct Actor: Sendable {
    /// The page (`wiki:Title`) or the user.
    public var name: String
    /// What kind of user, or the wiki.
    public var kind: String
    /// Its edits.
    public var edits: Int64 = 0
    /// Edits that undo others' work.
    public var reverts: Int64 = 0
    /// The highest risk of one of its windows.
    public var risk: Int32 = 0
    /// The severity and explanation of that window.
    public var severity = "NORMAL"
    /// In words, nil when nothing stands out.
    public var explanation: String?
  }

  /// Records that Bronze has read, whatever became of them.
  public var records: Int64 = 0
  /// Events that Silver dropped because it held them already.
  public var duplicates: Int64 = 0
  /// Rows of Bronze, Silver and Gold's tables.
  public var rows: [(table: String, count: Int64)] = []
  /// Rows in quarantine by layer and reason.
  public var quarantined: [(layer: String, reason: String, count: Int64)] = []
  /// The windows, from the first to the end of the last, in microseconds; nil without Gold.
  public var span: ClosedRange<Int64>?
  /// The number of windows, and of those that are final.
  public var windows = (all: 0, final: 0)
  /// The newest window's health and its explanation.
  public var health: (name: String, score: Int32, explanation: String)?
  /// Pages with the most edits.
  public var activePages: [Actor] = []
  /// Pages with the most reverts.
  public var revertedPages: [Actor] = []
  /// Users with the most edits.
  public var activeUsers: [Actor] = []
  /// Users with the most reverts.
  public var revertingUsers: [Actor] = []
  /// Pages and users by risk.
  public var anomalies: [Actor] = []
}
