// Owns start-up: the last good generation is mapped, its superseded rows are found by a join with the store, and the
// fresh tier is refilled with everything newer. Start and restart share this path. Invariant 4.

import IndexModel

/// The tiers as the store and the segment files describe them.
struct RecoveredTiers {
  var fresh: FreshTier
  var generation: Generation?
  var lastSequence: SequenceNumber
  var positions: [SourcePartition: StoredPosition]
  var lastGenerationNumber: UInt64

  /// Recovers. A generation whose file is damaged is refused, and an older one or the fresh tier alone takes its place.
  /// Throws `StoreError`.
  static func recover(configuration: EngineConfiguration, ports: EnginePorts) throws -> RecoveredTiers {
    let (records, positions, lastSequence) = try ports.store.read { reader in
      (try reader.generations(), try reader.positions(), try reader.lastSequence())
    }
    let kept = records.filter { $0.state != .rejected }
    for name in try ports.segments.removeOthers(than: kept.map(\.file)) {
      ports.telemetry.record(.leftoverRemoved(name: name))
    }
    let generation = openNewest(of: kept, configuration: configuration, ports: ports)
    if let generation {
      try ports.store.read { try generation.supersedeMissing(in: $0, asOf: lastSequence) }
    }
    var fresh = FreshTier(
      dimension: configuration.metadata.model.dimension, metric: configuration.metadata.metric,
      chunkRows: configuration.fresh.chunkRows)
    try ports.store.scanVectors(after: generation?.watermark ?? .zero, through: lastSequence) { sequence, id, values in
      fresh.append(id, values, sequence: sequence)
      return true
    }
    return RecoveredTiers(
      fresh: fresh, generation: generation, lastSequence: lastSequence, positions: positions,
      lastGenerationNumber: records.map(\.number).max() ?? 0)
  }

  private static func openNewest(
    of records: [GenerationRecord], configuration: EngineConfiguration, ports: EnginePorts
  ) -> Generation? {
    for record in records.sorted(by: { $0.number > $1.number }) {
      do {
        let segment = try ports.segments.open(record.file)
        guard segment.fingerprint == configuration.metadata.model.fingerprint else {
          ports.telemetry.record(.generationRefused(record.number, message: "it holds another model's vectors"))
          continue
        }
        return Generation(record: record, segment: segment)
      } catch {
        ports.telemetry.record(.generationRefused(record.number, message: "\(error)"))
      }
    }
    return nil
  }

  /// The first tier set to publish.
  var tierSet: TierSet {
    TierSet(
      fresh: fresh.view(floor: generation?.watermark ?? .zero, ceiling: lastSequence), generation: generation,
      positions: SourcePositions(positions.mapValues(\.nextOffset)))
  }
}
