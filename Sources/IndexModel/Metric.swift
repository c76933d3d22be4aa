// Owns the measures of likeness. Invariant: a *score* is always "higher is nearer", whatever the metric.

/// How two vectors are compared.
public enum Metric: String, Sendable, Hashable, CaseIterable, Codable {
  /// Dot product of vectors that were normalised on arrival; the score is in -1...1.
  case cosine
  /// Dot product as given.
  case innerProduct
  /// The score is the negated squared Euclidean distance.
  case squaredL2
}
