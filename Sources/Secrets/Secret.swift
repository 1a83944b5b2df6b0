/// A value that nobody sees by accident: printing, interpolating, dumping or reflecting it shows `(secret)`.
///
/// Only `reveal()` gives the text, so that a search for it finds every place where a secret leaves the program.
public struct Secret: Sendable {
  private let text: String

  /// A secret.
  public init(_ text: String) { self.text = text }

  /// The text, for the one who sends it.
  public func reveal() -> String { text }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// `(secret)`.
  public var description: String { "(secret)" }
  /// `(secret)`.
  public var debugDescription: String { description }
  /// Without children, so that `dump` and messages about what holds a secret show nothing of it.
  public var customMirror: Mirror { Mirror(self, children: [Mirror.Child]()) }
}
