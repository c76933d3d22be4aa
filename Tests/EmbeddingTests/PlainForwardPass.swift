// Owns the oracle of small models: BERT in double precision, one element at a time.

import Foundation

/// The forward pass as the paper writes it, over a `TinyModel`'s weights.
struct PlainForwardPass {
  let model: TinyModel

  /// The vector of one text's token ids.
  func vector(of ids: [Int32]) -> [Double] {
    let size = TinyModel.hiddenSize
    let words = values("embeddings.word_embeddings.weight")
    let positions = values("embeddings.position_embeddings.weight")
    let segments = values("embeddings.token_type_embeddings.weight")
    var rows = ids.enumerated().map { position, id in
      (0..<size).map { words[Int(id) * size + $0] + positions[position * size + $0] + segments[$0] }
    }
    rows = rows.map { normalized($0, "embeddings.LayerNorm") }
    for index in 0..<TinyModel.layerCount {
      let layer = "encoder.layer.\(index)."
      let attended = attention(rows, layer + "attention.")
      rows = zip(rows, attended).map { normalized(sum($0, $1), layer + "attention.output.LayerNorm") }
      rows = rows.map { row in
        let wide = linear(row, layer + "intermediate.dense").map { $0 * 0.5 * (1 + erf($0 / 2.0.squareRoot())) }
        return normalized(sum(row, linear(wide, layer + "output.dense")), layer + "output.LayerNorm")
      }
    }
    let mean = (0..<size).map { column in rows.reduce(0) { $0 + $1[column] } / Double(rows.count) }
    let length = mean.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return mean.map { $0 / length }
  }

  private func attention(_ rows: [[Double]], _ layer: String) -> [[Double]] {
    let size = TinyModel.hiddenSize / TinyModel.headCount
    let queries = rows.map { linear($0, layer + "self.query") }
    let keys = rows.map { linear($0, layer + "self.key") }
    let values = rows.map { linear($0, layer + "self.value") }
    let contexts = queries.map { query in
      (0..<TinyModel.headCount).flatMap { head in
        let part = head * size..<(head + 1) * size
        let scores = keys.map { key in part.reduce(0) { $0 + query[$1] * key[$1] } / Double(size).squareRoot() }
        let top = scores.max() ?? 0
        let weights = scores.map { exp($0 - top) }
        let total = weights.reduce(0, +)
        return part.map { column in zip(weights, values).reduce(0) { $0 + $1.0 / total * $1.1[column] } }
      }
    }
    return contexts.map { linear($0, layer + "output.dense") }
  }

  private func linear(_ row: [Double], _ name: String) -> [Double] {
    let weight = values(name + ".weight")
    return values(name + ".bias").enumerated().map { output, bias in
      row.indices.reduce(bias) { $0 + row[$1] * weight[output * row.count + $1] }
    }
  }

  private func normalized(_ row: [Double], _ name: String) -> [Double] {
    let mean = row.reduce(0, +) / Double(row.count)
    let variance = row.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(row.count)
    let gain = values(name + ".weight")
    let shift = values(name + ".bias")
    return row.indices.map { (row[$0] - mean) / (variance + 1e-12).squareRoot() * gain[$0] + shift[$0] }
  }

  private func sum(_ a: [Double], _ b: [Double]) -> [Double] { zip(a, b).map(+) }

  private func values(_ name: String) -> [Double] { (model.tensors[name] ?? []).map(Double.init) }
}
