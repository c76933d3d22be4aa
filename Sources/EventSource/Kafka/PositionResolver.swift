// Owns the question where to read on, asked of the brokers. Invariant: a place is returned only after the log was seen
// to hold it, and to be the log that was read before.

import IndexModel
import KafkaClient
import TierEngine

/// Asks brokers for partitions, ranges and last records. Blocks; one use at a time.
struct PositionResolver {
  let configuration: KafkaSourceConfiguration
  let consumer: KafkaConsumer
  let inbox: ClientInbox
  /// How long one question may stay without an answer.
  let questionSeconds: Double
  /// How long the last applied records may take to come, which stand in answers of many megabytes.
  let rereadSeconds: Double
  let onNotice: SourceNoticeHandler

  /// The partitions to own. Throws `.missing` where the topic or a listed partition does not exist.
  func ownedPartitions() throws -> [SourcePartition] {
    let topic = configuration.topic
    let existing = try asking("topic `\(topic)`") {
      (limit) throws(KafkaError) in
      try consumer.partitions(ofTopic: topic, timeoutMilliseconds: limit).map(\.number)
    }
    switch configuration.partitions {
    case .all:
      return existing.map { SourcePartition(topic: topic, partition: $0) }
    case .listed(let numbers):
      if let absent = numbers.first(where: { !existing.contains($0) }) {
        throw EventSourceError(
          code: .missing,
          message: "topic `\(topic)` has \(existing.count) partitions and no partition \(absent); correct the list")
      }
      return Set(numbers).sorted().map { SourcePartition(topic: topic, partition: $0) }
    }
  }

  /// The range of each partition's log.
  func logs(of partitions: [SourcePartition]) throws -> [SourcePartition: KafkaLogRange] {
    let ranges = try asking("topic `\(configuration.topic)`") { (limit) throws(KafkaError) in
      try consumer.logRanges(of: partitions.map { KafkaPartition($0) }, timeoutMilliseconds: limit)
    }
    return Dictionary(uniqueKeysWithValues: ranges.map { (SourcePartition($0), $1) })
  }

  /// The place in each of `logs`. Replaces the consumer's assignment by an empty one. Throws `.positionLost`,
  /// `.logReplaced`.
  func places(
    in logs: [SourcePartition: KafkaLogRange], stored: [SourcePartition: StoredPosition]
  ) throws -> [SourcePartition: Int64] {
    var places: [SourcePartition: Int64] = [:]
    var beginning: [SourcePartition] = []
    var toVerify: [SourcePartition: Int64] = [:]
    for (partition, log) in logs.sorted(by: { $0.key < $1.key }) {
      let position = stored[partition]
      switch PositionDecision(stored: position, log: log, onPositionLost: configuration.onPositionLost) {
      case .begin:
        beginning.append(partition)
      case .goOn(let offset):
        places[partition] = offset
      case .verify(let lastOffset, let offset):
        toVerify[partition] = lastOffset
        places[partition] = offset
      case .reset(let offset):
        places[partition] = offset
        onNotice(
          .positionReset(
            partition, from: position?.nextOffset ?? 0, to: offset, log: log.start..<max(log.start, log.end)))
      case .stop:
        throw EventSourceError.positionLost(partition, at: position?.nextOffset ?? 0, log: log)
      }
    }
    try verify(toVerify, against: stored)
    places.merge(try begins(of: beginning, logs: logs)) { _, begin in begin }
    return places
  }

  /// Re-reads the last applied records where they are still there.
  private func verify(_ lastOffsets: [SourcePartition: Int64], against stored: [SourcePartition: StoredPosition]) throws
  {
    let offsets = Dictionary(uniqueKeysWithValues: lastOffsets.map { (KafkaPartition($0), $1) })
    let found = try asking("the last applied records", withinSeconds: rereadSeconds, inOnePiece: true) {
      (limit) throws(KafkaError) in
      try consumer.firstRecords(at: offsets, timeoutMilliseconds: limit)
    }
    for (partition, lastOffset) in lastOffsets.sorted(by: { $0.key < $1.key }) {
      // Where compaction took the record, the next one is found instead and there is nothing to compare.
      guard let record = found[KafkaPartition(partition)], record.offset == lastOffset, let position = stored[partition]
      else { continue }
      if SourceRecord(record, in: partition).contentHash != position.lastRecordHash {
        throw EventSourceError.logReplaced(partition, at: lastOffset)
      }
    }
  }

  /// Where partitions without a stored position begin.
  private func begins(
    of partitions: [SourcePartition], logs: [SourcePartition: KafkaLogRange]
  ) throws -> [SourcePartition: Int64] {
    switch configuration.start {
    case .earliest:
      return Dictionary(uniqueKeysWithValues: partitions.map { ($0, logs[$0]?.start ?? 0) })
    case .latest:
      return Dictionary(uniqueKeysWithValues: partitions.map { ($0, logs[$0]?.end ?? 0) })
    case .time(let time):
      guard !partitions.isEmpty else { return [:] }
      let offsets = try asking("offsets by time") { (limit) throws(KafkaError) in
        try consumer.offsets(
          atOrAfter: time.millisecondsSince1970, of: partitions.map { KafkaPartition($0) }, timeoutMilliseconds: limit)
      }
      return Dictionary(uniqueKeysWithValues: offsets.map { (SourcePartition($0), $1) })
    }
  }

  /// Asks until there is an answer, in slices short enough to notice meanwhile that the credentials were refused; in
  /// one piece where an answer that takes long must not be asked for anew.
  private func asking<Answer>(
    _ what: String, withinSeconds seconds: Double? = nil, inOnePiece: Bool = false,
    _ ask: (Int) throws(KafkaError) -> Answer
  ) throws -> Answer {
    let deadline = ContinuousClock.now + .seconds(seconds ?? questionSeconds)
    while true {
      let left = ContinuousClock.now.duration(to: deadline)
      let leftMilliseconds = max(Int(left / .milliseconds(1)), 1)
      do {
        return try ask(inOnePiece ? leftMilliseconds : min(leftMilliseconds, 1000))
      } catch {
        _ = consumer.poll(maxCount: 1, timeoutMilliseconds: 20)
        if let refusal = inbox.refusal { throw EventSourceError(refusal, reading: what) }
        guard error.disposition == .retry, left > .zero else {
          throw EventSourceError(
            error, reading: "\(what) at \(configuration.bootstrapServers.joined(separator: ","))",
            lastFailure: inbox.lastFailure)
        }
      }
    }
  }
}
