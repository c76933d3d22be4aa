// Owns a connection that sends bytes as a test gives them: what an HTTP client would refuse to send.

import NIOCore
import NIOPosix
import Testing

/// One TCP connection.
enum RawConnection {
  /// Sends `bytes`, and returns all that comes back until the service closes the connection.
  static func exchange(_ text: String, at address: String) async throws -> String {
    let channel = try await connect(to: address)
    return try await channel.executeThenClose { inbound, outbound in
      try await outbound.write(ByteBuffer(string: text))
      var received = ByteBuffer()
      for try await part in inbound { received.writeImmutableBuffer(part) }
      return String(buffer: received)
    }
  }

  /// Whether the service takes a new connection.
  static func isAccepted(at address: String) async -> Bool {
    guard let channel = try? await connect(to: address) else { return false }
    try? await channel.executeThenClose { _, _ in }
    return true
  }

  private static func connect(to address: String) async throws -> NIOAsyncChannel<ByteBuffer, ByteBuffer> {
    let parts = address.split(separator: "/").last?.split(separator: ":") ?? []
    let port = try #require(parts.last.flatMap { Int($0) })
    return try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
      .connect(host: "127.0.0.1", port: port) { channel in
        channel.eventLoop.makeCompletedFuture { try NIOAsyncChannel(wrappingChannelSynchronously: channel) }
      }
  }
}
