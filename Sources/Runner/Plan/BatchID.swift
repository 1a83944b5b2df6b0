/// The name of a batch: `bronze-000042` for a forward batch, `bronze-x0123456789ab` for any other.
public struct BatchID: Sendable, Hashable, CustomStringConvertible {
  /// The name.
  public let description: String

  /// The forward batch `number` of `job`.
  public init(job: String, number: Int) {
    let digits = String(number)
    description = "\(job)-" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
  }

  /// A batch that is no forward batch, named after its first run.
  public init(job: String, firstRun: String) {
    description = "\(job)-x\(firstRun.filter { $0 != "-" }.prefix(12))"
  }

  /// The number of the forward batch called `name`, nil for any other name.
  public static func number(of name: String, job: String) -> Int? {
    guard name.hasPrefix("\(job)-") else { return nil }
    return Int(name.dropFirst(job.utf8.count + 1))
  }
}
