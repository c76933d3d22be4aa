// Owns the promise that the store is a dictionary: whatever is written, replaced, removed, rolled back and opened
// again, it reads as a plain map does, and stays valid.

import IndexModel
import ItemStore
import TestKit
import TierEngine
import Testing

/// What a store must hold, in plain maps.
private struct Model: Equatable {
  var items: [ItemID: StoredItem] = [:]
  var tombstones: [ItemID: Tombstone] = [:]
  var texts: [ItemID: String] = [:]
  var vectors: [SequenceNumber: (ItemID, [Float])] = [:]
  var positions: [SourcePartition: StoredPosition] = [:]
  var generations: [UInt64: GenerationRecord] = [:]
  var letters: [EventPosition: DeadLetter] = [:]
  var lastSequence = SequenceNumber.zero

  static func == (left: Model, right: Model) -> Bool {
    left.items == right.items && left.tombstones == right.tombstones && left.texts == right.texts
      && left.vectors.mapValues { $0.0 } == right.vectors.mapValues { $0.0 }
      && left.vectors.mapValues { $0.1.map(\.bitPattern) } == right.vectors.mapValues { $0.1.map(\.bitPattern) }
      && left.positions == right.positions && left.generations == right.generations && left.letters == right.letters
      && left.lastSequence == right.lastSequence
  }
}

private struct Abandoned: Error {}

@Suite("The store against plain maps")
struct ModelTests {
  @Test("a random history of batches, rollbacks and restarts reads as plain maps do, and every state is valid")
  func randomHistory() throws {
    let seed = TestSeed.announced(for: "randomHistory", fixed: 20_261_121)
    var rows = RandomRows(seed: seed)
    let folder = try TemporaryFolder()
    var store: LMDBItemStore? = try Sample.open(folder.store)
    var model = Model()
    for batch in 0..<150 {
      var changed = model
      do {
        try #require(store).write { writer in
          for _ in 0..<(1 + rows.below(25)) {
            try Self.change(&changed, &rows, writer)
            #expect(try writer.lastSequence() == changed.lastSequence)
          }
          if rows.chance(10) { throw Abandoned() }
        }
        model = changed
      } catch is Abandoned {}
      if rows.chance(10) {
        store = nil
        store = try Sample.open(folder.store)
      }
      try Self.expectEqual(#require(store), model, "batch \(batch)")
      let report = try StoreInspection.run(#require(store))
      #expect(report.isValid, "batch \(batch): \(report.violations)")
      #expect(report.counts == StoreCounts(items: model.items.count, tombstones: model.tombstones.count))
    }
    #expect(model.items.count > 5 && model.tombstones.count > 5 && model.letters.count > 5, "the history is too tame")
  }

  private static func change(_ model: inout Model, _ rows: inout RandomRows, _ writer: any StoreWriting) throws {
    let id = try rows.id()
    switch rows.below(10) {
    case 0...4: try upsert(id, &model, &rows, writer)
    case 5...6: try delete(id, &model, &rows, writer)
    case 7:
      let partition = rows.position().partition
      model.positions[partition] = rows.storedPosition()
      if let position = model.positions[partition] { try writer.putPosition(partition, position) }
    case 8:
      let number = UInt64(rows.below(5))
      if model.generations.removeValue(forKey: number) != nil {
        try writer.removeGeneration(number)
      } else {
        let record = Sample.generation(number, watermark: model.lastSequence.rawValue)
        model.generations[number] = record
        try writer.putGeneration(record)
      }
    default:
      if let known = model.letters.keys.min(by: { $0.description < $1.description }), rows.chance(40) {
        model.letters[known] = nil
        #expect(try writer.removeDeadLetter(known))
        #expect(try !writer.removeDeadLetter(known))
      } else {
        let letter = rows.deadLetter()
        model.letters[letter.position] = letter
        try writer.putDeadLetter(letter)
      }
    }
  }

  private static func upsert(
    _ id: ItemID, _ model: inout Model, _ rows: inout RandomRows, _ writer: any StoreWriting
  ) throws {
    let sequence = model.lastSequence.next
    let former = model.items[id]?.vectorSequence
    var vectorSequence = sequence
    if let former, rows.chance(40) {
      vectorSequence = former
    } else {
      if let former {
        try writer.removeVector(former)
        model.vectors[former] = nil
      }
      let values = rows.vector()
      try writer.putVector(sequence, id, values.span)
      model.vectors[sequence] = (id, values)
    }
    let item = rows.item(sequence, vector: vectorSequence)
    try writer.putItem(id, item)
    model.items[id] = item
    model.tombstones[id] = nil
    if rows.chance(60) {
      let text = rows.text(byteCountMax: 6000)
      try writer.putText(id, text)
      model.texts[id] = text
    }
    model.lastSequence = sequence
  }

  private static func delete(
    _ id: ItemID, _ model: inout Model, _ rows: inout RandomRows, _ writer: any StoreWriting
  ) throws {
    let tombstone = rows.tombstone(model.lastSequence.next)
    if let former = model.items[id]?.vectorSequence {
      try writer.removeVector(former)
      model.vectors[former] = nil
    }
    try writer.putTombstone(id, tombstone)
    model.items[id] = nil
    model.texts[id] = nil
    model.tombstones[id] = tombstone
    model.lastSequence = tombstone.sequence
  }

  private static func expectEqual(_ store: LMDBItemStore, _ model: Model, _ place: Comment) throws {
    try store.read { reader throws in
      var found = Model()
      for id in Set(model.items.keys).union(model.tombstones.keys).union([try Sample.id("never seen")]) {
        found.items[id] = try reader.item(id)
        found.tombstones[id] = try reader.tombstone(id)
        found.texts[id] = try reader.text(id)
      }
      try reader.forEachVector(after: .zero, through: SequenceNumber(rawValue: .max)) { sequence, id, values in
        found.vectors[sequence] = (id, values.indices.map { values[$0] })
        return true
      }
      found.positions = try reader.positions()
      for record in try reader.generations() { found.generations[record.number] = record }
      for letter in try reader.deadLetters(limit: .max) { found.letters[letter.position] = letter }
      found.lastSequence = try reader.lastSequence()
      #expect(found == model, place)
      #expect(try reader.deadLetterCount() == model.letters.count, place)
      #expect(
        try reader.counts() == StoreCounts(items: model.items.count, tombstones: model.tombstones.count), place)
      var sequences: [SequenceNumber] = []
      try reader.forEachVectorSequence { sequences.append($0) }
      #expect(sequences == model.vectors.keys.sorted(), place)
      for (sequence, (_, values)) in model.vectors {
        #expect(try reader.vector(sequence)?.map(\.bitPattern) == values.map(\.bitPattern), place)
      }
    }
  }
}
