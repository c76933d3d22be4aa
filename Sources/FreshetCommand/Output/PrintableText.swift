// Owns what text from outside may do to a terminal: nothing but be read.

extension String {
  /// One line without control characters: an id or an attribute may hold escape sequences that would move the cursor.
  var printable: String {
    String(
      map { character in
        character.unicodeScalars.contains { $0.properties.generalCategory == .control } ? " " : character
      })
  }
}
