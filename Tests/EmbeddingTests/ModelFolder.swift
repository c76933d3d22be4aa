// Owns the way to the real model and to the fixtures. Invariant: where one is missing, the test fails and says how to
// get it.

import Embedding
import Foundation
import Testing

/// The all-MiniLM-L6-v2 artifact that the suite measures the encoder with.
enum RealModel {
  static let artifact: Result<ModelArtifact, any Error> = Result { try ModelArtifact(folder: folder()) }

  static func open() throws -> ModelArtifact { try artifact.get() }

  private static func folder() throws -> String {
    if let path = ProcessInfo.processInfo.environment["FRESHET_MODEL"] { return path }
    var directory = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
    while true {
      let candidate = directory.appendingPathComponent(".freshet/models/all-minilm-l6-v2").path
      if FileManager.default.fileExists(atPath: candidate) { return candidate }
      guard directory.path != "/" else { break }
      directory.deleteLastPathComponent()
    }
    throw MissingModel()
  }

  private struct MissingModel: Error, CustomStringConvertible {
    var description: String {
      "the embedding model is not there: `make model` fetches it to .freshet/models/all-minilm-l6-v2 "
        + "(FRESHET_MODEL names another folder)"
    }
  }
}

/// A text with the reference implementation's answers.
struct GoldenText: Decodable, Sendable {
  var text: String
  var ids: [Int32]
  /// Base64 of float32, little-endian.
  var vector: Data

  var components: [Float] {
    stride(from: 0, to: vector.count, by: 4).map { start in
      Float(bitPattern: vector[start..<start + 4].reversed().reduce(0 as UInt32) { $0 << 8 | UInt32($1) })
    }
  }

  /// The 300 texts that `Scripts/golden-vectors.py` wrote.
  static func all() throws -> [GoldenText] {
    try JSONDecoder().decode([GoldenText].self, from: fixture("golden"))
  }
}

/// The bytes of `Fixtures/NAME.json`.
func fixture(_ name: String) throws -> Data {
  let url = try #require(Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Fixtures"))
  return try Data(contentsOf: url)
}

/// The cosine of two vectors, in double precision.
func cosine(_ a: some Sequence<Float>, _ b: some Sequence<Float>) -> Double {
  var dot = 0.0
  var squaresA = 0.0
  var squaresB = 0.0
  for (x, y) in zip(a, b) {
    dot += Double(x) * Double(y)
    squaresA += Double(x) * Double(x)
    squaresB += Double(y) * Double(y)
  }
  return dot / (squaresA * squaresB).squareRoot()
}
