// Owns how an environment is opened.

/// How an environment is opened.
public struct EnvironmentOptions: Sendable, Hashable {
  /// What a returned commit has survived.
  public enum Durability: String, Sendable, Hashable {
    /// Power loss: data and header are synced.
    case full
    /// The process's own end. Power loss may undo the last commit as a whole (`MDB_NOMETASYNC`).
    case lastCommitAtRisk
  }

  /// The folder, which must exist.
  public var folder: String
  /// Address space to reserve; the file grows only as it is used. Ignored by read-only environments, which map what
  /// the writer mapped.
  public var mapBytes: Int
  /// How many databases may be open.
  public var databaseCountMax: Int
  /// What a returned commit has survived.
  public var durability: Durability
  /// Whether nothing is to be written.
  public var isReadOnly: Bool

  /// Describes how to open the environment in `folder`.
  public init(
    folder: String, mapBytes: Int, databaseCountMax: Int, durability: Durability = .full, isReadOnly: Bool = false
  ) {
    self.folder = folder
    self.mapBytes = mapBytes
    self.databaseCountMax = databaseCountMax
    self.durability = durability
    self.isReadOnly = isReadOnly
  }
}
