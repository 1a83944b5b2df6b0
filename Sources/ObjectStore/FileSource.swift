internal import Bytes
internal import Failures
internal import Glibc

/// An open file, read by range with `pread`, so that threads may share it.
final class FileSource: ByteSource, Sendable {
  let count: Int
  private let path: String
  private let descriptor: Int32

  init(path: String) throws {
    self.path = path
    descriptor = try SystemCall.check(path) { open(path, O_RDONLY | O_CLOEXEC) }
    var status = stat()
    let (result, code) = (fstat(descriptor, &status), errno)
    let isFile = status.st_mode & S_IFMT == S_IFREG
    guard result == 0, isFile else {
      close(descriptor)
      throw SystemCall.failure(result == 0 ? EISDIR : code, path)
    }
    count = Int(status.st_size)
  }

  deinit { close(descriptor) }

  func read(_ ranges: [Range<Int>]) throws -> [[UInt8]] {
    try ranges.map(read)
  }

  func read(_ range: Range<Int>) throws -> [UInt8] {
    guard range.lowerBound >= 0, range.upperBound <= count else {
      throw Failure.malformedInput("\(FileLocation.uri(path)): bytes \(range) lie outside its \(count) bytes")
    }
    return try [UInt8](unsafeUninitializedCapacity: range.count) { buffer, filled in
      try fill(UnsafeMutableRawBufferPointer(buffer), from: range.lowerBound)
      filled = range.count
    }
  }

  private func fill(_ buffer: UnsafeMutableRawBufferPointer, from offset: Int) throws {
    var done = 0
    while done < buffer.count, let start = buffer.baseAddress {
      let count = try SystemCall.check(path) { pread(descriptor, start + done, buffer.count - done, offset + done) }
      guard count > 0 else {
        throw Failure.malformedInput("\(FileLocation.uri(path)): was cut while being read")
      }
      done += count
    }
  }
}
