import Columns
import Failures

extension ColumnBatch {
  /// The text column called `name`. Throws `.configuration` where it is missing or of another type.
  func conditionTexts(_ name: String) throws -> BinaryColumn {
    guard let position = schema.position(of: name), case .binary(let texts) = columns[position] else {
      throw Failure.configuration("the condition's column \(name) is no text")
    }
    return texts
  }

  /// Whether the column called `name` holds texts, whose length is counted in characters.
  func holdsTexts(_ name: String) -> Bool {
    schema.position(of: name).map { schema.fields[$0].type == .string } ?? false
  }
}
