// Owns the promises of parked records: listed oldest first, kept as they came, removed one by one.

import IndexModel
import ItemStore
import TierEngine
import Testing

@Suite("Dead letters")
struct DeadLetterTests {
  @Test("letters are listed oldest first across partitions, and in the log's order within one")
  func oldestFirst() throws {
    let folder = try TemporaryFolder()
    let store = try Sample.open(folder.store)
    // The partition's clock of 2 goes back once: the log's order wins within it.
    let letters = [
      Sample.letter(1, 300, milliseconds: 10), Sample.letter(0, 7, milliseconds: 20),
      Sample.letter(2, 1, milliseconds: 30), Sample.letter(2, 256, milliseconds: 25),
      Sample.letter(0, 8, milliseconds: 40), Sample.letter(1, 301, milliseconds: 50),
    ]
    try store.write { writer in
      for letter in letters.reversed() { try writer.putDeadLetter(letter) }
    }
    try store.read { reader throws in
      #expect(try reader.deadLetters(limit: 100) == letters)
      #expect(try reader.deadLetters(limit: 4) == Array(letters.prefix(4)))
      #expect(try reader.deadLetters(limit: 0).isEmpty)
      #expect(try reader.deadLetterCount() == 6)
    }
  }

  @Test("a removed letter is gone, the others stay, and removing it again says that it was not there")
  func removal() throws {
    let folder = try TemporaryFolder()
    let store = try Sample.open(folder.store)
    let first = Sample.letter(0, 1, milliseconds: 1)
    let second = Sample.letter(0, 2, milliseconds: 2)
    try store.write { writer in
      try writer.putDeadLetter(first)
      try writer.putDeadLetter(second)
    }
    #expect(try store.write { try $0.removeDeadLetter(first.position) })
    #expect(try !store.write { try $0.removeDeadLetter(first.position) })
    #expect(try store.read { try $0.deadLetters(limit: 10) } == [second])
  }

  @Test("a source's name that does not fit a key is refused by name")
  func overlongTopic() throws {
    let folder = try TemporaryFolder()
    let store = try Sample.open(folder.store)
    let topic = String(repeating: "t", count: 499)
    let error = #expect(throws: StoreError.self) {
      try store.write { writer in
        try writer.putPosition(
          SourcePartition(topic: topic, partition: 0),
          StoredPosition(nextOffset: 1, lastOffset: nil, lastRecordHash: 0))
      }
    }
    #expect(error?.message.contains(topic) == true)
    try store.write { writer in
      try writer.putDeadLetter(
        DeadLetter(
          position: EventPosition(
            partition: SourcePartition(topic: String(topic.dropLast()), partition: .max), offset: .max),
          key: [], value: nil, code: "", reason: "", time: EventTime(millisecondsSince1970: 0)))
    }
    #expect(try store.read { try $0.deadLetters(limit: 1) }.first?.position.partition.partition == .max)
  }
}
