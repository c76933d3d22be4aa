// Owns the reading of the header pages of an LMDB 0.9 data file (`MDB_meta` in LMDB's mdb.c, 64-bit, data version 1).

/// What a snapshot's header says.
struct DataFileHeader {
  /// The last page ever used.
  let lastPage: UInt64
  /// The root page of the free list; `FreeList.noPage` where it is empty.
  let freeListRoot: UInt64

  private enum Offset {
    static let header = 16
    static let freeListRoot = header + 24 + 40
    static let lastPage = header + 120
    static let transactionID = header + 128
  }

  /// The header of the snapshot `transactionID`: pages 0 and 1 hold the last two. `nil` where
  /// neither is it.
  static func read(of transactionID: UInt64, from file: DataFile) throws -> DataFileHeader? {
    for number: UInt64 in 0...1 {
      let page = try file.pages(number)
      guard try page.integer(UInt64.self, at: Offset.transactionID) == transactionID else { continue }
      return DataFileHeader(
        lastPage: try page.integer(at: Offset.lastPage), freeListRoot: try page.integer(at: Offset.freeListRoot))
    }
    return nil
  }
}
