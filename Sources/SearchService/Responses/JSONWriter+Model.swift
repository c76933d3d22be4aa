// Owns how the words of the index look in JSON: times, positions, models, attributes, vectors.

import IndexModel

extension JSONWriter {
  /// RFC 3339 in UTC with milliseconds, `2026-11-21T13:05:00.123Z`; years 0 to 9999, and null beyond them.
  mutating func value(_ time: EventTime) {
    guard let text = time.rfc3339 else { return null() }
    value(text)
  }

  /// `{"topic-0": 124}`: the next offset of each partition.
  mutating func value(_ positions: SourcePositions) {
    beginObject()
    for (partition, offset) in positions.nextOffsets.sorted(by: { $0.key < $1.key }) {
      name(escaping: partition.description)
      value(offset)
    }
    endObject()
  }

  mutating func value(_ model: ModelIdentity) {
    beginObject()
    name("name")
    value(model.name)
    name("fingerprint")
    value(model.fingerprint)
    name("dimension")
    value(model.dimension)
    endObject()
  }

  /// Ordered by name, so that equal items have equal texts.
  mutating func value(_ attributes: Attributes) {
    beginObject()
    for (attribute, content) in attributes.sorted(by: { $0.key < $1.key }) {
      name(escaping: attribute)
      value(content)
    }
    endObject()
  }

  mutating func value(_ vector: [Float]) {
    beginArray()
    for component in vector { value(component) }
    endArray()
  }

  private mutating func value(_ attribute: AttributeValue) {
    switch attribute {
    case .string(let text): value(text)
    case .integer(let integer): value(integer)
    case .number(let number): value(number)
    case .boolean(let boolean): value(boolean)
    case .strings(let texts):
      beginArray()
      for text in texts { value(text) }
      endArray()
    }
  }
}
