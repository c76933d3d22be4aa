// Owns the reading of the free list of an LMDB 0.9 data file: a B-tree from transaction to the pages that it freed.
// Invariant: whatever the file holds, the walk ends and reads nothing beyond the file.

/// One walk over the free list.
struct FreeList {
  /// Stands for "no page".
  static let noPage = UInt64.max
  /// LMDB's own limit of a tree's depth.
  private static let depthMax = 32
  private static let pageHeaderByteCount = 16
  private static let nodeHeaderByteCount = 8

  private struct PageFlags: OptionSet {
    let rawValue: UInt16
    static let branch = PageFlags(rawValue: 1)
    static let leaf = PageFlags(rawValue: 2)
  }

  /// The node's value stands on pages of its own.
  private static let largeValue: UInt16 = 1

  private let file: DataFile
  private var pageBudget: Int
  private var found: Set<UInt64> = []

  init(file: DataFile, pageCount: Int) {
    self.file = file
    pageBudget = pageCount
  }

  /// The free pages with numbers in `range`.
  mutating func pages(root: UInt64, in range: ClosedRange<UInt64>) throws -> Set<UInt64> {
    if root != Self.noPage { try visit(root, range, depth: 0) }
    return found
  }

  private mutating func visit(_ number: UInt64, _ range: ClosedRange<UInt64>, depth: Int) throws {
    pageBudget -= 1
    guard pageBudget >= 0, depth < Self.depthMax else { throw file.damaged("its free list does not end") }
    let page = try file.pages(number)
    let flags = PageFlags(rawValue: try page.integer(at: 10))
    let nodesEnd = Int(try page.integer(UInt16.self, at: 12))
    guard nodesEnd >= Self.pageHeaderByteCount else {
      throw file.damaged("page \(number) of its free list has no head")
    }
    for slot in stride(from: Self.pageHeaderByteCount, to: nodesEnd, by: 2) {
      let node = Int(try page.integer(UInt16.self, at: slot))
      if flags.contains(.branch) {
        try visit(child(page, node), range, depth: depth + 1)
      } else if flags.contains(.leaf) {
        try collect(page, node, range)
      } else {
        throw file.damaged("page \(number) is not of its free list")
      }
    }
  }

  /// A branch node: the child's number in 48 bits.
  private func child(_ page: PageBytes, _ node: Int) throws -> UInt64 {
    UInt64(try page.integer(UInt32.self, at: node)) | UInt64(try page.integer(UInt16.self, at: node + 4)) << 32
  }

  /// A leaf node: key, then a count and as many page numbers.
  private mutating func collect(_ page: PageBytes, _ node: Int, _ range: ClosedRange<UInt64>) throws {
    let byteCount = Int(try page.integer(UInt32.self, at: node))
    let flags: UInt16 = try page.integer(at: node + 4)
    var start = node + Self.nodeHeaderByteCount + Int(try page.integer(UInt16.self, at: node + 6))
    var value = page
    if flags & Self.largeValue != 0 {
      let pageCount = (Self.pageHeaderByteCount + byteCount + file.pageByteCount - 1) / file.pageByteCount
      pageBudget -= pageCount
      guard pageBudget >= 0 else { throw file.damaged("its free list does not end") }
      value = try file.pages(page.integer(at: start), count: pageCount)
      start = Self.pageHeaderByteCount
    }
    for offset in stride(from: start + 8, to: start + byteCount, by: 8) {
      let free: UInt64 = try value.integer(at: offset)
      if range.contains(free) { found.insert(free) }
    }
  }
}
