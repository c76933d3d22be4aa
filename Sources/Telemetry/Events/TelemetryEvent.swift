// Owns what Freshet tells its operators. Invariant: one event makes both the log line and the metric updates, so that
// the two never disagree.

import IndexModel

/// Something that operators should be able to see. Every case has a `Kind`, which gives its name, level and message.
public enum TelemetryEvent: Sendable {
  // Ingest.

  /// A batch was committed and published.
  case batchApplied(BatchObservation)
  /// A record could not be applied and was parked; `code` is a short stable word.
  case deadLetterParked(position: EventPosition, code: String, reason: String)
  /// Texts were embedded.
  case textsEmbedded(count: Int, seconds: Double)
  /// The encoder failed and is asked again.
  case encoderRetried(attempt: Int, reason: String)
  /// Reading is paused; `reason` is one of a few words.
  case ingestPaused(reason: String)
  /// Reading goes on.
  case ingestResumed

  // Store.

  /// A transaction failed and is tried again; `code` is a short stable word.
  case storeRetried(code: String, reason: String)
  /// The store cannot go on.
  case storeFailed(code: String, reason: String)

  // Source.

  /// The source is not answering and is tried again.
  case sourceUnreachable(reason: String)
  /// Reading goes on after a fault.
  case sourceRecovered
  /// Partitions were added to the topic and are read.
  case partitionsAdded([SourcePartition])
  /// A position was not in the log; reading goes on elsewhere, as the topology says.
  case positionReset(partition: SourcePartition, from: Int64, to: Int64)
  /// A partition, or the whole topic, cannot be read just now.
  case readDelayed(partition: SourcePartition?, reason: String)
  /// Positions could not be announced to monitoring.
  case announceFailed(reason: String)
  /// A line of the source's client library; `severity` as in syslog, 0 (emergency) to 7 (debug).
  case clientLogged(severity: Int, text: String)

  // Tiers.

  /// A rebuild began.
  case rebuildStarted(generation: UInt64, reason: String, watermark: SequenceNumber)
  /// A rebuild went on; `fractionDone` is 0...1 of the whole.
  case rebuildProgressed(generation: UInt64, stage: String, fractionDone: Double)
  /// A rebuild ended without a candidate.
  case rebuildFailed(generation: UInt64, reason: String)
  /// A candidate did not pass its probe; the old generation goes on serving.
  case candidateRejected(GenerationObservation, reason: String)
  /// A candidate passed its probe and serves.
  case generationPromoted(GenerationObservation)
  /// A generation's file was given up.
  case generationRetired(generation: UInt64)
  /// A recorded generation could not be opened; an older one serves, or the fresh tier alone.
  case generationRefused(generation: UInt64, reason: String)
  /// A segment file was removed at start that a build cut short had left.
  case leftoverRemoved(name: String)

  // Serving.

  /// A search was answered.
  case searchServed(seconds: Double, hits: Int)
  /// A search was refused or failed; `code` is a short stable word.
  case searchFailed(code: String, reason: String)
  /// An HTTP request was answered; `route` is the route's pattern, not the request's path.
  case requestServed(method: String, route: String, status: Int, seconds: Double)

  // Process.

  /// The size of everything, measured about once a second.
  case indexObserved(IndexObservation)
  /// The index is open and reachable.
  case serving(name: String, address: String)
  /// The process came one step nearer to its end.
  case shutdown(ShutdownStep)
}

/// A step of an orderly end, in order.
public enum ShutdownStep: String, Sendable, Hashable, CaseIterable {
  /// Somebody asked for it.
  case requested
  /// Nothing more is read.
  case sourceStopped = "source-stopped"
  /// What was read is applied and committed.
  case drained
  /// No request is open any more.
  case requestsFinished = "requests-finished"
  /// The store is closed.
  case storeClosed = "store-closed"
}
