// Owns the list of Freshet's own metrics. Invariant: declared here once; the registry, the events and docs/metrics.md
// follow.

/// One of Freshet's own metrics.
public enum FreshetMetric: Sendable, Hashable, CaseIterable {
  // Ingest.
  case mutationsApplied, vectorsSet, eventsDropped, readBytes, batchMutations, commitDuration, freshnessLag
  case deadLettersParked, textsEmbedded, embedDuration, encoderRetries
  case ingestPaused, ingestPauses, queuedRecords, recordsBehind
  // Store and source.
  case storeErrors, sourceNotices
  // The index.
  case items, tombstones, deadLetters, rows, rowsSuperseded, freshRowsMax, sequence, generation
  // Rebuilds.
  case rebuildsStarted, rebuildsEnded, rebuildProgress, rebuildDuration, candidateRecall
  case generationsRetired, generationsRefused
  // Serving.
  case searchDuration, searchHits, searchesFailed, requests, requestDuration
  // The metrics themselves.
  case seriesDropped

  /// What is declared about it.
  public var declaration: MetricDeclaration {
    switch self {
    case .mutationsApplied:
      .counter("mutations_applied", labels: ["operation"], "Mutations applied: `upsert` or `delete`.")
    case .vectorsSet: .counter("vectors_set", "Mutations that set a vector.")
    case .eventsDropped:
      .counter(
        "events_dropped", labels: ["reason"],
        "Events without effect: `stale` where something newer was known, `duplicate` where delivered a second time.")
    case .readBytes: .counter("read_bytes", "Bytes of keys and values read from the source.")
    case .batchMutations: .histogram("batch_mutations", .count, "Mutations committed together.")
    case .commitDuration: .histogram("commit_duration_seconds", .latency, "Duration of a store transaction.")
    case .freshnessLag:
      .histogram("freshness_lag_seconds", .lag, "From an event's timestamp until searches show its item.")
    case .deadLettersParked:
      .counter("dead_letters_parked", labels: ["code"], "Records parked because they could not be applied, by reason.")
    case .textsEmbedded: .counter("texts_embedded", "Texts that the model embedded for items.")
    case .embedDuration: .histogram("embed_duration_seconds", .latency, "Duration of embedding one batch of texts.")
    case .encoderRetries: .counter("encoder_retries", "Failures of the encoder that were tried again.")
    case .ingestPaused: .gauge("ingest_paused", "1 while reading is paused, else 0.")
    case .ingestPauses: .counter("ingest_pauses", labels: ["reason"], "Pauses of reading, by reason.")
    case .queuedRecords: .gauge("queued_records", "Records read and not yet applied.")
    case .recordsBehind:
      .gauge(
        "records_behind", labels: ["topic", "partition"],
        "Records between what searches reflect and the end of the log.")
    case .storeErrors: .counter("store_errors", labels: ["code"], "Failed store transactions, by reason.")
    case .sourceNotices:
      .counter("source_notices", labels: ["event"], "What a source survived or decided by itself, by event.")
    case .items: .gauge("items", "Live items.")
    case .tombstones: .gauge("tombstones", "Tombstones kept.")
    case .deadLetters: .gauge("dead_letters", "Records parked in the store.")
    case .rows: .gauge("rows", labels: ["tier"], "Rows of a tier, superseded ones included.")
    case .rowsSuperseded: .gauge("rows_superseded", labels: ["tier"], "Rows of a tier that something newer replaced.")
    case .freshRowsMax: .gauge("fresh_rows_max", "Rows that the fresh tier can hold.")
    case .sequence:
      .gauge("sequence", labels: ["watermark"], "The newest mutation that is `durable`, or that is `searchable`.")
    case .generation: .gauge("generation", "The serving generation's number; 0 where none serves.")
    case .rebuildsStarted: .counter("rebuilds_started", "Rebuilds begun.")
    case .rebuildsEnded:
      .counter("rebuilds_ended", labels: ["outcome"], "Rebuilds ended: `promoted`, `rejected` or `failed`.")
    case .rebuildProgress: .gauge("rebuild_progress_ratio", "How much of the running rebuild is done, 0 to 1.")
    case .rebuildDuration:
      .histogram("rebuild_duration_seconds", .work, "Duration of scan, build, write and probe of a candidate.")
    case .candidateRecall:
      .gauge("candidate_recall_ratio", "Share of the exact top 10 that the newest candidate found in its probe.")
    case .generationsRetired: .counter("generations_retired", "Generations whose files were given up.")
    case .generationsRefused: .counter("generations_refused", "Recorded generations that could not be opened.")
    case .searchDuration: .histogram("search_duration_seconds", .latency, "Duration of a search, waits included.")
    case .searchHits: .counter("search_hits", "Hits returned by searches.")
    case .searchesFailed: .counter("searches_failed", labels: ["code"], "Searches refused or failed, by reason.")
    case .requests:
      .counter("http_requests", labels: ["method", "route", "status"], "HTTP requests answered.")
    case .requestDuration:
      .histogram("http_request_duration_seconds", .latency, labels: ["route"], "Duration of an HTTP request.")
    case .seriesDropped:
      .counter("metric_series_dropped", "Series that were not kept because the registry was full or their name taken.")
    }
  }
}
