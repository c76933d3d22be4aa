// Owns a binary heap of rank keys in memory of its own. Invariant: the root comes first in the heap's order.

/// Which key a heap keeps at its root.
protocol RankHeapOrder {
  static func precedes(_ left: RankKey, _ right: RankKey) -> Bool
}

/// The best key at the root: rows still to visit.
enum BestFirst: RankHeapOrder {
  @inline(__always)
  static func precedes(_ left: RankKey, _ right: RankKey) -> Bool { left > right }
}

/// The worst key at the root: the rows kept, the next to be displaced first.
enum WorstFirst: RankHeapOrder {
  @inline(__always)
  static func precedes(_ left: RankKey, _ right: RankKey) -> Bool { left < right }
}

// SAFETY: `keys` covers `capacity` keys of which the first `count` are initialised; the value that holds a heap in
// the end calls `deallocate` once. Hot loops work on a local copy and store it back.
@safe struct RankHeap<Order: RankHeapOrder> {
  private var keys: UnsafeMutablePointer<RankKey>
  private var capacity: Int
  private(set) var count = 0

  init(capacity: Int) {
    self.capacity = max(16, capacity)
    unsafe keys = .allocate(capacity: self.capacity)
  }

  func deallocate() { unsafe keys.deallocate() }

  /// The root; the heap is not empty.
  @inline(__always)
  var root: RankKey { unsafe keys[0] }

  @inline(__always)
  mutating func removeAll() { count = 0 }

  @inline(__always)
  mutating func push(_ key: RankKey) {
    if count == capacity { grow() }
    var hole = count
    count += 1
    while hole > 0 {
      let parent = (hole - 1) / 2
      let above = unsafe keys[parent]
      if !Order.precedes(key, above) { break }
      unsafe keys[hole] = above
      hole = parent
    }
    unsafe keys[hole] = key
  }

  /// Removes and returns the root; the heap is not empty.
  @inline(__always)
  mutating func pop() -> RankKey {
    let root = unsafe keys[0]
    count -= 1
    if count > 0 { siftDown(unsafe keys[count]) }
    return root
  }

  /// Puts `key` in the root's place; the heap is not empty.
  @inline(__always)
  mutating func replaceRoot(with key: RankKey) { siftDown(key) }

  /// Keeps the best `limit` keys of those offered (in a `WorstFirst` heap).
  @inline(__always)
  mutating func offer(_ key: RankKey, limit: Int) where Order == WorstFirst {
    if count < limit {
      push(key)
    } else if key > root {
      replaceRoot(with: key)
    }
  }

  @inline(__always)
  private mutating func siftDown(_ key: RankKey) {
    var hole = 0
    while true {
      var child = 2 * hole + 1
      if child >= count { break }
      if child + 1 < count, unsafe Order.precedes(keys[child + 1], keys[child]) { child += 1 }
      let below = unsafe keys[child]
      if !Order.precedes(below, key) { break }
      unsafe keys[hole] = below
      hole = child
    }
    unsafe keys[hole] = key
  }

  @inline(never)
  private mutating func grow() {
    let larger = UnsafeMutablePointer<RankKey>.allocate(capacity: capacity * 2)
    unsafe larger.update(from: keys, count: count)
    unsafe keys.deallocate()
    unsafe keys = larger
    capacity *= 2
  }
}

extension RankHeap where Order == WorstFirst {
  /// Empties the heap into the keys it holds, best first.
  mutating func drainKeys() -> [RankKey] {
    var keys: [RankKey] = []
    keys.reserveCapacity(count)
    while count > 0 { keys.append(pop()) }
    keys.reverse()
    return keys
  }

  /// Empties the heap into the neighbours it holds, best first, at most `k` of them.
  mutating func drain(best k: Int) -> [Neighbor] {
    while count > k { _ = pop() }
    let found = count
    return unsafe [Neighbor](unsafeUninitializedCapacity: found) { buffer, initialized in
      for place in stride(from: found - 1, through: 0, by: -1) {
        let key = pop()
        unsafe buffer.initializeElement(at: place, to: Neighbor(row: key.row, score: key.score))
      }
      initialized = found
    }
  }
}
