// Owns the values of `meta`: what the store was created for, its format, and the newest sequence.

import IndexModel
import TierEngine

/// The format that this version writes and reads.
let storeFormat: UInt32 = 1

/// model's name, fingerprint, dimension u32, metric, version domain.
enum MetadataCodec {
  static func encode(_ metadata: StoreMetadata, into encoder: inout RecordEncoder) {
    encoder.append(metadata.model.name)
    encoder.append(metadata.model.fingerprint)
    encoder.append(UInt32(metadata.model.dimension))
    encoder.append(metadata.metric.rawValue)
    encoder.append(metadata.versionDomain.rawValue)
  }

  static func decode(_ value: RawSpan) throws -> StoreMetadata {
    var decoder = RecordDecoder()
    let name = try decoder.text(value, "model's name")
    let fingerprint = try decoder.text(value, "fingerprint")
    let dimension: UInt32 = try decoder.integer(value, "dimension")
    let metricName = try decoder.text(value, "metric")
    let domainName = try decoder.text(value, "version domain")
    try decoder.finish(value)
    guard let metric = Metric(rawValue: metricName) else { throw RecordFailure("unknown metric \(metricName)") }
    guard let domain = VersionDomain(rawValue: domainName) else {
      throw RecordFailure("unknown version domain \(domainName)")
    }
    return StoreMetadata(
      model: ModelIdentity(name: name, fingerprint: fingerprint, dimension: Int(dimension)), metric: metric,
      versionDomain: domain)
  }
}
