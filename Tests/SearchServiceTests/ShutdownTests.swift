// Owns the promises about the service's life: the port that it reports, and an end that loses no answer.

import Logging
import SearchService
import ServiceLifecycle
import Testing

@Suite("Life of the service")
struct ShutdownTests {
  @Test("shutting down takes no new connection and lets a running request finish")
  func drains() async throws {
    let hold = Hold()
    let backend = InMemoryBackend(onSearch: { _ in await hold.wait() })
    try await withService(backend, limits: RequestLimits(requestSecondsMax: 60)) { client in
      async let running = client.search(#"{"text": "a"}"#)
      await hold.arrived()
      client.shutDown()
      // The stop takes effect at a moment of its own: the first connections may still get through.
      while await RawConnection.isAccepted(at: client.address) {}
      hold.release()
      let answer = try await running
      #expect(answer.status == 200)
    }
  }

  @Test("a port that is taken is an error that names it")
  func portTaken() async throws {
    try await withService { client in
      let port = try #require(client.address.split(separator: ":").last.flatMap { Int($0) })
      let second = SearchServer(
        configuration: SearchServerConfiguration(port: port), backend: InMemoryBackend(),
        logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
      let error = await #expect(throws: SearchServerError.self) {
        try await ServiceGroup(services: [second], logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
          .run()
      }
      #expect(error?.port == port)
    }
  }

  @Test("an address is written as a URL's origin")
  func addresses() {
    #expect(ListeningAddress(host: "127.0.0.1", port: 80).description == "http://127.0.0.1:80")
    #expect(ListeningAddress(host: "::1", port: 8080).description == "http://[::1]:8080")
  }
}
