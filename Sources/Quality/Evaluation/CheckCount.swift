/// How often a check was asked and answered no.
public struct CheckCount: Sendable, Hashable {
  /// The check's name.
  public let name: String
  /// The rows that were asked: neither left out, nor outside its condition, nor waived.
  public var checked: Int
  /// The rows that failed it.
  public var failed: Int
  /// What followed for the rows that failed.
  public let mode: CheckMode
  /// Why the check could not judge the first of the failed rows that it could not judge; nil where it judged all.
  public var error: String?

  /// A count.
  public init(name: String, checked: Int, failed: Int, mode: CheckMode = .quarantine, error: String? = nil) {
    self.name = name
    self.checked = checked
    self.failed = failed
    self.mode = mode
    self.error = error
  }
}
