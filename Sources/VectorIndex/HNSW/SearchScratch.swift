// Owns the memory that a walk through a graph works in. Invariant: one walk at a time; nothing is allocated per walk
// once it has grown to its size.

import Synchronization

// SAFETY: the pointers cover what `init` states until `deinit`; `ScratchPool` gives a scratch to one thread at a time.
@safe final class SearchScratch: @unchecked Sendable {
  /// A stamp for each row: equal to `generation` where the present walk has been.
  let visited: UnsafeMutablePointer<UInt16>
  /// The query, padded as rows are.
  let query: UnsafeMutablePointer<Float>
  /// The rows to score at one hop, and their scores: as many as a row has links, at most.
  let rows: UnsafeMutablePointer<UInt32>
  let scores: UnsafeMutablePointer<Float>
  /// Rows to walk on from.
  var frontier = RankHeap<BestFirst>(capacity: 1024)
  /// Rows found.
  var found = RankHeap<WorstFirst>(capacity: 1024)
  /// The best of the rows found and of their equals.
  var ranked = RankHeap<WorstFirst>(capacity: 1024)

  private let rowCount: Int
  private var generation: UInt16 = 0

  init(rowCount: Int, degreeMax: Int, stride: Int) {
    self.rowCount = rowCount
    unsafe query = AlignedMemory.allocate(count: stride, zero: 0)
    unsafe visited = AlignedMemory.allocate(count: rowCount, zero: 0)
    unsafe rows = AlignedMemory.allocate(count: degreeMax, zero: 0)
    unsafe scores = AlignedMemory.allocate(count: degreeMax, zero: 0)
  }

  deinit {
    unsafe AlignedMemory.deallocate(visited)
    unsafe AlignedMemory.deallocate(query)
    unsafe AlignedMemory.deallocate(rows)
    unsafe AlignedMemory.deallocate(scores)
    frontier.deallocate()
    found.deallocate()
    ranked.deallocate()
  }

  /// Keeps a copy of `query`, which has at most `stride` components.
  func setQuery(_ query: Span<Float>) {
    for index in query.indices { unsafe self.query[index] = query[index] }
  }

  /// Begins a walk: the stamp by which it marks rows.
  func nextGeneration() -> UInt16 {
    if generation == .max {
      unsafe visited.update(repeating: 0, count: rowCount)
      generation = 0
    }
    generation += 1
    return generation
  }
}

/// Lends scratches of one size, and keeps them for the next search.
final class ScratchPool: Sendable {
  private let idle = Mutex<[SearchScratch]>([])
  private let rowCount: Int
  private let degreeMax: Int
  private let stride: Int

  init(rowCount: Int, degreeMax: Int, stride: Int) {
    self.rowCount = rowCount
    self.degreeMax = degreeMax
    self.stride = stride
  }

  /// Lends a scratch to `body`; there are as many as searches ran at once.
  func withScratch<R>(_ body: (SearchScratch) -> R) -> R {
    let scratch =
      idle.withLock { $0.popLast() }
      ?? SearchScratch(rowCount: rowCount, degreeMax: degreeMax, stride: stride)
    defer { idle.withLock { $0.append(scratch) } }
    return body(scratch)
  }
}
