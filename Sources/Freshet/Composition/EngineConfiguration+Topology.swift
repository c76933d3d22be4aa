// Owns the mapping from a topology's tiers, queues and limits to the engine's settings.

import IndexModel
import TierEngine
import Topology
import VectorIndex

extension EngineConfiguration {
  init(_ topology: FreshetTopology, model: ModelIdentity) {
    self.init(
      name: topology.name,
      metadata: StoreMetadata(
        model: model, metric: topology.tiers.metric, versionDomain: topology.version),
      fresh: FreshTierConfiguration(topology.tiers.fresh), main: MainTierConfiguration(topology),
      rebuild: RebuildPolicy(topology.tiers.main.rebuild), ingest: IngestConfiguration(topology),
      search: SearchConfiguration(topology))
  }
}

extension FreshTierConfiguration {
  init(_ settings: FreshTierSettings) {
    self.init()
    capacityRows = settings.capacityRows
    chunkRows = settings.chunkRows
  }
}

extension MainTierConfiguration {
  init(_ topology: FreshetTopology) {
    let settings = topology.tiers.main
    self.init()
    parameters = HNSWParameters(m: settings.m, efConstruction: settings.efConstruction, seed: settings.seed)
    ef = settings.ef
    efMax = topology.serve.efMax
    threadCount = settings.buildThreads
    cpuShare = settings.buildCoresMax
    probe.queryCount = settings.probe.queries
    probe.recallMin = settings.probe.recallMin
    probe.selfSampleCount = settings.probe.selfSample
    probe.reachabilityMin = settings.probe.reachabilityMin
    generationsKept = settings.generationsKept
  }
}

extension RebuildPolicy {
  init(_ settings: RebuildSettings) {
    self.init()
    minimumRows = settings.rowsMin
    freshRowsMin = settings.freshRowsMin
    freshShareMax = settings.growthShare
    freshRowsMax = settings.freshRowsMax
    supersededShareMax = settings.supersededShareMax
    ageSecondsMax = Double(settings.ageSecondsMax)
    checkMilliseconds = settings.checkMilliseconds
  }
}

extension IngestConfiguration {
  init(_ topology: FreshetTopology) {
    self.init()
    queueRecordsMax = topology.queue.recordsMax
    queueBytesMax = topology.queue.bytesMax
    commitRowsMax = topology.store.commitRowsMax
    keepsText = topology.store.content == .keep
    if case .minilm(let settings) = topology.embed { embedBatchMax = settings.batchSizeMax }
  }
}

extension SearchConfiguration {
  init(_ topology: FreshetTopology) {
    self.init()
    threadCount = topology.serve.threads ?? 2
    kMax = topology.serve.kMax
    assumesModel = !topology.isModelRequired
  }
}
