import Compression
import Dispatch
import Failures
import Synchronization

/// Compresses pages on other threads while their columns go on encoding.
///
/// When more pages wait than there are threads to take them, whoever submits one compresses one itself: that bounds what
/// waits, and keeps every processor busy.
final class PageCompressor: Sendable {
  private struct State {
    var waiting: [PageTask] = []
    var failure: (any Error)?
  }

  private let pool: CompressorPool
  private let writesCRC: Bool
  private let isConcurrent: Bool
  private let state = Mutex(State())
  private let queue = DispatchQueue(label: "parquet.pages", attributes: .concurrent)
  /// Entered by each page that a thread has taken, left when it is finished.
  private let taken = DispatchGroup()
  private static let capacity = 16

  init(_ options: WriterOptions) throws {
    pool = try CompressorPool(options.codec, level: options.level)
    writesCRC = options.writeCRC
    isConcurrent = options.isConcurrent
  }

  /// Takes a page; it is finished after `wait()`.
  func submit(_ task: PageTask) {
    let waiting = state.withLock { state in
      state.waiting.append(task)
      return state.waiting.count
    }
    if !isConcurrent || waiting > Self.capacity {
      _ = processOne()
    } else {
      queue.async { _ = self.processOne() }
    }
  }

  /// Returns when all pages submitted so far are finished, helping meanwhile. Throws what went wrong with any.
  ///
  /// It waits only for pages that are under way on some thread, never for a thread to become free: writers may themselves
  /// run on all of Dispatch's threads.
  func wait() throws {
    while processOne() {}
    taken.wait()
    if let failure = state.withLock({ $0.failure }) { throw failure }
  }

  /// Compresses the page that has waited longest. Returns false when there is none.
  private func processOne() -> Bool {
    let task: PageTask? = state.withLock { state in
      if state.waiting.isEmpty { return nil }
      taken.enter()
      return state.waiting.removeFirst()
    }
    guard let task else { return false }
    defer { taken.leave() }
    do {
      try pool.withCompressor { try task.process($0, writesCRC: writesCRC) }
    } catch {
      state.withLock { $0.failure = $0.failure ?? error }
    }
    return true
  }
}
