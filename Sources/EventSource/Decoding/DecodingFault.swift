// Owns the stable words by which parked records are counted. Invariant: a word, once shipped, keeps its meaning.

import TierEngine

/// Every way in which a record can be no event: the `code` of a `DecodingFailure`.
public enum DecodingFault: String, Sendable, Hashable, CaseIterable {
  /// Key and value together are longer than `recordBytesMax`.
  case recordTooBig = "record-too-big"
  /// The value does not follow RFC 8259.
  case notJSON = "not-json"
  /// A string is not UTF-8, or an escape names half of a surrogate pair.
  case invalidUTF8 = "invalid-utf8"
  /// Objects and arrays are nested deeper than 64.
  case tooDeep = "too-deep"
  /// An object names the same member twice.
  case duplicateKey = "duplicate-key"
  /// The value is JSON, but not an object; or a path leads through something that is no object.
  case notAnObject = "not-an-object"
  /// Neither the value nor the key holds an id.
  case noID = "no-id"
  /// The id is neither a non-empty string nor an integer, or the key is not UTF-8.
  case badID = "bad-id"
  /// The id is longer than `ItemID.byteCountMax`.
  case idTooLong = "id-too-long"
  /// The operation is neither `upsert` nor `delete`.
  case unknownOperation = "unknown-op"
  /// The version is no unsigned 64-bit integer.
  case badVersion = "bad-version"
  /// A content field is neither a string nor an array of strings.
  case badContent = "bad-content"
  /// An upsert brings neither text nor vector.
  case noContent = "no-content"
  /// The normalised text is longer than `contentBytesMax`.
  case contentTooBig = "content-too-big"
  /// An attribute has a value of a kind that filters do not know, or out of its range.
  case badAttribute = "bad-attribute"
  /// The attributes take more than `attributesBytesMax`.
  case attributesTooBig = "attributes-too-big"
  /// The vector is no array of numbers.
  case badVector = "bad-vector"
  /// A number is NaN, infinite, or too large for its type.
  case notFinite = "not-finite"
  /// The vector has another number of components than the index.
  case wrongDimension = "wrong-dimension"
  /// The vector has no direction, which cosine needs.
  case zeroVector = "zero-vector"
  /// A vector without the name of its model.
  case noModel = "no-model"
  /// The name of the model is no string, or names another model than the index's.
  case wrongModel = "wrong-model"

  /// The failure with this word and a reason that names the field and says what to do.
  func because(_ reason: String) -> DecodingFailure {
    DecodingFailure(code: rawValue, reason: reason)
  }
}
