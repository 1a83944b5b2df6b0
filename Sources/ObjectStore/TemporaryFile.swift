internal import Failures
internal import Glibc

/// A file that is written under a temporary name, synced, and then takes its name in one step. One owner.
struct TemporaryFile: ~Copyable {
  private let target: FileLocation
  private let path: String
  private let descriptor: Int32
  private let write: WriteCall
  private(set) var count = 0
  private var isPublished = false

  /// Creates the file beside its target, and the directories above it.
  init(for target: FileLocation, write: @escaping WriteCall) throws {
    let directory = target.directory
    (path, descriptor) = try Self.create(in: directory)
    self.target = target
    self.write = write
  }

  deinit {
    close(descriptor)
    if !isPublished { unlink(path) }
  }

  private static func create(in directory: String) throws -> (path: String, descriptor: Int32) {
    let base = directory == "/" ? "/" : directory + "/"
    while true {
      let path = base + TemporaryName.next()
      let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      if descriptor >= 0 { return (path, descriptor) }
      switch errno {
      case EEXIST, EINTR: continue
      case ENOENT: try SystemCall.makeDirectories(directory)
      case let code: throw SystemCall.failure(code, path)
      }
    }
  }

  mutating func append(_ bytes: UnsafeRawBufferPointer) throws {
    var rest = bytes
    while let start = rest.baseAddress, rest.count > 0 {
      let written = try SystemCall.check(target.path) { write(descriptor, start, rest.count) }
      rest = UnsafeRawBufferPointer(rebasing: rest[written...])
      count += written
    }
  }

  /// Syncs the file and gives it its name, durably. `createNew` throws `.conflict` when the name is taken.
  consuming func publish(_ mode: WriteMode) throws -> Int {
    let (path, target, descriptor) = (path, target.path, descriptor)
    try SystemCall.check(target) { fsync(descriptor) }
    switch mode {
    case .createNew:
      // A hard link fails where the name exists, which a rename would replace; the temporary name goes in `deinit`.
      try SystemCall.check(target) { link(path, target) }
    case .replace:
      try SystemCall.check(target) { rename(path, target) }
      isPublished = true
    }
    try SystemCall.syncDirectory(self.target.directory)
    return count
  }
}

/// `write(2)`; tests hand in others that fail.
package typealias WriteCall = @Sendable (Int32, UnsafeRawPointer, Int) -> Int

/// The system's own.
let systemWrite: WriteCall = { write($0, $1, $2) }
