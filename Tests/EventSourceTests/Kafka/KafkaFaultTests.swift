// Owns the promises about faults that only a failing cluster brings.

import EventSource
import IndexModel
import KafkaClient
import Testing
import TierEngine

@Suite("Kafka source: faults", .serialized, .timeLimit(.minutes(2)))
struct KafkaFaultTests {
  private let partition = KafkaPartition(topic: "t", number: 0)

  private func cluster(recordCount: Int) async throws -> MockCluster {
    let cluster = try MockCluster()
    try cluster.createTopic("t")
    let producer = try KafkaProducer(KafkaConfiguration(bootstrapServers: cluster.bootstrapServers)) { _ in }
    for number in 0..<recordCount {
      _ = try await producer.produce(
        KafkaOutgoingRecord(topic: "t", partition: 0, key: nil, value: Array(String(number).utf8)))
    }
    return cluster
  }

  private func source(_ cluster: MockCluster, _ notices: Notices) throws -> KafkaEventSource {
    try KafkaEventSource(
      KafkaSourceConfiguration(bootstrapServers: cluster.bootstrapServers, topic: "t", groupID: "g")
    ) { notices.note($0) }
  }

  @Test("Passing faults of every kind delay records and lose none")
  func passing() async throws {
    let cluster = try await cluster(recordCount: 20)
    cluster.fail(.metadata, with: [.requestTimedOut, .disconnect])
    cluster.fail(.listOffsets, with: [.notLeader, .requestTimedOut])
    cluster.fail(.fetch, with: [.notLeader, .disconnect, .requestTimedOut, .leaderNotAvailable])
    let source = try source(cluster, Notices())
    try source.start(at: [:])
    #expect(try source.read(20).map(\.position.offset) == Array(0..<20))
  }

  @Test("A broker that says the offset is out of range is asked again, and the place that is there is kept")
  func unfoundedOutOfRange() async throws {
    let cluster = try await cluster(recordCount: 20)
    let notices = Notices()
    let source = try source(cluster, notices)
    try source.start(at: [:])
    let first = try source.read(5)
    try source.pause()
    cluster.fail(.fetch, with: [.offsetOutOfRange])
    try source.resume()
    #expect(try first.map(\.position.offset) + source.read(15).map(\.position.offset) == Array(0..<20))
  }

  @Test("A topic that the broker no longer allows to read stops the source as denied")
  func denied() async throws {
    let cluster = try await cluster(recordCount: 1)
    let source = try source(cluster, Notices())
    try source.start(at: [:])
    _ = try source.read(1)
    try source.pause()
    cluster.fail(.fetch, with: Array(repeating: .topicAuthorizationFailed, count: 20))
    try source.resume()
    let error = #expect(throws: EventSourceError.self) { _ = try source.read(1) }
    #expect(error?.code == .denied)
    #expect(error?.message.contains("t-0") == true)
  }

  @Test("A commit that fails is a notice, and the next announcement is tried all the same")
  func failedAnnouncement() async throws {
    let cluster = try await cluster(recordCount: 1)
    let notices = Notices()
    let source = try source(cluster, notices)
    try source.start(at: [:])
    let records = try source.read(1)
    cluster.fail(.offsetCommit, with: Array(repeating: .topicAuthorizationFailed, count: 10))
    source.announce([SourcePartition(topic: "t", partition: 0): records.stored])
    while notices.all.isEmpty { _ = try source.poll(maxCount: 1, timeoutMilliseconds: 20) }
    guard case .announceFailed = notices.all.first else {
      Issue.record("unexpected notices: \(notices.all)")
      return
    }
  }
}
