// Owns the body that answers a look-up.

import IndexModel
import TierEngine

extension ItemView {
  /// Writes the whole answer.
  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.name("id")
    writer.value(id.rawValue)
    writer.name("sequence")
    writer.value(sequence.rawValue)
    writer.name("position")
    writer.value(position.description)
    writer.name("eventTime")
    writer.value(time)
    writer.name("version")
    if let version { writer.value(version) } else { writer.null() }
    writer.name("provisional")
    writer.value(isProvisional)
    writer.name("attributes")
    writer.value(attributes)
    if let vector {
      writer.name("vector")
      writer.value(vector)
    }
    writer.name("model")
    writer.value(model)
    writer.name("positions")
    writer.value(positions)
    writer.endObject()
  }
}
