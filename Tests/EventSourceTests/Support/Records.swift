// Owns the short ways by which tests make mappings and records.

import EventSource
import IndexModel
import TierEngine

/// The partition of records made here.
let testPartition = SourcePartition(topic: "items", partition: 3)

extension SourceRecord {
  /// A record with this text as its value.
  init(_ value: String, key: String? = nil) {
    self.init(bytes: Array(value.utf8), key: key)
  }

  /// A record with these bytes as its value.
  init(bytes: [UInt8]?, key: String? = nil) {
    self.init(
      position: EventPosition(partition: testPartition, offset: 41), nextOffset: 42,
      time: EventTime(millisecondsSince1970: 1_700_000_000_123), key: key.map { Array($0.utf8) }, value: bytes)
  }
}

extension EventMapping {
  /// A mapping for three-dimensional vectors of the model `tiny`.
  static func tiny(
    contentFields: [String] = ["content.title", "content.description", "text"], metric: Metric = .cosine,
    versionDomain: VersionDomain = .field, modelRequired: Bool = true
  ) -> EventMapping {
    EventMapping(
      contentFields: contentFields,
      model: ModelIdentity(name: "tiny", fingerprint: "f00d", dimension: 3), modelRequired: modelRequired,
      metric: metric, versionDomain: versionDomain)
  }
}

extension Result where Success == ItemEvent, Failure == DecodingFailure {
  /// The event's upsert, where it is one.
  var upsert: ItemEvent.Upsert? {
    guard case .success(let event) = self, case .upsert(let upsert) = event.operation else { return nil }
    return upsert
  }

  /// The failure's code, where it is one.
  var code: String? {
    guard case .failure(let failure) = self else { return nil }
    return failure.code
  }
}
