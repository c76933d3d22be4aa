// Owns what a store is opened with.

import TierEngine

/// What a store is opened with.
public struct StoreConfiguration: Sendable {
  /// What a returned commit has survived.
  public enum Durability: String, Sendable, Hashable, CaseIterable {
    /// Power loss: one fsync of data and header a commit.
    case durable
    /// The process's own end. Power loss may undo the last commit, items and positions together.
    case fast
  }

  /// The store's folder; created with mode 0700 where it is missing.
  public var folder: String
  /// What the store is for: written at creation, compared on every later open. `nil` takes what is written, and is
  /// refused where nothing is.
  public var metadata: StoreMetadata?
  /// Address space to reserve, in bytes, and so the largest size of the data file, which grows only as it is used.
  public var mapBytesMax: Int
  /// What a returned commit has survived.
  public var durability: Durability
  /// Whether the store is only read, beside the process that writes it.
  public var isReadOnly: Bool
  /// Called with `.beforeCommit` on the writer thread.
  public var failpoint: FailpointHandler

  /// Describes how to open a store.
  public init(
    folder: String, metadata: StoreMetadata?, mapBytesMax: Int = 64 << 30, durability: Durability = .durable,
    isReadOnly: Bool = false, failpoint: @escaping FailpointHandler = { _ in }
  ) {
    self.folder = folder
    self.metadata = metadata
    self.mapBytesMax = mapBytesMax
    self.durability = durability
    self.isReadOnly = isReadOnly
    self.failpoint = failpoint
  }
}
