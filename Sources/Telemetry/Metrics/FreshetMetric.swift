// Owns the list of Freshet's own metrics. Invariant: declared here once; the registry, the events and docs/metrics.md
// follow.

/// One of Freshet's own metrics.
public enum FreshetMetric: Sendable, Hashable, CaseIterable {
  // Ingest.
  case mutationsApplied, vectorsSet, eventsDropped, readBytes, batchMutations, commitDuration, freshnessLag
  case recordsParked, textsEmbedded, embedDuration, encoderRetries
  case ingestPaused, ingestPauses, queuedRecords, recordsBehind
  // Store and source.
  case storeRetries, storeFailures, sourceNotices
  // The index.
  case items, tombstones, deadLetters, freshRows, freshSupersededRows, freshCapacityRows, mainRows, mainSupersededRows
  case sequence, generation
  // Rebuilds.
  case rebuildsStarted, rebuilds, rebuildProgress, rebuildDuration, candidateRecall
  case generationsRetired, generationsRefused
  // Serving.
  case searchDuration, searchHits, searchesFailed, requests, requestDuration
  // The metrics themselves.
  case seriesDropped

  /// What is declared about it.
  public var declaration: MetricDeclaration {
    switch self {
    case .mutationsApplied:
      .counter("freshet_mutations_applied_total", labels: ["operation"], "Mutations applied: `upsert` or `delete`.")
    case .vectorsSet: .counter("freshet_vectors_set_total", "Mutations that set a vector.")
    case .eventsDropped:
      .counter(
        "freshet_events_dropped_total", labels: ["reason"],
        "Events without effect: `stale` where something newer was known, `duplicate` where delivered a second time.")
    case .readBytes: .counter("freshet_read_bytes_total", "Bytes of keys and values read from the source.")
    case .batchMutations: .histogram("freshet_batch_mutations", .count, "Mutations committed together.")
    case .commitDuration: .histogram("freshet_commit_duration_seconds", .latency, "Duration of a store transaction.")
    case .freshnessLag:
      .histogram("freshet_freshness_lag_seconds", .lag, "From an event's timestamp until searches show its item.")
    case .recordsParked:
      .counter(
        "freshet_records_parked_total", labels: ["code"],
        "Records parked because they could not be applied, by reason.")
    case .textsEmbedded: .counter("freshet_texts_embedded_total", "Texts that the model embedded for items.")
    case .embedDuration:
      .histogram("freshet_embed_duration_seconds", .latency, "Duration of embedding one batch of texts.")
    case .encoderRetries: .counter("freshet_encoder_retries_total", "Failures of the encoder that were tried again.")
    case .ingestPaused: .gauge("freshet_ingest_paused", "1 while reading is paused, else 0.")
    case .ingestPauses: .counter("freshet_ingest_pauses_total", labels: ["reason"], "Pauses of reading, by reason.")
    case .queuedRecords: .gauge("freshet_queued_records", "Records read and not yet applied.")
    case .recordsBehind:
      .gauge(
        "freshet_records_behind", labels: ["topic", "partition"],
        "Records between what searches reflect and the end of the log.")
    case .storeRetries:
      .counter("freshet_store_retries_total", labels: ["code"], "Store transactions that failed and were tried again.")
    case .storeFailures:
      .counter("freshet_store_failures_total", labels: ["code"], "Failures of the store that ended ingest, by reason.")
    case .sourceNotices:
      .counter(
        "freshet_source_notices_total", labels: ["event"], "What a source survived or decided by itself, by event.")
    case .items: .gauge("freshet_items", "Live items.")
    case .tombstones: .gauge("freshet_tombstones", "Tombstones kept.")
    case .deadLetters: .gauge("freshet_dead_letters", "Records parked in the store.")
    case .freshRows: .gauge("freshet_fresh_rows", "Rows of the fresh tier, superseded ones included.")
    case .freshSupersededRows:
      .gauge("freshet_fresh_superseded_rows", "Rows of the fresh tier that something newer replaced.")
    case .freshCapacityRows: .gauge("freshet_fresh_capacity_rows", "Rows that the fresh tier can hold.")
    case .mainRows: .gauge("freshet_main_rows", "Rows of the serving generation, superseded ones included.")
    case .mainSupersededRows:
      .gauge("freshet_main_superseded_rows", "Rows of the serving generation that something newer replaced.")
    case .sequence:
      .gauge(
        "freshet_sequence", labels: ["watermark"], "The newest mutation that is `durable`, or that is `searchable`.")
    case .generation: .gauge("freshet_generation", "The serving generation's number; 0 where none serves.")
    case .rebuildsStarted: .counter("freshet_rebuilds_started_total", "Rebuilds begun.")
    case .rebuilds:
      .counter(
        "freshet_rebuilds_total", labels: ["outcome"], "Rebuilds ended: `promoted`, `rejected` or `failed`.")
    case .rebuildProgress: .gauge("freshet_rebuild_progress_ratio", "How much of the running rebuild is done, 0 to 1.")
    case .rebuildDuration:
      .histogram("freshet_rebuild_duration_seconds", .work, "Duration of scan, build, write and probe of a candidate.")
    case .candidateRecall:
      .gauge(
        "freshet_candidate_recall_ratio", "Share of the exact top 10 that the newest candidate found in its probe.")
    case .generationsRetired: .counter("freshet_generations_retired_total", "Generations whose files were given up.")
    case .generationsRefused:
      .counter("freshet_generations_refused_total", "Recorded generations that could not be opened.")
    case .searchDuration:
      .histogram("freshet_search_duration_seconds", .latency, "Duration of a search, waits included.")
    case .searchHits: .counter("freshet_search_hits_total", "Hits returned by searches.")
    case .searchesFailed:
      .counter("freshet_searches_failed_total", labels: ["code"], "Searches refused or failed, by reason.")
    case .requests:
      .counter("freshet_http_requests_total", labels: ["method", "route", "status"], "HTTP requests answered.")
    case .requestDuration:
      .histogram("freshet_http_request_duration_seconds", .latency, labels: ["route"], "Duration of an HTTP request.")
    case .seriesDropped:
      .counter(
        "freshet_metric_series_dropped_total",
        "Series that were not kept because the registry was full or their name taken.")
    }
  }
}
