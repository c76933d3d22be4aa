// Owns how ingest uses the encoder: in batches, patiently where a failure may pass, one by one where it may be a
// single text's fault. Invariant 10: a text that cannot be embedded is parked; the others go on.

import IndexModel
import Synchronization

/// Thrown where ingest was stopped while it waited for the encoder.
struct IngestStopped: Error {}

/// Embeds item texts for ingest.
struct ItemEmbedder: Sendable {
  let encoder: (any TextEncoderPort)?
  let hashing: any ContentHashingPort
  let clock: any ClockPort
  let telemetry: any TelemetryPort
  let stopSignal: StopSignal

  /// The hash by which an unchanged text is recognised.
  func hash(_ text: String) -> ContentHash { hashing.hash(text) }

  /// One outcome a text, in order. Throws `IngestStopped`.
  func embed(_ texts: [String]) throws -> [Result<ArraySlice<Float>, EncodingError>] {
    guard !texts.isEmpty else { return [] }
    guard let encoder else {
      let error = EncodingError(
        isTransient: false, message: "text: the topology names no encoder; send a vector, or set `embed.kind`")
      return texts.map { _ in .failure(error) }
    }
    do {
      let started = clock.monotonicNanoseconds
      let values = try encodePatiently(texts, encoder)
      telemetry.record(.textsEmbedded(count: texts.count, nanoseconds: clock.monotonicNanoseconds - started))
      let dimension = encoder.model.dimension
      return texts.indices.map { .success(values[$0 * dimension..<($0 + 1) * dimension]) }
    } catch let error as EncodingError where texts.count > 1 {
      telemetry.record(.encoderRetried(attempt: 1, message: "one by one, because \(error.message)"))
      return try texts.flatMap { try embed([$0]) }
    } catch let error as EncodingError {
      return texts.map { _ in .failure(error) }
    }
  }

  /// Retries failures that may pass, waiting longer each time, at most 5 s.
  private func encodePatiently(_ texts: [String], _ encoder: any TextEncoderPort) throws -> [Float] {
    var waitSeconds = 0.05
    var attempt = 1
    while true {
      do {
        return try encoder.encode(texts, role: .item)
      } catch let error as EncodingError where error.isTransient {
        telemetry.record(.encoderRetried(attempt: attempt, message: error.message))
        if stopSignal.wait(seconds: waitSeconds) { throw IngestStopped() }
        waitSeconds = min(5, waitSeconds * 2)
        attempt += 1
      }
    }
  }
}
