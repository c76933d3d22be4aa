// Owns the reading of a safetensors file (github.com/huggingface/safetensors, "Format"): an 8-byte header length, a
// JSON header, the tensors' bytes. Invariant: every tensor that it hands out lies within the file, and no two overlap.

/// A mapped safetensors file. Any thread.
final class SafetensorsFile: Sendable {
  /// One entry of the header.
  struct Entry: Sendable {
    var element: TensorElement
    var shape: [Int]
    /// Where its bytes stand in the file.
    var bytes: Range<Int>
  }

  private static let headerBytesMax = 100_000_000
  let file: MappedFile
  let entries: [String: Entry]

  /// Maps and checks the file. Throws `ModelArtifactError`, which names the tensor at fault.
  init(_ file: MappedFile) throws(ModelArtifactError) {
    self.file = file
    guard file.count >= 8 else { throw Self.malformed(file, nil, "it is shorter than its 8-byte header length") }
    // SAFETY: the file has at least 8 bytes.
    let headerCount = file.withBytes { bytes in
      unsafe UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: 0, as: UInt64.self))
    }
    guard headerCount <= Self.headerBytesMax, Int(headerCount) <= file.count - 8 else {
      throw Self.malformed(
        file, nil, "its header claims \(headerCount) bytes, the file has \(file.count): it is cut off or no safetensors"
      )
    }
    let dataStart = 8 + Int(headerCount)
    let header: JSONValue
    do throws(JSONParser.Failure) {
      header = try JSONParser.parse(file.copy(8..<dataStart))
    } catch {
      throw Self.malformed(file, "header byte \(error.offset)", error.message)
    }
    guard let members = header.members else { throw Self.malformed(file, nil, "its header is no JSON object") }
    var entries: [String: Entry] = [:]
    for (key, value) in members where key != Array("__metadata__".utf8) {
      let name = String(decoding: key, as: UTF8.self)
      entries[name] = try Self.entry(value, name: name, file: file, dataStart: dataStart)
    }
    try Self.checkLayout(entries, file: file, dataStart: dataStart)
    self.entries = entries
  }

  private static func malformed(_ file: MappedFile, _ part: String?, _ message: String) -> ModelArtifactError {
    ModelArtifactError(code: .malformed, file: file.path, part: part, message: message)
  }

  private static func entry(
    _ value: JSONValue, name: String, file: MappedFile, dataStart: Int
  ) throws(ModelArtifactError) -> Entry {
    let part = "tensor \(name)"
    guard let type = value["dtype"]?.string else { throw malformed(file, part, "it has no dtype") }
    guard let element = TensorElement(rawValue: type) else { throw malformed(file, part, "dtype \(type) is unknown") }
    guard let dimensions = value["shape"]?.array else { throw malformed(file, part, "it has no shape") }
    var shape: [Int] = []
    var byteCount = element.byteCount
    for dimension in dimensions {
      guard let size = dimension.integer, size >= 0 else { throw malformed(file, part, "its shape holds no sizes") }
      let (product, overflow) = byteCount.multipliedReportingOverflow(by: size)
      guard !overflow else { throw malformed(file, part, "its shape is too large") }
      shape.append(size)
      byteCount = product
    }
    guard let offsets = value["data_offsets"]?.array, offsets.count == 2, let start = offsets[0].integer,
      let end = offsets[1].integer
    else { throw malformed(file, part, "it has no pair of data_offsets") }
    guard 0 <= start, start <= end, end <= file.count - dataStart else {
      throw malformed(file, part, "its bytes \(start) to \(end) lie outside the data of \(file.count - dataStart)")
    }
    guard end - start == byteCount else {
      throw malformed(file, part, "its shape \(shape) of \(type) needs \(byteCount) bytes, it has \(end - start)")
    }
    return Entry(element: element, shape: shape, bytes: dataStart + start..<dataStart + end)
  }

  /// The format's rule: the tensors cover the data without a gap or an overlap.
  private static func checkLayout(
    _ entries: [String: Entry], file: MappedFile, dataStart: Int
  ) throws(ModelArtifactError) {
    var covered = dataStart
    for (name, entry) in entries.sorted(by: {
      ($0.value.bytes.lowerBound, $0.value.bytes.upperBound) < ($1.value.bytes.lowerBound, $1.value.bytes.upperBound)
    }) {
      guard entry.bytes.lowerBound == covered else {
        let fault = entry.bytes.lowerBound < covered ? "overlap another tensor's" : "leave a gap before them"
        throw malformed(file, "tensor \(name)", "its bytes \(fault)")
      }
      covered = entry.bytes.upperBound
    }
    guard covered == file.count else {
      throw malformed(file, nil, "\(file.count - covered) bytes at its end belong to no tensor")
    }
  }
}
