// Owns the second stage of ingest: finding each event's vector. A text is embedded only if its hash differs from the
// stored one's; the applier checks that again, because batches ahead may not be applied yet.
// Invariant 7: a supplied vector of another model is parked, never stored.

import IndexModel
import VectorIndex

/// The embedding thread's loop.
struct EmbedStage {
  let input: BoundedQueue<DecodedEntry>
  let output: BoundedQueue<PreparedEntry>
  let store: any StorePort
  let embedder: ItemEmbedder
  let metadata: StoreMetadata
  let batchMax: Int
  let counters: IngestCounters

  /// Prepares entries in order until the input is closed and drained, then closes the output. Throws `StoreError` or
  /// `IngestStopped`.
  func run() throws {
    defer { output.close() }
    while true {
      let entries = input.takeWaiting(countMax: batchMax)
      if entries.isEmpty { return }
      for entry in try prepare(entries) {
        guard output.appendWaiting(entry, bytes: metadata.model.dimension * 4) else { return }
      }
    }
  }

  private func prepare(_ entries: [DecodedEntry]) throws -> [PreparedEntry] {
    var prepared: [PreparedEntry] = []
    prepared.reserveCapacity(entries.count)
    var texts: [(entry: Int, text: String, hash: ContentHash)] = []
    try store.read { reader in
      for (number, entry) in entries.enumerated() {
        switch entry.content {
        case .poison(let letter):
          prepared.append(PreparedEntry(progress: entry.progress, content: .poison(letter)))
        case .event(let event, let raw):
          let (content, text) = try plan(event, raw, reader)
          if let text { texts.append((number, text.text, text.hash)) }
          prepared.append(PreparedEntry(progress: entry.progress, content: content))
        }
      }
    }
    let outcomes = try embedder.embed(texts.map(\.text))
    for (text, outcome) in zip(texts, outcomes) {
      guard case .mutation(let event, _, let raw) = prepared[text.entry].content else { continue }
      switch outcome {
      case .success(let vector):
        prepared[text.entry].content = .mutation(event, .new(vector, contentHash: text.hash), raw)
      case .failure(let error):
        prepared[text.entry].content = .poison(
          DeadLetter(event, raw, code: "not-embedded", reason: error.message))
      }
    }
    counters.embedded.add(UInt64(texts.count), ordering: .relaxed)
    return prepared
  }

  /// What the store will need of `event`, and the text to embed if there is one.
  private func plan(
    _ event: ItemEvent, _ raw: RawRecord, _ reader: any StoreReading
  ) throws -> (PreparedEntry.Content, (text: String, hash: ContentHash)?) {
    guard case .upsert(let upsert) = event.operation else { return (.mutation(event, .none, raw), nil) }
    if let supplied = upsert.vector { return (accept(supplied, event, raw), nil) }
    guard let text = upsert.text else {
      let reason = "the event brings neither text nor vector; send the item's content"
      return (.poison(DeadLetter(event, raw, code: "nothing-to-embed", reason: reason)), nil)
    }

    let stored = try reader.item(event.id)
    let known = try stored.map(Fence.Known.init) ?? reader.tombstone(event.id).map(Fence.Known.init)
    if Fence.judge(event, against: known, domain: metadata.versionDomain) == .stale {
      return (.mutation(event, .none, raw), nil)
    }
    let hash = embedder.hash(text)
    if stored?.contentHash == hash { return (.mutation(event, .stored(hash), raw), nil) }
    return (.mutation(event, .none, raw), (text, hash))
  }

  private func accept(
    _ supplied: ItemEvent.SuppliedVector, _ event: ItemEvent, _ raw: RawRecord
  ) -> PreparedEntry.Content {
    let model = metadata.model
    if let name = supplied.model, name != model.name, name != model.fingerprint {
      return .poison(
        DeadLetter(
          event, raw, code: "wrong-model",
          reason: "model: the vector was made by \(name), the index holds vectors of \(model)"))
    }
    guard supplied.values.count == model.dimension else {
      return .poison(
        DeadLetter(
          event, raw, code: "wrong-dimension",
          reason: "vector: has \(supplied.values.count) components, the index has \(model.dimension)"))
    }
    var values = supplied.values
    if metadata.metric == .cosine, !VectorMath.normalize(&values) {
      return .poison(
        DeadLetter(event, raw, code: "zero-vector", reason: "vector: has no direction, so cosine cannot compare it"))
    }
    return .mutation(event, .new(values[...], contentHash: nil), raw)
  }
}
