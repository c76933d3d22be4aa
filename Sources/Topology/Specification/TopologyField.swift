// Owns what the reference tells about one field.

/// One field of a topology file, as the reference describes it.
public struct TopologyField: Sendable, Hashable, Codable {
  /// The way to it: keys joined by dots, `[]` after a list's key.
  public var path: String
  /// What its value is; `block` where it holds further fields.
  public var type: String
  /// What its number counts.
  public var unit: String?
  /// Its value where the file has none.
  public var defaultValue: String?
  /// Whether the file must give it, where its block is given.
  public var isRequired: Bool
  /// The values that it may take.
  public var allowed: String?
  /// Whether its value never prints and must come from the environment.
  public var isSecret: Bool
  /// What it is for.
  public var description: String

  /// Whether it holds further fields.
  public var isBlock: Bool { type == Self.block || type == Self.blocks }

  static let block = "block"
  static let blocks = "list of blocks"

  enum CodingKeys: String, CodingKey {
    case path
    case type
    case unit
    case defaultValue = "default"
    case isRequired = "required"
    case allowed
    case isSecret = "secret"
    case description
  }
}
