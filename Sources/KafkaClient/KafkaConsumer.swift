// Owns reading from fixed partitions at given offsets. Invariant: nothing is decided silently: a position that is not
// in the log, an end, a lost broker are all told.

/// A reader of partitions that it is told to read. It joins no group's rebalancing; `groupID` names it in committed
/// offsets only. All methods may be called from any thread, `poll` from one at a time.
public final class KafkaConsumer: Sendable {
  /// What one `poll` brought.
  public struct Batch: Sendable {
    /// Records, in order within a partition.
    public var records: [KafkaRecord] = []
    /// Partitions that were read to their end, and that end.
    public var ends: [KafkaPartition: Int64] = [:]
    /// Partitions that cannot be read on, or, without a partition, a failure of the client.
    public var faults: [Fault] = []
  }

  /// A partition that cannot be read on.
  public struct Fault: Sendable {
    /// Which one; `nil` where the client as a whole failed.
    public var partition: KafkaPartition?
    /// Why.
    public var error: KafkaError
  }

  /// What a consumer differs in from the library's own defaults: it decides itself where to go when an offset is not
  /// in the log, commits only on demand, and tells ends.
  private static let defaults = [
    "auto.offset.reset": "error",
    "enable.auto.commit": "false",
    "enable.auto.offset.store": "false",
    "enable.partition.eof": "true",
  ]

  private let client: RDKafkaClient
  private let queue: RDKafkaRecordQueue
  private let onEvent: KafkaEventHandler

  /// Makes a consumer; connects in the background. `onEvent` is called by `poll`, on its thread. Throws
  /// `.configuration` where a property is refused.
  public init(
    _ configuration: KafkaConfiguration, groupID: String, onEvent: @escaping KafkaEventHandler
  ) throws(KafkaError) {
    var defaults = Self.defaults
    defaults["group.id"] = groupID
    client = try RDKafkaClient(.consumer, properties: configuration.resolved(over: defaults))
    queue = try RDKafkaRecordQueue(of: client)
    self.onEvent = onEvent
  }

  /// Reads exactly these partitions from these offsets from now on. Records that were fetched before and not polled
  /// are discarded; an empty assignment reads nothing. Does not wait for the
  /// broker.
  public func assign(_ offsets: [KafkaPartition: Int64]) throws(KafkaError) {
    try queue.assign(offsets)
  }

  /// Takes up to `maxCount` records, ends and faults, waiting up to `timeoutMilliseconds` for the first one, and tells
  /// waiting events before it returns. Costs one copy of each record's bytes.
  public func poll(maxCount: Int, timeoutMilliseconds: Int) -> Batch {
    var batch = Batch()
    queue.take(maxCount: maxCount, timeoutMilliseconds: Int32(clamping: timeoutMilliseconds)) { reading in
      switch reading {
      case .record(let record): batch.records.append(record)
      case .end(let partition, let offset): batch.ends[partition] = offset
      case .fault(let partition, let error): batch.faults.append(Fault(partition: partition, error: error))
      }
    }
    // Events last: a lost connection was told before anything that was read over the next one.
    client.drainEvents(to: onEvent)
    return batch
  }

  /// The partitions of `topic`, in order. Blocks up to the time limit. Throws `.unknownTopic` where there is none.
  public func partitions(ofTopic topic: String, timeoutMilliseconds: Int) throws(KafkaError) -> [KafkaPartition] {
    try client.partitions(ofTopic: topic, timeoutMilliseconds: Int32(clamping: timeoutMilliseconds))
      .map { KafkaPartition(topic: topic, number: $0) }
  }

  /// The first and the next offset of each partition, asked of their leaders. Blocks up to twice the time limit.
  public func logRanges(
    of partitions: [KafkaPartition], timeoutMilliseconds: Int
  ) throws(KafkaError) -> [KafkaPartition: KafkaLogRange] {
    try client.logRanges(of: partitions, timeoutMilliseconds: Int32(clamping: timeoutMilliseconds))
  }

  /// The next offset of a partition's log as the last fetch told it; `nil` before the first one. Asks nobody.
  public func lastSeenEnd(of partition: KafkaPartition) -> Int64? {
    client.lastSeenEnd(of: partition)
  }

  /// The first offset at or after a time, by partition; the log's end where all records are older. Blocks up to
  /// twice the time limit.
  public func offsets(
    atOrAfter milliseconds: Int64, of partitions: [KafkaPartition], timeoutMilliseconds: Int
  ) throws(KafkaError) -> [KafkaPartition: Int64] {
    try client.offsets(
      atOrAfter: milliseconds, of: partitions, timeoutMilliseconds: Int32(clamping: timeoutMilliseconds))
  }

  /// The first record at or after each offset; a partition that has none there is absent. Replaces the assignment,
  /// and leaves an empty one. Blocks up to the time limit, polling meanwhile. Throws the first fault, or `.timedOut`.
  public func firstRecords(
    at offsets: [KafkaPartition: Int64], timeoutMilliseconds: Int
  ) throws(KafkaError) -> [KafkaPartition: KafkaRecord] {
    guard !offsets.isEmpty else { return [:] }
    var found: [KafkaPartition: KafkaRecord] = [:]
    var open = Set(offsets.keys)
    try assign(offsets)
    let deadline = ContinuousClock.now + .milliseconds(timeoutMilliseconds)
    while !open.isEmpty, ContinuousClock.now < deadline {
      let batch = poll(maxCount: 64, timeoutMilliseconds: 50)
      for record in batch.records where open.remove(record.partition) != nil { found[record.partition] = record }
      open.subtract(batch.ends.keys)
      if let fault = batch.faults.first(where: { $0.error.disposition != .retry }) {
        try assign([:])
        throw fault.error
      }
    }
    try assign([:])
    guard open.isEmpty else {
      throw KafkaError(
        code: .timedOut, name: "_TIMED_OUT",
        context: "no record and no end within \(timeoutMilliseconds) ms from \(open.sorted())")
    }
    return found
  }

  /// Commits offsets under the group without waiting; the result comes as the event `.committed`.
  public func commit(_ offsets: [KafkaPartition: Int64]) throws(KafkaError) {
    try client.commit(offsets)
  }

  /// The group's committed offsets; a partition without one is absent. Blocks up to the time limit.
  public func committed(
    of partitions: [KafkaPartition], timeoutMilliseconds: Int
  ) throws(KafkaError) -> [KafkaPartition: Int64] {
    try client.committed(of: partitions, timeoutMilliseconds: Int32(clamping: timeoutMilliseconds))
  }
}
