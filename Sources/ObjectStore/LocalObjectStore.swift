public import Bytes
internal import Failures
internal import Glibc

/// Objects as files of this machine, under `file:` URIs or absolute paths (see `FileLocation`).
///
/// An object is written under a temporary name, synced, renamed, and its directory synced. What a crash leaves behind is
/// never listed; `leftovers` finds it. `createNew` needs a file system with hard links.
public struct LocalObjectStore: ObjectStore {
  private let writeCall: WriteCall

  /// The files of this machine.
  public init() { writeCall = systemWrite }

  /// The same with another `write(2)`.
  package init(write: @escaping WriteCall) { writeCall = write }

  /// The whole file.
  public func read(_ location: String) throws -> [UInt8] {
    let source = try FileSource(path: FileLocation(location).path)
    return try source.read(0..<source.count)
  }

  /// The file, read by range. Its length is asked of the file system whatever `length` says.
  public func open(_ location: String, length: Int?) throws -> any ByteSource {
    try FileSource(path: FileLocation(location).path)
  }

  /// Whether there is a regular file.
  public func exists(_ location: String) throws -> Bool {
    let path = try FileLocation(location).path
    var status = stat()
    if stat(path, &status) == 0 { return status.st_mode & S_IFMT == S_IFREG }
    guard errno == ENOENT || errno == ENOTDIR else { throw SystemCall.failure(errno, path) }
    return false
  }

  /// Stores a file, durable and whole when it returns; directories are made as needed.
  public func write(_ bytes: [UInt8], to location: String, mode: WriteMode) throws {
    var file = try TemporaryFile(for: FileLocation(location), write: writeCall)
    try bytes.withUnsafeBytes { try file.append($0) }
    _ = try file.publish(mode)
  }

  /// Begins a file that replaces what has its name when it is finished.
  public func create(_ location: String) throws -> any ObjectWriter {
    FileWriter(try TemporaryFile(for: FileLocation(location), write: writeCall))
  }

  /// The regular files below, as `file:///…`, in order of their bytes. Links to directories are not followed.
  public func list(prefix: String) throws -> [ObjectInfo] {
    try FileListing(prefix: prefix) { !TemporaryName.matches($0) }.objects()
  }

  /// Temporary files that a crash left behind below `prefix`, or that are being written right now: delete old ones only.
  public func leftovers(prefix: String) throws -> [ObjectInfo] {
    try FileListing(prefix: prefix, including: { TemporaryName.matches($0) }).objects()
  }

  /// Makes a directory and those above it, durably; one that exists is no error.
  public func makeDirectory(_ location: String) throws {
    try SystemCall.makeDirectories(FileLocation(location).path)
  }

  /// Deletes files, durably. Empty directories stay.
  public func delete(_ locations: [String]) throws {
    var directories: Set<[UInt8]> = []
    for location in locations {
      let location = try FileLocation(location)
      if unlink(location.path) == 0 {
        directories.insert(Array(location.directory.utf8))
      } else if errno != ENOENT && errno != ENOTDIR {
        throw SystemCall.failure(errno, location.path)
      }
    }
    for directory in directories { try SystemCall.syncDirectory(String(decoding: directory, as: UTF8.self)) }
  }
}

/// A file being written piece by piece.
private final class FileWriter: ObjectWriter {
  private var file: TemporaryFile?

  init(_ file: consuming TemporaryFile) { self.file = consume file }

  func append(_ bytes: UnsafeRawBufferPointer) throws {
    guard file != nil else { throw Self.ended }
    do { try file?.append(bytes) } catch {
      // What is left of a full disk is needed by others.
      file = nil
      throw error
    }
  }

  func finish() throws -> Int {
    guard let file = file.take() else { throw Self.ended }
    return try file.publish(.replace)
  }

  func abort() { file = nil }

  private static var ended: Failure { .internalError("the object is finished, aborted or failed") }
}
