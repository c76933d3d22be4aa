// Owns reading a file or standard input line by line, however large it is. Blocking.

import Foundation

/// Lines without their line feeds; a carriage return before one belongs to it.
final class LineReader {
  /// One line.
  struct Line: Sendable, Equatable {
    /// From 1.
    let number: Int
    let bytes: [UInt8]
  }

  private static let chunkBytes = 1 << 16

  private let path: String
  private let file: FileHandle
  private var buffer: [UInt8] = []
  private var start = 0
  private var isAtEnd = false
  private var number = 0

  /// Opens `path`; `-` is standard input. Throws a failure that names the file.
  init(path: String) throws {
    self.path = path
    guard path != "-" else {
      file = .standardInput
      return
    }
    do {
      file = try FileHandle(forReadingFrom: URL(filePath: path))
    } catch {
      throw CommandFailure(.refused, "\(path): cannot be read: \(error.localizedDescription)")
    }
  }

  /// The next line; `nil` at the end.
  func next() throws -> Line? {
    while true {
      if let end = buffer[start...].firstIndex(of: UInt8(ascii: "\n")) {
        defer { start = end + 1 }
        return line(buffer[start..<end])
      }
      if isAtEnd {
        guard start < buffer.count else { return nil }
        defer { start = buffer.count }
        return line(buffer[start...])
      }
      try refill()
    }
  }

  private func line(_ bytes: ArraySlice<UInt8>) -> Line {
    number += 1
    return Line(number: number, bytes: Array(bytes.last == UInt8(ascii: "\r") ? bytes.dropLast() : bytes))
  }

  private func refill() throws {
    buffer.removeSubrange(..<start)
    start = 0
    do {
      let chunk = try file.read(upToCount: Self.chunkBytes) ?? Data()
      isAtEnd = chunk.isEmpty
      buffer.append(contentsOf: chunk)
    } catch {
      throw CommandFailure(.failed, "\(path): reading failed after line \(number): \(error.localizedDescription)")
    }
  }
}
