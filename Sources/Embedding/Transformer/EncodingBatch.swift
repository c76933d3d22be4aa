// Owns one call's texts on their way through the model. Invariant: each chunk is computed by one thread, once; the
// batch is finished when all of them are.

import Dispatch
import Synchronization

/// A batch, cut into chunks of texts of like length, which any number of threads work off.
final class EncodingBatch: Sendable {
  private struct Progress {
    var nextChunk = 0
    var vectors: [Float]
    var unfinished: Int
  }

  private let model: TransformerModel
  private let scratches: ScratchPool
  private let texts: [[Int32]]
  /// Indices of `texts`, by length.
  private let order: [Int]
  /// Ranges of `order`.
  private let chunks: [Range<Int>]
  private let progress: Mutex<Progress>
  private let finished = DispatchSemaphore(value: 0)

  /// Cuts `texts`, token ids, into chunks for `threadCount` threads.
  init(_ texts: [[Int32]], model: TransformerModel, scratches: ScratchPool, threadCount: Int) {
    self.model = model
    self.scratches = scratches
    self.texts = texts
    order = texts.indices.sorted { (texts[$0].count, $0) < (texts[$1].count, $1) }
    let tokenCount = texts.reduce(0) { $0 + $1.count }
    // Two chunks a thread even out what threads lose to each other; small ones would read the weights too often.
    let goal = min(scratches.rowCountMax, max(64, tokenCount / (2 * threadCount)))
    chunks = Self.chunks(of: order.map { texts[$0].count }, goal: goal)
    progress = Mutex(
      Progress(
        vectors: Array(repeating: 0, count: texts.count * model.shape.hiddenSize), unfinished: chunks.count))
  }

  /// Chunks not yet taken.
  var chunkCount: Int { chunks.count }

  /// Works off chunks until none is left to take.
  func work() {
    guard let first = takeChunk() else { return }
    let scratch = scratches.take()
    defer { scratches.put(back: scratch) }
    var chunk: Int? = first
    while let index = chunk {
      let members = order[chunks[index]]
      let vectors = model.vectors(of: members.map { texts[$0] }, scratch: scratch)
      finish(members, vectors)
      chunk = takeChunk()
    }
  }

  /// Waits until every chunk is finished, and returns the vectors in the texts' order. Call it once, after `work`.
  func wait() -> [Float] {
    if !chunks.isEmpty { finished.wait() }
    return progress.withLock { $0.vectors }
  }

  private func takeChunk() -> Int? {
    progress.withLock { progress in
      guard progress.nextChunk < chunks.count else { return nil }
      defer { progress.nextChunk += 1 }
      return progress.nextChunk
    }
  }

  private func finish(_ members: ArraySlice<Int>, _ vectors: [Float]) {
    let size = model.shape.hiddenSize
    let isLast = progress.withLock { progress in
      for (position, text) in members.enumerated() {
        progress.vectors.replaceSubrange(
          text * size..<(text + 1) * size, with: vectors[position * size..<(position + 1) * size])
      }
      progress.unfinished -= 1
      return progress.unfinished == 0
    }
    if isLast { finished.signal() }
  }

  /// Neighbours whose lengths add up to `goal` at most, or one alone.
  private static func chunks(of lengths: [Int], goal: Int) -> [Range<Int>] {
    var chunks: [Range<Int>] = []
    var start = 0
    var rows = 0
    for (index, length) in lengths.enumerated() {
      if rows + length > goal, index > start {
        chunks.append(start..<index)
        start = index
        rows = 0
      }
      rows += length
    }
    if start < lengths.count { chunks.append(start..<lengths.count) }
    return chunks
  }
}
