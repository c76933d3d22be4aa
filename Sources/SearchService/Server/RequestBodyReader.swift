// Owns the reading of a request's body: checked by its headers first, then collected up to the limit, never beyond it.

import HTTPTypes
import Hummingbird
import Synchronization

/// The body of one request, read at most once.
final class RequestBodyReader: Sendable {
  private let request: Request
  private let bytesMax: Int
  private let isRead = Atomic<Bool>(false)

  init(request: Request, bytesMax: Int) {
    self.request = request
    self.bytesMax = bytesMax
  }

  /// Whether the client announced a body that has not come in whole.
  var isPending: Bool { announcesBody && !isRead.load(ordering: .acquiring) }

  /// The whole body; empty where none was announced. Throws a 400, 413 or 415 problem.
  func read() async throws -> [UInt8] {
    guard announcesBody else { return [] }
    try checkHeaders()
    let bytes = try await collect()
    // A cancelled read ends the sequence early: what came in is not the body.
    try Task.checkCancellation()
    isRead.store(true, ordering: .releasing)
    return bytes
  }

  private func collect() async throws -> [UInt8] {
    var bytes: [UInt8] = []
    var parts = request.body.makeAsyncIterator()
    while true {
      let part: ByteBuffer?
      // The connection ended, or its bytes are no HTTP: the client's doing, so no failure of the service.
      do { part = try await parts.next() } catch { throw Problem.bodyBroken }
      guard let part else { return bytes }
      guard part.readableBytes <= bytesMax - bytes.count else { throw Problem.bodyTooLong(bytesMax: bytesMax) }
      bytes.append(contentsOf: part.readableBytesView)
    }
  }

  private var announcesBody: Bool {
    if request.headers.contains(.transferEncoding) { return true }
    return contentLength.map { $0 > 0 } ?? false
  }

  private var contentLength: Int? { request.headers[.contentLength].flatMap { Int($0) } }

  private func checkHeaders() throws(Problem) {
    let mediaType = request.headers[.contentType]
    guard let mediaType, Self.isJSON(mediaType) else { throw Problem.mediaType(mediaType) }
    if let coding = request.headers[.contentEncoding], coding.lowercased() != "identity" {
      throw Problem.contentCoding(coding)
    }
    if let contentLength, contentLength > bytesMax { throw Problem.bodyTooLong(bytesMax: bytesMax) }
  }

  /// `application/json`, with parameters that change nothing: JSON is UTF-8 (RFC 8259, section 8.1).
  private static func isJSON(_ mediaType: String) -> Bool {
    let parts = mediaType.lowercased().split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" } }
    return parts.first == "application/json" && parts.dropFirst().allSatisfy { $0.hasPrefix("charset=utf-8") }
  }
}
