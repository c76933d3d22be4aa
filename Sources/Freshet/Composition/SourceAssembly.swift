// Owns the choice of the source, and the mapping from a topology's `source` and `decode` to their adapters.

import EventSource
import IndexModel
import KafkaClient
import TierEngine
import Topology

/// Makes the source that a topology names.
enum SourceAssembly {
  /// Nothing is contacted yet. Throws `EventSourceError` where a setting is refused.
  static func source(_ topology: FreshetTopology, telemetry: EngineTelemetry) throws -> any EventSourcePort {
    switch topology.source {
    case .kafka(let kafka):
      try KafkaEventSource(
        KafkaSourceConfiguration(kafka, pipeline: topology.name), onNotice: { telemetry.record($0) })
    case .jsonl(let jsonl):
      JSONLinesEventSource(settings: JSONLinesSettings(jsonl), clock: SystemClock()) { decision in
        telemetry.record(.readDelayed(partition: nil, reason: decision))
      }
    }
  }
}

extension KafkaSourceConfiguration {
  init(_ settings: KafkaSourceSettings, pipeline: String) {
    self.init(
      bootstrapServers: settings.bootstrapServers.split(separator: ",").map(String.init), topic: settings.topic,
      partitions: settings.partitions, start: settings.start,
      onPositionLost: settings.onPositionLost,
      groupID: settings.groupID ?? "freshet-\(pipeline)", security: KafkaSecurity(settings.security),
      properties: settings.properties.mapValues { $0.reveal() }, metadataSeconds: Double(settings.metadataSeconds),
      queuedBytesMax: settings.queuedBytesMax, startSecondsMax: Double(settings.startSecondsMax))
  }
}

extension KafkaSecurity {
  init(_ settings: KafkaSecuritySettings) {
    let tls = KafkaTLS(
      authorityPath: settings.caFile, certificatePath: settings.certificateFile, keyPath: settings.keyFile,
      keyPassword: settings.keyPassword.map { KafkaSecret($0.reveal()) })
    guard settings.protocol.isAuthenticated else {
      self = settings.protocol.isEncrypted ? .tls(tls) : .plaintext
      return
    }
    let sasl = KafkaSASL(
      mechanism: KafkaSASL.Mechanism(settings.mechanism), userName: settings.username ?? "",
      password: KafkaSecret(settings.password?.reveal() ?? ""))
    self = .sasl(sasl, tls: settings.protocol.isEncrypted ? tls : nil)
  }
}

extension KafkaSASL.Mechanism {
  init(_ mechanism: KafkaSecuritySettings.Mechanism?) {
    switch mechanism {
    case .plain, nil: self = .plain
    case .scramSHA256: self = .scramSHA256
    case .scramSHA512: self = .scramSHA512
    }
  }
}

extension JSONLinesSettings {
  init(_ settings: JSONLinesSourceSettings) {
    self.init(
      path: settings.path, follow: settings.follow, onPositionLost: settings.onPositionLost,
      lineBytesMax: settings.lineBytesMax)
  }
}

extension EventMapping {
  init(_ topology: FreshetTopology, model: ModelIdentity) {
    let decode = topology.decode
    self.init(
      idField: decode.idField.description, opField: decode.opField.description,
      versionField: decode.versionField.description, contentFields: decode.contentFields.map(\.description),
      attributesField: decode.attributesField.description, vectorField: decode.vectorField.description,
      modelField: decode.modelField.description, model: model, modelRequired: topology.isModelRequired,
      metric: topology.tiers.metric, versionDomain: topology.version,
      contentBytesMax: decode.contentBytesMax, attributesBytesMax: decode.attributesBytesMax,
      recordBytesMax: decode.recordBytesMax)
  }
}
