// Owns the body of `POST /v1/search`. Invariant: exactly one of `text`, `vector` and `like` is there.

import IndexModel
import TierEngine

extension SearchRequest {
  /// What hits may carry besides their place and score.
  private enum Inclusion: String, CaseIterable {
    case attributes
    case vector
  }

  private static let fieldNames = ["text", "vector", "model", "like", "k", "ef", "tiers", "include"]

  /// Reads a body within `limits`; throws the 400 problem that names the field at fault.
  init(json bytes: [UInt8], limits: RequestLimits) throws(Problem) {
    let fields = try RequestFields(bytes, known: Self.fieldNames)
    let query = try Self.query(fields)
    let inclusions = try fields.choices("include", of: Inclusion.self)
    self.init(
      query: query,
      k: try fields.integer("k", in: 1...limits.kMax) ?? min(10, limits.kMax),
      ef: try fields.integer("ef", in: 1...limits.efMax),
      tiers: try fields.choice("tiers", of: TierSelection.self) ?? .both,
      includesAttributes: inclusions.contains(.attributes),
      includesVectors: inclusions.contains(.vector))
  }

  private static func query(_ fields: RequestFields) throws(Problem) -> Query {
    let given = ["text", "vector", "like"].filter(fields.has)
    guard given.count == 1 else {
      let found = given.isEmpty ? "none is there" : "\(given.joined(separator: " and ")) are there"
      throw Problem.invalid(field: given.last ?? "text", "give exactly one of text, vector and like; \(found)")
    }
    let model = try fields.string("model")
    if let vector = try fields.vector("vector") { return .vector(vector, model: model) }
    guard model == nil else { throw Problem.invalid(field: "model", "belongs to a vector; leave it out") }
    if let text = try fields.string("text") { return .text(text) }
    let like = try fields.string("like") ?? ""
    guard let id = ItemID(like) else {
      throw Problem.invalid(field: "like", "an id has 1 to \(ItemID.byteCountMax) bytes of UTF-8")
    }
    return .like(id)
  }
}
