/// Bytes of a known length that are read by range: a file, an object in a store, an array in memory.
///
/// Codecs read through it and so do no I/O of their own.
public protocol ByteSource {
  /// The length in bytes.
  var count: Int { get }
  /// The bytes of each range, in order; all ranges lie in `0..<count`. May fetch them at once.
  func read(_ ranges: [Range<Int>]) throws -> [[UInt8]]
}

extension ByteSource {
  /// The bytes of one range.
  public func read(_ range: Range<Int>) throws -> [UInt8] {
    try read([range]).first ?? []
  }
}

/// Bytes that are in memory.
public struct MemorySource: ByteSource {
  /// All of them.
  public let bytes: [UInt8]

  /// A source over `bytes`.
  public init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The length in bytes.
  public var count: Int { bytes.count }

  /// Copies of the ranges.
  public func read(_ ranges: [Range<Int>]) throws -> [[UInt8]] {
    ranges.map { Array(bytes[$0]) }
  }
}
