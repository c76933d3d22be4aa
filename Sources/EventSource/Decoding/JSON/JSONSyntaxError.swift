// Owns the report of bytes that are no JSON.

/// Why bytes are no JSON text, and where.
struct JSONSyntaxError: Error, Equatable {
  /// The word under which the record is counted.
  var fault: DecodingFault
  /// The byte at which it was noticed, from 0.
  var offset: Int
  /// What is wrong there.
  var message: String
}
