// Owns the frame around every JSON answer: its headers, and the positions that it saw (invariant 8).

import HTTPTypes
import Hummingbird
import IndexModel

extension HTTPField.Name {
  /// The next offset of each partition that an answer reflects: `topic-0@124,topic-1@7`.
  static let freshetPosition = HTTPField.Name("Freshet-Position")
}

extension Response {
  /// A JSON answer that `write` fills in.
  static func json(
    status: HTTPResponse.Status = .ok, positions: SourcePositions? = nil, capacity: Int = 1024,
    _ write: (inout JSONWriter) -> Void
  ) -> Response {
    var writer = JSONWriter(capacity: capacity)
    write(&writer)
    var headers: HTTPFields = [.contentType: "application/json", .cacheControl: "no-store"]
    if let positions, let name = HTTPField.Name.freshetPosition { headers[name] = positions.headerValue }
    return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: writer.buffer))
  }
}

extension SourcePositions {
  /// The description, where each byte that a header or the list's own form cannot carry is percent-encoded: a file's
  /// name may hold anything.
  fileprivate var headerValue: String {
    nextOffsets.sorted { $0.key < $1.key }.map { partition, offset in
      "\(Self.encoded(partition.topic))-\(partition.partition)@\(offset)"
    }.joined(separator: ",")
  }

  private static func encoded(_ topic: String) -> String {
    guard topic.utf8.contains(where: needsEncoding) else { return topic }
    var bytes: [UInt8] = []
    for byte in topic.utf8 {
      if needsEncoding(byte) {
        bytes.append(UInt8(ascii: "%"))
        if byte < 16 { bytes.append(UInt8(ascii: "0")) }
        bytes.append(contentsOf: String(byte, radix: 16, uppercase: true).utf8)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func needsEncoding(_ byte: UInt8) -> Bool {
    byte <= 0x20 || byte >= 0x7F || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "%")
  }
}
