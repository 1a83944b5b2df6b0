internal import Glibc

/// `ENOENT`.
let noSuchFile: Int32 = ENOENT
/// `ENOSPC`.
let noSpaceLeft: Int32 = ENOSPC
