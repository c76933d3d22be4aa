// Owns the value of `vectors`. Invariant: the length is a multiple of 8 and the components start at byte 8, so that
// LMDB, whose pages then hold only such rows, keeps them aligned and a scan reads them in place.

import IndexModel

/// checksum u32, id's length u16, dimension u16, components (float32), id, zeros up to a multiple of 8 bytes.
enum VectorCodec {
  /// The largest dimension.
  static let dimensionMax = Int(UInt16.max)
  private static let headByteCount = 8

  /// The bytes of a vector's row.
  static func byteCount(dimension: Int, idByteCount: Int) -> Int {
    (headByteCount + dimension * MemoryLayout<Float>.size + idByteCount + 7) & ~7
  }

  /// Writes the row in place, all of its bytes.
  static func encode(_ id: ItemID, _ values: Span<Float>, key: RawSpan, into bytes: inout MutableRawSpan) {
    let idUTF8 = id.rawValue.utf8
    let valuesEnd = headByteCount + values.count * MemoryLayout<Float>.size
    // SAFETY: the caller reserved `byteCount(dimension:idByteCount:)` bytes; every write ends at or before that.
    unsafe bytes.withUnsafeMutableBytes { row in
      unsafe row.storeBytes(of: UInt16(idUTF8.count).littleEndian, toByteOffset: 4, as: UInt16.self)
      unsafe row.storeBytes(of: UInt16(values.count).littleEndian, toByteOffset: 6, as: UInt16.self)
      unsafe values.withUnsafeBytes { unsafe row[headByteCount..<valuesEnd].copyBytes(from: $0) }
      let idEnd = valuesEnd + idUTF8.count
      unsafe row[valuesEnd..<idEnd].copyBytes(from: idUTF8)
      for index in idEnd..<row.count { unsafe row[index] = 0 }
      let checksum = unsafe RecordChecksum.checksum(key: key, value: UnsafeRawBufferPointer(row).bytes)
      unsafe row.storeBytes(of: checksum.littleEndian, as: UInt32.self)
    }
  }

  /// The id of a row that was verified by its checksum.
  static func decodeID(_ value: RawSpan, dimension: Int) throws -> ItemID {
    guard value.byteCount >= headByteCount else { throw RecordFailure("the value is too short for a vector") }
    let idByteCount = Int(UInt16(littleEndian: value.load(UInt16.self, at: 4)))
    let storedDimension = Int(UInt16(littleEndian: value.load(UInt16.self, at: 6)))
    guard storedDimension == dimension else {
      throw RecordFailure("it has \(storedDimension) components, the store's model has \(dimension)")
    }
    guard value.byteCount == byteCount(dimension: dimension, idByteCount: idByteCount) else {
      throw RecordFailure("\(value.byteCount) bytes do not hold \(dimension) components and an id of \(idByteCount)")
    }
    let idStart = headByteCount + dimension * MemoryLayout<Float>.size
    guard let text = value.extracting(idStart..<(idStart + idByteCount)).text, let id = ItemID(text) else {
      throw RecordFailure("its id is no text of 1 to \(ItemID.byteCountMax) bytes")
    }
    return id
  }

  /// Passes the components of a row that `decodeID` has accepted, in place where they are aligned.
  static func withValues<Result>(
    _ value: RawSpan, dimension: Int, _ body: (Span<Float>) throws -> Result
  ) rethrows -> Result {
    let range = headByteCount..<(headByteCount + dimension * MemoryLayout<Float>.size)
    // SAFETY: `decodeID` checked the length; every bit pattern is a Float; alignment is checked here.
    return try unsafe value.extracting(range).withUnsafeBytes { bytes in
      guard UInt(bitPattern: bytes.baseAddress) % UInt(MemoryLayout<Float>.alignment) == 0 else {
        let copy = unsafe Array<Float>(unsafeUninitializedCapacity: dimension) { floats, count in
          unsafe UnsafeMutableRawBufferPointer(floats).copyMemory(from: bytes)
          count = dimension
        }
        return try body(copy.span)
      }
      return try unsafe body(bytes.assumingMemoryBound(to: Float.self).span)
    }
  }
}
