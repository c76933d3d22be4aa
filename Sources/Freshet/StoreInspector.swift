// Owns looking into a store's folder without running it. Invariant: the store is opened read-only, so a running process
// beside it is not disturbed.

import ItemStore
import TierEngine

/// What a store is for, and what its validity checker found.
public struct StoreReport: Sendable {
  /// The store's folder.
  public let path: String
  /// Model, metric and version domain.
  public let metadata: StoreMetadata
  /// Counts, positions, generations, sizes and broken rules.
  public let inspection: StoreInspection.Report
}

/// Reads stores.
public enum StoreInspector {
  /// Checks every row of the store at `path`. Throws `StoreError`.
  public static func inspect(path: String) async throws -> StoreReport {
    try await read(path) { store in
      StoreReport(path: path, metadata: store.metadata, inspection: try StoreInspection.run(store))
    }
  }

  /// Parked records of the store at `path`, oldest first. Throws `StoreError`.
  public static func deadLetters(path: String, limit: Int) async throws -> [DeadLetter] {
    try await read(path) { store in try store.read { try $0.deadLetters(limit: limit) } }
  }

  private static func read<Value: Sendable>(
    _ path: String, _ body: @escaping @Sendable (LMDBItemStore) throws -> Value
  ) async throws -> Value {
    try await BlockingWork.run {
      let store = try LMDBItemStore.open(StoreConfiguration(folder: path, metadata: nil, isReadOnly: true))
      defer { store.close() }
      return try body(store)
    }
  }
}
