// Owns the links of a graph in three flat tables. Invariant: after `checkRanges` no walk leaves the tables.
//
//     baseLinks    rowCount × 2m    the rows linked on level 0; unused slots, at the end, hold `noRow`
//     upperStarts  rowCount + 1     prefix sums of the rows' levels: row r owns the upper blocks
//                                   upperStarts[r] ..< upperStarts[r + 1], one for each level from 1 on
//     upperLinks   blocks × m       the rows linked on those levels, in the same way
//     twins        rowCount         the next row with the same vector, or `noRow`
//
// Rows with equal vectors form a chain in ascending order. Only its first row has links; a search that reaches it
// has reached them all. (Linked one by one, more equal rows than a row has links would shut each other off.)

// SAFETY: the pointers cover the tables above for as long as `owner` lives; only a builder writes through them, before
// it hands the graph out.
/// The links of an HNSW graph. A value that shares its tables; reading is safe from any thread.
@safe public struct HNSWGraph: @unchecked Sendable {
  /// Rows.
  public let rowCount: Int
  /// Links of a row on each upper level at most; on level 0 twice as many.
  public let m: Int
  /// Where a search begins: a row of the highest level; `nil` in an empty graph.
  public let entryRow: Int?

  let baseLinks: UnsafeMutablePointer<UInt32>
  let upperStarts: UnsafeMutablePointer<UInt32>
  let upperLinks: UnsafeMutablePointer<UInt32>
  let twins: UnsafeMutablePointer<UInt32>
  private let owner: AnyObject

  /// Marks an unused slot and the end of a chain.
  static var noRow: UInt32 { .max }

  init(
    rowCount: Int, m: Int, entryRow: Int?, baseLinks: UnsafeMutablePointer<UInt32>,
    upperStarts: UnsafeMutablePointer<UInt32>, upperLinks: UnsafeMutablePointer<UInt32>,
    twins: UnsafeMutablePointer<UInt32>, owner: AnyObject
  ) {
    self.rowCount = rowCount
    self.m = m
    self.entryRow = entryRow
    unsafe self.baseLinks = baseLinks
    unsafe self.upperStarts = upperStarts
    unsafe self.upperLinks = upperLinks
    unsafe self.twins = twins
    self.owner = owner
  }

  /// The highest level.
  public var levelMax: Int { entryRow.map { level(of: $0) } ?? 0 }

  /// Blocks of links above level 0.
  var upperBlockCount: Int { unsafe Int(upperStarts[rowCount]) }

  /// The highest level of `row`.
  public func level(of row: Int) -> Int {
    precondition(row >= 0 && row < rowCount, "row out of range")
    return unsafe Int(upperStarts[row + 1] - upperStarts[row])
  }

  /// The rows that `row` links to on `level`, which is at most its own.
  public func neighbors(of row: Int, level: Int) -> [Int] {
    precondition(level >= 0 && level <= self.level(of: row), "level out of range")
    var rows: [Int] = []
    forEachLink(of: row, level: level) { rows.append($0) }
    return rows
  }

  /// Calls `body` with each row that `row` links to on `level`.
  @inline(__always)
  func forEachLink(of row: Int, level: Int, _ body: (Int) throws -> Void) rethrows {
    let links = unsafe slots(of: row, level: level)
    for slot in 0..<degreeMax(level: level) {
      let neighbor = unsafe links[slot]
      guard neighbor != Self.noRow else { return }
      try body(Int(neighbor))
    }
  }

  /// The next row with the same vector as `row`, if any.
  public func twin(of row: Int) -> Int? {
    precondition(row >= 0 && row < rowCount, "row out of range")
    let twin = unsafe twins[row]
    return twin == Self.noRow ? nil : Int(twin)
  }

  @inline(__always)
  func degreeMax(level: Int) -> Int { level == 0 ? 2 * m : m }

  /// The slots of `row` on `level`: `degreeMax(level:)` of them.
  @inline(__always)
  func slots(of row: Int, level: Int) -> UnsafeMutablePointer<UInt32> {
    level == 0
      ? unsafe baseLinks + row * 2 * m
      : unsafe upperLinks + (Int(upperStarts[row]) + level - 1) * m
  }
}
