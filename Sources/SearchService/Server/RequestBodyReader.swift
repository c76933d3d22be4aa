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

  /// The whole body; empty where none was announced. Throws a 413 or 415 problem.
  func read() async throws -> [UInt8] {
    guard announcesBody else { return [] }
    try checkHeaders()
    var bytes: [UInt8] = []
    for try await part in request.body {
      guard part.readableBytes <= bytesMax - bytes.count else { throw Problem.bodyTooLong(bytesMax: bytesMax) }
      bytes.append(contentsOf: part.readableBytesView)
    }
    // A cancelled read ends the sequence early: what came in is not the body.
    try Task.checkCancellation()
    isRead.store(true, ordering: .releasing)
    return bytes
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
