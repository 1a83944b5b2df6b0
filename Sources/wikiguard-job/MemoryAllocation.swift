import CMalloc

/// How this program's allocator treats memory.
enum MemoryAllocation {
  /// Keeps what is freed for the next batch, in one arena.
  ///
  /// A batch's columns are buffers of many megabytes that live for a moment. By default glibc maps each anew and gives it back, so that
  /// the kernel clears every page again (a third of a drain's CPU time), and each thread has an arena whose free memory the others
  /// cannot use. The threads allocate few and large buffers, for which one arena is enough.
  static func keepFreedMemory() {
    mallopt(M_MMAP_THRESHOLD, threshold)
    mallopt(M_TRIM_THRESHOLD, threshold)
    mallopt(M_ARENA_MAX, 1)
  }

  /// Beyond any buffer of a batch.
  private static let threshold: Int32 = 1 << 30
}
