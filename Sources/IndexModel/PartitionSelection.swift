// Owns which partitions of a topic a store owns. Invariant: a list never changes by itself.

/// The partitions that a store owns.
public enum PartitionSelection: Sendable, Hashable {
  /// Every partition, also those that are added later.
  case all
  /// These and no others, in ascending order.
  case listed([Int32])
}
