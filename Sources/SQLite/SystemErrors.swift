internal import Glibc

/// `ENOENT`.
let noSuchFile: Int32 = ENOENT
/// `ENOSPC`.
let noSpaceLeft: Int32 = ENOSPC

/// Whether there is something at `path`.
func fileExists(_ path: String) -> Bool { access(path, F_OK) == 0 }
