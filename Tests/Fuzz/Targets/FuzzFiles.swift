/// Several files in one input: names and contents, each with its length before it (one byte for a name, three for contents, the smallest
/// first). What does not fit is cut, so that every input holds some.
package enum FuzzFiles {
  /// The files as one input. Names have at most 255 bytes, contents less than 2^24.
  package static func pack(_ files: [(name: String, bytes: [UInt8])]) -> [UInt8] {
    files.reduce(into: []) { packed, file in
      let name = Array(file.name.utf8.prefix(255))
      packed.append(UInt8(name.count))
      packed += name
      packed += (0..<3).map { UInt8(truncatingIfNeeded: file.bytes.count >> (8 * $0)) }
      packed += file.bytes
    }
  }

  /// The files of an input.
  static func unpack(_ bytes: [UInt8]) -> [(name: String, bytes: [UInt8])] {
    var rest = bytes[...]
    var files: [(name: String, bytes: [UInt8])] = []
    while let length = rest.popFirst(), files.count < 32 {
      let name = rest.prefix(Int(length))
      rest = rest.dropFirst(name.count)
      let size = rest.prefix(3).reversed().reduce(0) { $0 << 8 | Int($1) }
      let content = rest.dropFirst(3).prefix(size)
      rest = rest.dropFirst(3 + content.count)
      files.append((String(decoding: name, as: UTF8.self), Array(content)))
    }
    return files
  }
}
