// Owns the rules that an event must keep, whichever path read it. Invariant: what leaves here satisfies every limit of
// the mapping, and its text is normalised.

import IndexModel
import TierEngine

/// Judges an event's fields and makes the event.
struct EventAssembly {
  let mapping: EventMapping

  /// Refuses a record that is longer than the limit.
  func checkSize(_ record: SourceRecord) throws(DecodingFailure) {
    let byteCount = (record.key?.count ?? 0) + (record.value?.count ?? 0)
    guard byteCount <= mapping.recordBytesMax else {
      throw DecodingFault.recordTooBig.because(
        "the record is longer than \(mapping.recordBytesMax) bytes; shorten it, or raise the limit of record bytes")
    }
  }

  /// The delete that a record without a value stands for.
  func deleteByKey(_ record: SourceRecord) throws(DecodingFailure) -> ItemEvent {
    ItemEvent(id: try id(nil, record), operation: .delete, position: record.position, time: record.time)
  }

  /// The event that `fields` describe.
  func event(from fields: EventFields, _ record: SourceRecord) throws(DecodingFailure) -> ItemEvent {
    ItemEvent(
      id: try id(fields.id, record),
      operation: fields.operation == .delete ? .delete : .upsert(try upsert(from: fields)),
      version: fields.version, position: record.position, time: record.time)
  }

  private func id(_ named: String?, _ record: SourceRecord) throws(DecodingFailure) -> ItemID {
    let text = if let named { named } else { try keyText(record) }
    if let id = ItemID(text) { return id }
    guard !text.isEmpty else {
      throw DecodingFault.badID.because("`\(mapping.idField)` is empty; give every item an id")
    }
    throw DecodingFault.idTooLong.because(
      "`\(mapping.idField)` is \(text.utf8.count) bytes long; at most \(ItemID.byteCountMax) are possible")
  }

  private func keyText(_ record: SourceRecord) throws(DecodingFailure) -> String {
    guard let key = record.key, !key.isEmpty else {
      throw DecodingFault.noID.because("there is no `\(mapping.idField)` and the record has no key; set one of them")
    }
    guard let text = String(validating: key, as: UTF8.self) else {
      throw DecodingFault.badID.because(
        "there is no `\(mapping.idField)` and the record's key is not UTF-8; write the id as text")
    }
    return text
  }

  private func upsert(from fields: EventFields) throws(DecodingFailure) -> ItemEvent.Upsert {
    let text = NormalisedText.join(fields.texts, separator: mapping.separator)
    guard text.utf8.count <= mapping.contentBytesMax else {
      throw DecodingFault.contentTooBig.because(
        "\(contentNames) is \(text.utf8.count) bytes of text; shorten it to \(mapping.contentBytesMax), "
          + "or raise the limit of content bytes")
    }
    let vector = try suppliedVector(from: fields)
    guard vector != nil || !text.isEmpty else {
      throw DecodingFault.noContent.because(
        "an upsert needs text in \(contentNames), or `\(mapping.vectorField)`; to remove the item write "
          + "`\(mapping.opField)` \"delete\"")
    }
    try checkSize(of: fields.attributes)
    return ItemEvent.Upsert(text: text.isEmpty ? nil : text, vector: vector, attributes: fields.attributes)
  }

  private var contentNames: String {
    mapping.contentFields.isEmpty
      ? "a content field" : mapping.contentFields.map { "`\($0)`" }.joined(separator: ", ")
  }

  private func checkSize(of attributes: Attributes) throws(DecodingFailure) {
    var byteCount = 0
    for (name, value) in attributes {
      byteCount += name.utf8.count
      switch value {
      case .string(let text): byteCount += text.utf8.count
      case .strings(let texts): for text in texts { byteCount += text.utf8.count }
      case .integer, .number, .boolean: byteCount += 1
      }
    }
    guard byteCount <= mapping.attributesBytesMax else {
      throw DecodingFault.attributesTooBig.because(
        "`\(mapping.attributesField)` takes \(byteCount) bytes; at most \(mapping.attributesBytesMax) are accepted")
    }
  }

  private func suppliedVector(from fields: EventFields) throws(DecodingFailure) -> ItemEvent.SuppliedVector? {
    guard let values = fields.vector else { return nil }
    guard values.count == mapping.model.dimension else {
      throw DecodingFault.wrongDimension.because(
        "`\(mapping.vectorField)` has \(values.count) components; \(mapping.model) makes \(mapping.model.dimension)")
    }
    if mapping.metric == .cosine, values.allSatisfy({ $0 == 0 }) {
      throw DecodingFault.zeroVector.because(
        "`\(mapping.vectorField)` is all zeros, which cosine cannot compare; leave it out to have the text embedded")
    }
    if let name = fields.model {
      guard name == mapping.model.name || name == mapping.model.fingerprint else {
        throw DecodingFault.wrongModel.because(
          "`\(mapping.modelField)` is '\(name.prefix(80))'; this index holds vectors of \(mapping.model)")
      }
    } else if mapping.modelRequired {
      throw DecodingFault.noModel.because(
        "`\(mapping.modelField)` must name the model beside `\(mapping.vectorField)`: "
          + "write \"\(mapping.model.name)\" if that made the vector")
    }
    return ItemEvent.SuppliedVector(values: values, model: fields.model)
  }
}
