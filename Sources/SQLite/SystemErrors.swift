internal import Glibc

/// `ENOENT`.
let noSuchFile: Int32 = ENOENT
/// `ENOSPC`.
let noSpaceLeft: Int32 = ENOSPC

/// Whether there is something at `path`.
func fileExists(_ path: String) -> Bool { access(path, F_OK) == 0 }

/// Why a file that is there cannot be written, nil where it can or is not there.
func obstacleToWriting(_ path: String) -> String? {
  guard fileExists(path), access(path, W_OK) != 0 else { return nil }
  return strerror(errno).map { String(cString: $0) }
}
