internal import Glibc

/// `ENOENT`.
let noSuchFile: Int32 = ENOENT
/// `ENOSPC`.
let noSpaceLeft: Int32 = ENOSPC

/// Why a file that is there cannot be written, nil where it can or is not there.
func obstacleToWriting(_ path: String) -> String? {
  guard access(path, F_OK) == 0, access(path, W_OK) != 0 else { return nil }
  return strerror(errno).map { String(cString: $0) }
}
