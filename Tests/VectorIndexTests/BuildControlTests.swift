// Owns the promises about throttling and about the threads of a build.

import Glibc
import Testing

@testable import VectorIndex

@Suite("Build control")
struct BuildControlTests {
  private func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    unsafe clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  @Test("A throttled thread uses no more than its share of the CPU", arguments: [0.25, 0.5])
  func keepsItsShare(share: Double) throws {
    // Holds on a busy machine too: others can only lower the thread's share.
    let control = BuildControl(threadCount: 1, cpuShare: share)
    let cpuStart = seconds(CLOCK_THREAD_CPUTIME_ID)
    let wallStart = seconds(CLOCK_MONOTONIC)
    var sum: UInt64 = 0
    while seconds(CLOCK_THREAD_CPUTIME_ID) - cpuStart < 0.08 {
      for value in 0..<20_000 as Range<UInt64> { sum = sum &* 31 &+ value }
      try control.checkpoint()
    }
    let cpu = seconds(CLOCK_THREAD_CPUTIME_ID) - cpuStart
    let wall = seconds(CLOCK_MONOTONIC) - wallStart
    // One slice, 4 ms, is used before the first pause.
    #expect(cpu <= share * wall + 0.006, "\(cpu) s of CPU in \(wall) s, \(sum)")
  }

  @Test("A thread that takes over an ended thread's identity is throttled like any other")
  func newThreadsStartAfresh() throws {
    let control = BuildControl(threadCount: 1, cpuShare: 0.5)
    for _ in 0..<5 {
      let spent = try WorkerTeam(threadCount: 1).map(count: 1) { _ in
        let wallStart = self.seconds(CLOCK_MONOTONIC)
        let cpuStart = self.seconds(CLOCK_THREAD_CPUTIME_ID)
        while self.seconds(CLOCK_THREAD_CPUTIME_ID) - cpuStart < 0.02 { try control.checkpoint() }
        return (
          cpu: self.seconds(CLOCK_THREAD_CPUTIME_ID) - cpuStart, wall: self.seconds(CLOCK_MONOTONIC) - wallStart
        )
      }
      #expect(spent.allSatisfy { $0.cpu <= 0.5 * $0.wall + 0.006 }, "\(spent)")
    }
  }

  @Test("A team does each piece of work once, and gives results in order", arguments: [1, 2, 5])
  func teamDoesEachPieceOnce(threads: Int) throws {
    let team = WorkerTeam(threadCount: threads)
    for count in [0, 1, 3, 1000] {
      #expect(try team.map(count: count) { $0 * 2 } == (0..<count).map { $0 * 2 })
    }
  }

  @Test("A failed piece of work ends the rest and is thrown; the team works on")
  func teamThrowsFailures() throws {
    let team = WorkerTeam(threadCount: 2)
    let done = Counter()
    #expect(throws: BuildCancelled.self) {
      try team.forEach(count: 100_000) { _, item in
        if item == 10 { throw BuildCancelled() }
        done.value.add(1, ordering: .relaxed)
      }
    }
    #expect(done.value.load(ordering: .relaxed) < 100_000)
    #expect(try team.map(count: 3) { $0 } == [0, 1, 2])
  }
}
