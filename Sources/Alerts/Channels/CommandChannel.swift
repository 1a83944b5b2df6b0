import Failures
import JSON

/// A local program, which gets each message as JSON on its standard input and says by its exit code whether it took it.
public struct CommandChannel: AlertChannel {
  /// `command`.
  public let name = "command"
  private let arguments: [String]
  private let environment: [String: String]
  private let monotonicSeconds: @Sendable () -> Double

  /// A channel. `arguments`: the program's absolute path and its arguments, not empty. `environment`: what the program sees.
  public init(
    arguments: [String], environment: [String: String], monotonicSeconds: @escaping @Sendable () -> Double
  ) {
    self.arguments = arguments
    self.environment = environment
    self.monotonicSeconds = monotonicSeconds
  }

  /// Runs the program to its end. It is killed, with all that it started, when the time is up.
  public func deliver(_ message: AlertMessage, withinMilliseconds milliseconds: Int) throws {
    let input = JSONValue.object(message.json).serialized() + [UInt8(ascii: "\n")]
    let child = try ChildProcess(arguments: arguments, environment: environment)
    let deadline = monotonicSeconds() + Double(milliseconds) / 1000
    switch try child.run(input: input, isTimeUp: { monotonicSeconds() > deadline }) {
    case .exited(0): return
    case .exited(let code): throw DeliveryFailure("\(arguments[0]) exits \(code)\(said(child))")
    case .killed(let signal): throw DeliveryFailure("\(arguments[0]) dies of signal \(signal)\(said(child))")
    case .timedOut: throw DeliveryFailure("\(arguments[0]) takes longer than \(milliseconds) ms")
    }
  }

  private func said(_ child: ChildProcess) -> String {
    let words = String(decoding: child.complaints, as: UTF8.self).split(whereSeparator: \.isNewline).first
    return words.map { ": \($0)" } ?? ""
  }
}
