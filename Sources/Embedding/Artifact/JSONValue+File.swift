// Owns the reading of a JSON file of a model artifact.

extension JSONValue {
  /// Parses `file`. Throws `malformed` with the byte at fault.
  init(_ file: MappedFile) throws(ModelArtifactError) {
    do throws(JSONParser.Failure) {
      self = try JSONParser.parse(file.copy())
    } catch {
      throw ModelArtifactError(
        code: .malformed, file: file.path, part: "byte \(error.offset)", message: error.message)
    }
  }
}
