// Owns one tensor of floats as the model sees it. Invariant: its type and shape were checked before it was made.

/// A tensor of weights, in row-major order, in the mapped file.
struct WeightTensor: Sendable {
  private let name: String
  private let file: MappedFile
  private let entry: SafetensorsFile.Entry
  /// Elements of one row: the last dimension.
  let columns: Int
  /// Rows; 1 for a vector.
  let rows: Int

  /// The tensor `name` of `file`, whose shape must be `shape` (`nil`: any size). Throws `ModelArtifactError`.
  init(_ name: String, shape: [Int?], in tensors: SafetensorsFile) throws(ModelArtifactError) {
    func fault(_ code: ModelArtifactError.Code, _ message: String) -> ModelArtifactError {
      ModelArtifactError(code: code, file: tensors.file.path, part: "tensor \(name)", message: message)
    }
    guard let entry = tensors.entries[name] else {
      throw fault(.malformed, "it is not there; this encoder runs BERT models only")
    }
    guard entry.element.isWeight else {
      throw fault(.unsupported, "its type is \(entry.element.rawValue); weights are F32, F16 or BF16")
    }
    guard entry.shape.count == shape.count,
      zip(entry.shape, shape).allSatisfy({ $0 > 0 && ($1 == nil || $0 == $1) })
    else {
      let expected = shape.map { $0.map(String.init) ?? "any" }.joined(separator: ", ")
      throw fault(.malformed, "its shape is \(entry.shape), [\(expected)] is needed")
    }
    self.name = name
    file = tensors.file
    self.entry = entry
    columns = entry.shape.last ?? 1
    rows = entry.shape.dropLast().reduce(1, *)
  }

  /// All elements. Throws `malformed` where one is not a finite number, which would spread to every vector.
  func floats() throws(ModelArtifactError) -> [Float] {
    let floats = unsafe [Float](unsafeUninitializedCapacity: rows * columns) { buffer, count in
      count = rows * columns
      guard let base = buffer.baseAddress else { return }
      // SAFETY: the buffer has room for all elements, which is what the entry's bytes hold.
      file.withBytes { bytes in unsafe entry.element.widen(bytes.extracting(entry.bytes), into: base) }
    }
    if let index = floats.firstIndex(where: { !$0.isFinite }) {
      throw ModelArtifactError(
        code: .malformed, file: file.path, part: "tensor \(name)", message: "element \(index) is not a finite number")
    }
    return floats
  }
}
