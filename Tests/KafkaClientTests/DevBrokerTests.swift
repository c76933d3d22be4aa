// Owns the promises of the development broker's helper.

import Foundation
import KafkaClient
import TestKit
import Testing

@Suite("Development broker", .serialized, .timeLimit(.minutes(2)))
struct DevBrokerTests {
  @Test("A broker keeps topics and records over a stop and a start on the same port and folder")
  func keepsRecordsOverRestart() async throws {
    try await withDevBroker { broker in
      try broker.createTopic("kept", partitions: 2)
      let delivered = try broker.produce([
        KafkaOutgoingRecord(topic: "kept", partition: 1, key: [1], value: [2, 3])
      ])
      broker.stop()
      #expect(broker.processIdentifier == nil)
      try broker.start()
      let consumer = try KafkaConsumer(broker.configuration(), groupID: "reader") { _ in }
      let place = try #require(delivered.first)
      let found = try consumer.firstRecords(at: [place.partition: place.offset], timeoutMilliseconds: 10_000)
      #expect(found[place.partition]?.key == [1])
      #expect(found[place.partition]?.value == [2, 3])
    }
  }

  @Test("The program is the environment's, else the nearest folder's; a missing one says how to get it")
  func programIsLocated() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    let inner = folder.appendingPathComponent("a/b")
    try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: true)
    let missing = #expect(throws: KafkaError.self) {
      try DevBrokerProgram.locate(environment: [:], from: inner.path)
    }
    #expect(missing?.code == .devBroker)
    #expect(missing?.context.contains("make broker") == true)

    let program = folder.appendingPathComponent(DevBrokerProgram.relativePath)
    try FileManager.default.createDirectory(
      at: program.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data("#!/bin/sh\necho no room; exit 3\n".utf8).write(to: program)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program.path)
    #expect(try DevBrokerProgram.locate(environment: [:], from: inner.path) == program.path)
    #expect(try DevBrokerProgram.locate(environment: [DevBrokerProgram.variable: "/bin/sh"], from: "/") == "/bin/sh")
    #expect(throws: KafkaError.self) {
      try DevBrokerProgram.locate(environment: [DevBrokerProgram.variable: "/nowhere"], from: inner.path)
    }

    let broker = try DevBroker(dataFolder: folder.appendingPathComponent("data").path, program: program.path)
    let ended = #expect(throws: KafkaError.self) { try broker.start() }
    #expect(ended?.context.contains("ended") == true)
    #expect(ended?.context.contains("no room") == true)
  }
}
