// Owns the growing log of a crash test: seeded changes in a JSON-lines file. Invariant: what is in the file and what
// is remembered of it are the same lines.

import Foundation
import IndexModel
import TierEngine
import VectorIndex

/// One line of the log.
struct LoggedChange {
  enum Kind {
    case upsert(vector: [Float], colour: Int64)
    case delete
    case poison
  }

  var id: ItemID
  var version: UInt64?
  var kind: Kind
  /// The byte at which the line starts.
  var offset: Int64
  /// The byte after its newline, which is the position once it is applied.
  var nextOffset: Int64
}

/// A file of changes to a small set of items.
struct ChangeLog {
  static let dimension = 16
  static let ids = (0..<120).compactMap { ItemID("item-\($0)") }

  private(set) var changes: [LoggedChange] = []
  private let domain: VersionDomain
  private let file: FileHandle
  private var random: SplitMix64

  /// Makes the empty file `path`.
  init(path: String, domain: VersionDomain, seed: UInt64) throws {
    self.domain = domain
    random = SplitMix64(seed: seed)
    try Data().write(to: URL(filePath: path))
    file = try FileHandle(forWritingTo: URL(filePath: path))
  }

  /// The byte after the last line.
  var end: Int64 { changes.last?.nextOffset ?? 0 }

  /// Writes `count` lines in one piece.
  mutating func append(_ count: Int) throws {
    var bytes = Data()
    for _ in 0..<count {
      guard let id = Self.ids.randomElement(using: &random) else { return }
      let version = makeVersion()
      let versionText = version.map { ",\"version\":\($0)" } ?? ""
      let (kind, line) = makeChange(of: id, versionText)
      bytes.append(Data((line + "\n").utf8))
      let offset = end
      changes.append(
        LoggedChange(
          id: id, version: version, kind: kind, offset: offset, nextOffset: offset + Int64(line.utf8.count) + 1))
    }
    try file.write(contentsOf: bytes)
  }

  /// A unit vector that is equal to others now and then.
  mutating func makeVector() -> [Float] {
    var vector = (0..<Self.dimension).map { _ in Float(Int.random(in: -3...3, using: &random)) }
    vector[0] += 4
    return vector
  }

  private mutating func makeChange(of id: ItemID, _ versionText: String) -> (LoggedChange.Kind, String) {
    switch Int.random(in: 0..<20, using: &random) {
    case 0..<15:
      var vector = makeVector()
      let colour = Int64.random(in: 0..<1000, using: &random)
      let values = vector.map { "\($0)" }.joined(separator: ",")
      _ = VectorMath.normalize(&vector)
      return (
        .upsert(vector: vector, colour: colour),
        #"{"id":"\#(id)"\#(versionText),"vector":[\#(values)],"attributes":{"colour":\#(colour)}}"#
      )
    case 15..<19: return (.delete, #"{"id":"\#(id)"\#(versionText),"op":"delete"}"#)
    default: return (.poison, #"{"id":"\#(id)""#)
    }
  }

  /// Versions rise with the log, not without going back, and now and then there is none.
  private mutating func makeVersion() -> UInt64? {
    guard domain == .field, Int.random(in: 0..<10, using: &random) > 0 else { return nil }
    return UInt64(changes.count + Int.random(in: 1...300, using: &random))
  }
}
