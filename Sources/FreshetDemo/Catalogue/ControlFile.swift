// Owns the reading of Debian's control files (deb-control(5)). Invariant: a stanza is delivered once, with the first
// value of each field asked for; what is no field is passed over.

import Foundation

/// A file of stanzas, each a list of `Name: value` fields, divided by blank lines.
struct ControlFile {
  private let bytes: [UInt8]
  /// The fields that are wanted, by the bytes of their names.
  private let wanted: [(name: [UInt8], key: String)]

  /// Reads the file at `path`; of each stanza the fields with these names.
  init(path: String, fields: [String]) throws {
    self.init(bytes: Array(try Data(contentsOf: URL(filePath: path), options: .mappedIfSafe)), fields: fields)
  }

  /// Reads a file's bytes.
  init(bytes: [UInt8], fields: [String]) {
    self.bytes = bytes
    wanted = fields.map { (Array($0.utf8), $0) }
  }

  /// Calls `body` with the wanted fields of each stanza, in order. Lines that continue a field follow its value after a
  /// newline, without the blank they begin with.
  func forEachStanza(_ body: ([String: String]) -> Void) {
    var stanza: [String: String] = [:]
    var openField: String?
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      let line = bytes[start..<end]
      start = end + 1
      switch line.first {
      case nil:
        if !stanza.isEmpty { body(stanza) }
        stanza = [:]
        openField = nil
      case UInt8(ascii: " "), UInt8(ascii: "\t"):
        if let openField { stanza[openField, default: ""] += "\n" + Self.text(line.dropFirst()) }
      default:
        openField = nil
        guard let (key, value) = field(line), stanza[key] == nil else { continue }
        stanza[key] = value
        openField = key
      }
    }
    if !stanza.isEmpty { body(stanza) }
  }

  /// A line's name and value, where the name is wanted.
  private func field(_ line: ArraySlice<UInt8>) -> (String, String)? {
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    let name = line[..<colon]
    guard let key = wanted.first(where: { $0.name.elementsEqual(name) })?.key else { return nil }
    return (key, Self.text(line[(colon + 1)...].drop { $0 == UInt8(ascii: " ") }))
  }

  private static func text(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes, as: UTF8.self)
  }
}
