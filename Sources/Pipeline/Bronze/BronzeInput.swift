public import Columns
import Failures

/// Records of one partition of one topic, as columns of equal length.
public struct BronzeInput: Sendable {
  /// The topic, or `file:<uri>` for lines of a file.
  public let topic: String
  /// The partition, 0 for a file.
  public let partition: Int32
  /// Offsets; for a file where each line begins in it.
  public let offsets: [Int64]
  /// Times of the append in milliseconds; below 0 for none.
  public let timestamps: [Int64]
  /// Keys (`meta.id`), null where absent.
  public let keys: BinaryColumn
  /// Values, null for tombstones.
  public let values: BinaryColumn

  /// Records. Throws `.invalidArgument` when the columns differ in length.
  public init(
    topic: String, partition: Int32, offsets: [Int64], timestamps: [Int64], keys: BinaryColumn, values: BinaryColumn
  ) throws {
    guard timestamps.count == offsets.count, keys.count == offsets.count, values.count == offsets.count else {
      throw Failure.invalidArgument("records of \(topic) with columns of different lengths")
    }
    self.topic = topic
    self.partition = partition
    self.offsets = offsets
    self.timestamps = timestamps
    self.keys = keys
    self.values = values
  }
}
