// Owns one rebuild: scan → build → write → verify → probe. Runs on the rebuild thread; touches neither ingest nor
// search. Invariant 12: rows are put in a canonical order first, so the same items give the same bytes.

import IndexModel
import VectorIndex

/// What a rebuild is to make.
struct RebuildOrder: Sendable {
  var number: UInt64
  var reason: String
  var watermark: SequenceNumber
}

/// One rebuild.
struct RebuildJob {
  let order: RebuildOrder
  let configuration: EngineConfiguration
  let store: any StorePort
  let segments: any SegmentFilesPort
  let clock: any ClockPort
  let control: BuildControl
  let progress: RebuildProgress

  /// Makes and probes a candidate. Throws `BuildCancelled`, `StoreError` or `SegmentFileError`.
  func run() throws -> ProvenCandidate {
    let startedNanoseconds = clock.monotonicNanoseconds
    progress.enter(.scan)
    let rows = try scan()
    progress.enter(.build)
    let contents = try build(rows)
    progress.enter(.write)
    let file = try segments.write(contents, number: order.number)
    let candidate = Candidate(
      number: order.number, reason: order.reason, file: file, segment: try segments.open(file),
      startedNanoseconds: startedNanoseconds)
    progress.enter(.probe)
    do {
      return try candidate.prove(
        configuration.main.probe, ef: configuration.main.ef, efMax: configuration.main.efMax,
        expected: CandidateExpectation(
          rowCount: contents.ids.count, fingerprint: contents.fingerprint, watermark: order.watermark),
        control: control)
    } catch {
      try? segments.remove(file)
      throw error
    }
  }

  private struct ScannedRows {
    var ids: [ItemID] = []
    var sequences: [UInt64] = []
    var values: [Float] = []
  }

  private func scan() throws -> ScannedRows {
    let dimension = configuration.metadata.model.dimension
    var rows = ScannedRows()
    let expected = try store.read { try $0.counts().items }
    rows.ids.reserveCapacity(expected)
    rows.sequences.reserveCapacity(expected)
    rows.values.reserveCapacity(expected * dimension)
    try store.scanVectors(after: .zero, through: order.watermark) { sequence, id, values in
      rows.ids.append(id)
      rows.sequences.append(sequence.rawValue)
      for index in values.indices { rows.values.append(values[index]) }
      if rows.ids.count % 256 == 0 { try control.checkpoint() }
      return true
    }
    return rows
  }

  private func build(_ rows: ScannedRows) throws -> SegmentContents {
    let dimension = configuration.metadata.model.dimension
    let parameters = configuration.main.parameters
    let buildOrder = CanonicalOrder(seed: parameters.seed).rows(of: rows.ids)
    let vectors = VectorBlock(rowCount: buildOrder.count, dimension: dimension)
    for (row, scanned) in buildOrder.enumerated() {
      vectors.setRow(row, rows.values[scanned * dimension..<(scanned + 1) * dimension].span)
    }
    let graph = try HNSWBuilder.build(
      vectors: vectors, metric: configuration.metadata.metric, parameters: parameters, control: control)
    return SegmentContents(
      ids: buildOrder.map { rows.ids[$0] }, vectorSequences: buildOrder.map { rows.sequences[$0] }, vectors: vectors,
      graph: graph, parameters: parameters, metric: configuration.metadata.metric,
      fingerprint: configuration.metadata.model.fingerprint, watermark: order.watermark)
  }
}
