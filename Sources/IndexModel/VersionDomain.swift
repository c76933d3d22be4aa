// Owns what decides which of two events of one item is newer. Invariant 5: domains are never mixed in a store.

/// The order of an item's events.
public enum VersionDomain: String, Sendable, Hashable, CaseIterable {
  /// The place in the log.
  case log
  /// An unsigned integer in the event.
  case field
}
