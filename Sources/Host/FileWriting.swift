import Failures
import Glibc

/// Writes to descriptors and makes folders.
public enum FileWriting {
  /// Writes all of `text`; a reader that has gone away is no error. Whether all of it was written.
  @discardableResult
  static func write(_ text: String, to descriptor: Int32) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)[...]
      while !rest.isEmpty {
        let part = UnsafeRawBufferPointer(rebasing: rest)
        let count = Glibc.write(descriptor, part.baseAddress, part.count)
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { return false }
        rest = rest.dropFirst(count)
      }
      return true
    }
  }

  /// Puts `text` in the place of a file, at once: a reader sees the old file or the new one. Throws `.unavailable`.
  public static func replace(_ path: String, with text: String) throws {
    let temporary = "\(path).\(getpid()).tmp"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw unwritable(temporary) }
    let isWritten = write(text, to: descriptor)
    let isClosed = close(descriptor) == 0
    guard isWritten, isClosed, rename(temporary, path) == 0 else {
      let failure = unwritable(path)
      unlink(temporary)
      throw failure
    }
  }

  private static func unwritable(_ path: String) -> Failure {
    Failure.unavailable("\(path) cannot be written: \(String(cString: strerror(errno)))")
  }

  /// Makes a folder of an absolute path and those above it. Throws `.unavailable` when the disk is full, and `.configuration` when it
  /// cannot be made for another reason.
  public static func makeFolder(_ path: String) throws {
    if folderExists(path) { return }
    var made = ""
    for part in path.split(separator: "/") {
      made += "/" + part
      if mkdir(made, 0o755) == 0 { continue }
      let reason = errno
      if reason == EEXIST && folderExists(made) { continue }
      let words = String(cString: strerror(reason == EEXIST ? ENOTDIR : reason))
      let isFull = reason == ENOSPC || reason == EDQUOT
      throw Failure(isFull ? .unavailable : .configuration, "\(made) cannot be made: \(words)")
    }
  }

  /// Whether there is a folder at `path`.
  public static func folderExists(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
