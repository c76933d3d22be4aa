// Owns the promises of the producer's window, without a broker.

import Synchronization
import Testing

@testable import KafkaClient

@Suite("Producer window")
struct ProducerWindowTests {
  @Test("No more records are on their way than the window holds, and who waited longest goes first")
  func boundsAndOrder() {
    var window = ProducerWindow(inFlightMax: 2)
    let called = Mutex<[Int]>([])
    func enter(_ number: Int) -> Bool {
      if case .entered = window.enter(orWait: { _ in called.withLock { $0.append(number) } }) { return true }
      return false
    }
    #expect([enter(1), enter(2), enter(3), enter(4)] == [true, true, false, false])
    #expect(window.inFlightCount == 2)
    window.leave()?(nil)
    #expect(called.withLock { $0 } == [3])
    #expect(window.inFlightCount == 2)
    window.leave()?(nil)
    #expect(called.withLock { $0 } == [3, 4])
    #expect(window.leave() == nil)
    #expect(window.leave() == nil)
    #expect(window.inFlightCount == 0)
  }

  @Test("A closed window refuses who comes and hands back who waits")
  func closing() {
    var window = ProducerWindow(inFlightMax: 1)
    _ = window.enter(orWait: { _ in })
    _ = window.enter(orWait: { _ in })
    #expect(window.close().count == 1)
    guard case .refused(let error) = window.enter(orWait: { _ in }) else {
      Issue.record("a closed window let a record in")
      return
    }
    #expect(error.code == .closed)
    #expect(window.leave() == nil)
    #expect(window.inFlightCount == 0)
  }
}
