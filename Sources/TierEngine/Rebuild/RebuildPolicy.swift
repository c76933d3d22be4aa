// Owns the decision when a new generation is built. Pure: the same picture gives the same answer.

/// When to rebuild. The first reason that holds is the one recorded.
public struct RebuildPolicy: Sendable, Hashable {
  /// Live rows below which nothing is built, unless the fresh tier nears its capacity.
  public var minimumRows = 1000
  /// Fresh rows that ask for a rebuild while the main tier is small.
  public var freshRowsMin = 2000
  /// Fresh rows as a share of the main tier's that ask for a rebuild: so the first load rebuilds geometrically.
  public var freshShareMax = 0.5
  /// Fresh rows that always ask for a rebuild.
  public var freshRowsMax = 50_000
  /// Share of the main tier's rows that are superseded.
  public var supersededShareMax = 0.2
  /// Age of the serving generation, if anything changed since.
  public var ageSecondsMax = 3600.0
  /// How long a rejected or failed rebuild keeps the next one from starting.
  public var retrySeconds = 30.0
  /// How often the policy looks.
  public var checkMilliseconds = 250

  /// The defaults.
  public init() {}

  /// What the policy looks at.
  struct Picture: Equatable {
    var freshRows: Int
    var freshCapacityRows: Int
    var mainRows: Int
    var mainSuperseded: Int
    var liveItems: Int
    var generationAgeSeconds: Double?
  }

  /// Why to rebuild now, or `nil`.
  func reason(for picture: Picture) -> String? {
    guard picture.freshRows > 0 || picture.mainSuperseded > 0, picture.liveItems > 0 else { return nil }
    if picture.freshRows * 5 >= picture.freshCapacityRows * 4 {
      return "fresh tier nears its capacity (\(picture.freshRows) of \(picture.freshCapacityRows) rows)"
    }
    guard picture.liveItems >= minimumRows else { return nil }
    if picture.freshRows >= freshRowsMax {
      return "fresh rows \(picture.freshRows) ≥ \(freshRowsMax)"
    }
    let geometric = max(freshRowsMin, Int(Double(picture.mainRows) * freshShareMax))
    if picture.freshRows >= geometric {
      return "fresh rows \(picture.freshRows) ≥ \(geometric)"
    }
    if picture.mainRows > 0, Double(picture.mainSuperseded) >= supersededShareMax * Double(picture.mainRows) {
      return "superseded rows \(picture.mainSuperseded) of \(picture.mainRows)"
    }
    if let age = picture.generationAgeSeconds, age >= ageSecondsMax {
      return "generation is \(Int(age)) s old"
    }
    return nil
  }
}
