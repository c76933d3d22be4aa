// Tests of the hand-over between stages.

import Testing

@testable import TierEngine

@Suite("A queue between stages is bounded and loses nothing")
struct BoundedQueueTests {
  @Test("a waiting producer and a consumer see every element, in order, within the bound")
  func order() {
    let queue = BoundedQueue<Int>(countMax: 8, bytesMax: 1000)
    let producer = WorkerThread(name: "producer") {
      for number in 0..<10_000 { _ = queue.appendWaiting(number, bytes: 10) }
      queue.close()
    }
    var seen: [Int] = []
    while true {
      #expect(queue.count <= 8)
      let taken = queue.takeWaiting(countMax: 3)
      if taken.isEmpty { break }
      #expect(taken.count <= 3)
      seen += taken
    }
    producer.join()
    #expect(seen == Array(0..<10_000))
  }

  @Test("bytes bound the queue too, but one large element passes alone")
  func bytes() {
    let queue = BoundedQueue<Int>(countMax: 100, bytesMax: 100)
    #expect(queue.appendWaiting(1, bytes: 5000))
    #expect(queue.fill >= 1)
    let second = WorkerThread(name: "second") { _ = queue.appendWaiting(2, bytes: 1) }
    #expect(queue.takeWaiting(countMax: 1) == [1])
    #expect(queue.takeWaiting(countMax: 1) == [2])
    second.join()
  }

  @Test("closing wakes a waiting producer and a waiting consumer")
  func closing() {
    let full = BoundedQueue<Int>(countMax: 1, bytesMax: 100)
    #expect(full.append(1, bytes: 1))
    let producer = WorkerThread(name: "producer") { #expect(!full.appendWaiting(2, bytes: 1)) }
    full.close()
    producer.join()
    #expect(full.takeWaiting(countMax: 9) == [1])
    #expect(full.takeWaiting(countMax: 9).isEmpty)
    #expect(!full.append(3, bytes: 1))
  }
}
