// Owns the promises about failing brokers, kept by the library's own cluster.

import KafkaClient
import Testing

@Suite("Failing brokers", .serialized, .timeLimit(.minutes(2)))
struct MockClusterTests {
  private func configuration(_ cluster: MockCluster, _ properties: [String: String] = [:]) -> KafkaConfiguration {
    KafkaConfiguration(bootstrapServers: cluster.bootstrapServers, properties: properties)
  }

  @Test("A record is delivered once although the broker fails for a while")
  func transientFaultsAreRetried() async throws {
    let cluster = try MockCluster()
    try cluster.createTopic("t")
    cluster.fail(.produce, with: [.notLeader, .requestTimedOut, .leaderNotAvailable])
    let producer = try KafkaProducer(
      configuration(cluster, ["retry.backoff.ms": "10", "enable.idempotence": "true"])
    ) { _ in }
    let delivery = try await producer.produce(KafkaOutgoingRecord(topic: "t", partition: 0, key: nil, value: [7]))
    #expect(delivery == KafkaDelivery(partition: KafkaPartition(topic: "t", number: 0), offset: 0))
    cluster.fail(.fetch, with: [.notLeader, .disconnect, .requestTimedOut])
    let consumer = try KafkaConsumer(configuration(cluster), groupID: "g") { _ in }
    let found = try consumer.firstRecords(at: [delivery.partition: 0], timeoutMilliseconds: 20_000)
    #expect(found[delivery.partition]?.value == [7])
    #expect(
      try consumer.logRanges(of: [delivery.partition], timeoutMilliseconds: 10_000)
        == [delivery.partition: KafkaLogRange(start: 0, end: 1)])
  }

  @Test("A record that can never be delivered fails with its kind")
  func lastingFaultsAreTyped() async throws {
    let cluster = try MockCluster()
    try cluster.createTopic("t")
    let producer = try KafkaProducer(configuration(cluster)) { _ in }
    for (fault, code) in [
      (MockCluster.Fault.recordTooLarge, KafkaError.Code.recordTooLarge),
      (.topicAuthorizationFailed, .authorization),
    ] {
      cluster.fail(.produce, with: [fault])
      let error = await #expect(throws: KafkaError.self) {
        try await producer.produce(KafkaOutgoingRecord(topic: "t", partition: 0, key: nil, value: [7]))
      }
      #expect(error?.code == code)
      #expect(error?.disposition == .stop)
    }
    #expect(producer.inFlightCount == 0)
  }

  @Test("An offset that is not in the log is a fault, and nothing is read from elsewhere")
  func offsetOutOfRangeIsTold() async throws {
    let cluster = try MockCluster()
    try cluster.createTopic("t")
    let producer = try KafkaProducer(configuration(cluster)) { _ in }
    _ = try await producer.produce(KafkaOutgoingRecord(topic: "t", partition: 0, key: nil, value: [7]))
    let consumer = try KafkaConsumer(configuration(cluster), groupID: "g") { _ in }
    let error = #expect(throws: KafkaError.self) {
      try consumer.firstRecords(at: [KafkaPartition(topic: "t", number: 0): 9], timeoutMilliseconds: 20_000)
    }
    #expect(error?.code == .offsetOutOfRange)
    #expect(error?.disposition == .reposition)
  }

  @Test("A producer that is closed completes every record, and refuses the next one")
  func closingCompletes() async throws {
    let cluster = try MockCluster()
    try cluster.createTopic("t")
    let producer = try KafkaProducer(configuration(cluster), inFlightMax: 2) { _ in }
    _ = try await producer.produce(KafkaOutgoingRecord(topic: "t", partition: 0, key: nil, value: [7]))
    try cluster.setBroker(1, isUp: false)
    async let outcomes = withTaskGroup(of: KafkaError.Code?.self) { group in
      for _ in 0..<4 {
        group.addTask {
          do {
            _ = try await producer.produce(KafkaOutgoingRecord(topic: "t", partition: 0, key: nil, value: [8]))
            return nil
          } catch {
            return (error as? KafkaError)?.code
          }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    while producer.inFlightCount < 2 { await Task.yield() }
    producer.close(timeoutMilliseconds: 10)
    #expect(await outcomes == [.closed, .closed, .closed, .closed])
    await #expect(throws: KafkaError.self) {
      try await producer.produce(KafkaOutgoingRecord(topic: "t", partition: 0, key: nil, value: [9]))
    }
  }

  @Test("Brokers that do not answer are an error within the time limit")
  func unreachableIsBounded() throws {
    let consumer = try KafkaConsumer(
      KafkaConfiguration(bootstrapServers: ["127.0.0.1:1"]), groupID: "g"
    ) { _ in }
    let error = #expect(throws: KafkaError.self) {
      try consumer.partitions(ofTopic: "t", timeoutMilliseconds: 300)
    }
    #expect(error?.disposition == .retry)
  }

  @Test("A broker that goes away while it is asked for ranges is an error within the time limit")
  func rangesAreBounded() throws {
    let cluster = try MockCluster()
    try cluster.createTopic("t")
    let partition = KafkaPartition(topic: "t", number: 0)
    let consumer = try KafkaConsumer(configuration(cluster), groupID: "g") { _ in }
    _ = try consumer.logRanges(of: [partition], timeoutMilliseconds: 10_000)
    try cluster.setBroker(1, isUp: false)
    let error = #expect(throws: KafkaError.self) {
      try consumer.logRanges(of: [partition], timeoutMilliseconds: 300)
    }
    #expect(error?.disposition == .retry)
  }
}
