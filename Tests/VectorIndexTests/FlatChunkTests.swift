// Owns the promise that the search of a flat chunk is exact, ties included.

import IndexModel
import Testing
import VectorIndex

@Suite("Flat chunk")
struct FlatChunkTests {
  /// Components are small integers, so float and double agree to the bit and equal scores abound.
  private func integerRows(_ random: inout RandomVectors, count: Int, dimension: Int) -> [[Float]] {
    (0..<count).map { _ in (0..<dimension).map { _ in Float(random.index(below: 4)) - 1 } }
  }

  @Test("The top k equals the brute-force oracle, equal scores in the caller's order", arguments: Metric.allCases)
  func equalsOracle(metric: Metric) throws {
    var random = RandomVectors(stream: 10)
    for (count, dimension) in [(1, 3), (255, 4), (256, 5), (257, 4), (1500, 6)] {
      let rows = integerRows(&random, count: count, dimension: dimension)
      let chunk = FlatChunk(capacity: count, dimension: dimension, metric: metric)
      for (row, values) in rows.enumerated() {
        #expect(chunk.append(values.span, sequence: SequenceNumber(rawValue: UInt64(row + 1))) == row)
      }
      for _ in 0..<count / 5 {
        chunk.mask.mark(
          random.index(below: count), by: SequenceNumber(rawValue: UInt64(count + 1 + random.index(below: 20))))
      }
      // An order of ids that is not the order of rows.
      var places = Array(0..<count)
      random.shuffle(&places)
      for trial in 0..<20 {
        let query = integerRows(&random, count: 1, dimension: dimension)[0]
        let k = [1, 2, 10, 100][trial % 4]
        let bound = trial % 3 == 0 ? count : random.index(below: count) + 1
        let floor = UInt64(random.index(below: count / 2 + 1))
        let ceiling = UInt64(count + random.index(below: 22))
        let found = chunk.search(
          query.span, k: k, rowCount: bound, floor: SequenceNumber(rawValue: floor),
          ceiling: SequenceNumber(rawValue: ceiling), precedes: { places[$0] < places[$1] })
        let oracle = (0..<bound).filter { row in
          UInt64(row + 1) > floor && UInt64(row + 1) <= ceiling
            && ceiling < chunk.mask.supersededBy(row)?.rawValue ?? .max
        }.map { (row: $0, score: referenceScore(query, rows[$0], metric: metric)) }
          .sorted { ($1.score, places[$0.row]) < ($0.score, places[$1.row]) }
          .prefix(k)
        #expect(found.map(\.row) == oracle.map(\.row), "\(count) rows, k \(k), \(replay)")
        #expect(found.map { Double($0.score) } == oracle.map(\.score))
      }
    }
  }

  @Test("Scores equal those of the graph's tier to the bit", arguments: Metric.allCases)
  func scoresEqualTheSharedFunction(metric: Metric) {
    var random = RandomVectors(stream: 11)
    let rows = random.uniformRows(300, dimension: 37)
    let chunk = FlatChunk(capacity: 300, dimension: 37, metric: metric)
    for values in rows { _ = chunk.append(values.span, sequence: SequenceNumber(rawValue: 1)) }
    let query = random.vector(dimension: 37)
    let found = chunk.search(
      query.span, k: 300, rowCount: 300, floor: .zero, ceiling: SequenceNumber(rawValue: 1), precedes: <)
    #expect(found.count == 300)
    for neighbor in found {
      let row = rows[neighbor.row]
      let score = VectorMath.score(row.span, query.span, metric: metric)
      #expect(neighbor.score == score)
    }
  }

  @Test("A row whose score overflows to no number ranks last, in every tier")
  func overflowRanksLast() throws {
    let rows: [[Float]] = [[1, 1], [3e38, -3e38], [2, 0]]
    let query: [Float] = [3e38, 3e38]
    let chunk = FlatChunk(capacity: 3, dimension: 2, metric: .innerProduct)
    for values in rows { _ = chunk.append(values.span, sequence: SequenceNumber(rawValue: 1)) }
    let fresh = chunk.search(
      query.span, k: 3, rowCount: 3, floor: .zero, ceiling: SequenceNumber(rawValue: 1), precedes: <)
    let index = try build(VectorBlock(rows), metric: .innerProduct)
    let main = index.search(query.span, k: 3, ef: 10, visibility: nil)
    #expect(fresh.last == Neighbor(row: 1, score: -.infinity))
    #expect(fresh == main)
  }

  @Test("Readers find exactly the rows that were published to them while the writer goes on")
  func readersFollowTheWriter() async {
    let capacity = 4000
    let chunk = FlatChunk(capacity: capacity, dimension: 3, metric: .innerProduct)
    let published = Counter()
    let query: [Float] = [1, 0, 0]
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        for row in 0..<capacity {
          let values: [Float] = [Float(row), 1, 2]
          _ = chunk.append(values.span, sequence: SequenceNumber(rawValue: UInt64(row + 1)))
          if row >= 10 { chunk.mask.mark(row - 10, by: SequenceNumber(rawValue: UInt64(row + 1))) }
          published.value.store(row + 1, ordering: .releasing)
        }
      }
      for _ in 0..<2 {
        group.addTask {
          var seen = 0
          while seen < capacity {
            seen = published.value.load(ordering: .acquiring)
            // As of sequence `seen`, the rows seen - 10 ..< seen are current, and a greater row scores higher.
            let found = chunk.search(
              query.span, k: 20, rowCount: seen, floor: .zero, ceiling: SequenceNumber(rawValue: UInt64(seen)),
              precedes: <)
            #expect(found.map(\.row) == (max(0, seen - 10)..<seen).reversed())
          }
        }
      }
    }
  }

  @Test("A full chunk takes no more rows, and a row keeps its sequence")
  func fullChunkRefuses() {
    let chunk = FlatChunk(capacity: 2, dimension: 1, metric: .innerProduct)
    #expect(chunk.append([1].span, sequence: SequenceNumber(rawValue: 5)) == 0)
    #expect(chunk.append([2].span, sequence: SequenceNumber(rawValue: 8)) == 1)
    #expect(chunk.append([3].span, sequence: SequenceNumber(rawValue: 9)) == nil)
    #expect(chunk.count == 2)
    #expect(chunk.sequence(0).rawValue == 5 && chunk.sequence(1).rawValue == 8)
  }

  @Test("A search sees no row at or above the row count it captured")
  func searchIsBoundedByTheCapturedCount() {
    let chunk = FlatChunk(capacity: 8, dimension: 1, metric: .innerProduct)
    for value in 1...8 { _ = chunk.append([Float(value)].span, sequence: SequenceNumber(rawValue: UInt64(value))) }
    let found = chunk.search(
      [1].span, k: 8, rowCount: 3, floor: .zero, ceiling: SequenceNumber(rawValue: 100), precedes: <)
    #expect(found.map(\.row) == [2, 1, 0])
    let none = chunk.search([1].span, k: 0, rowCount: 8, floor: .zero, ceiling: .zero, precedes: <)
    #expect(none.isEmpty)
  }
}
