// Owns the settings of the HTTP interface.

/// How searches are answered over HTTP.
public struct ServeSettings: Sendable, Hashable {
  /// The address to listen on.
  public var host = "127.0.0.1"
  /// The port to listen on; 0 is any free one.
  public var port = 8080
  /// The longest request body.
  public var bodyBytesMax = 1_048_576
  /// The largest `k` of a request.
  public var kMax = 1000
  /// The largest `ef` of a request.
  public var efMax = 4096
  /// Threads that search; `nil` is one per core.
  public var threads: Int?
  /// The lag up to which `/readyz` says ready.
  public var readyLagSecondsMax = 30.0
  /// How long requests may take to end at a shutdown.
  public var shutdownSecondsMax = 20.0
  /// Who may do what.
  public var apiKeys: [APIKeySettings] = []
  /// Whether to listen beyond this machine without keys.
  public var insecure = false

  /// Whether only this machine can reach `host`: `localhost`, `::1`, or 127.0.0.0/8. Other names are not looked up.
  public var isLoopback: Bool {
    if host == "localhost" || host == "::1" { return true }
    let bytes = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
    return bytes.count == 4 && bytes[0] == 127 && !bytes.contains(nil)
  }
}

extension ServeSettings: TopologySection {
  static var section: SectionSpec<ServeSettings> {
    SectionSpec(
      about: "The HTTP interface.",
      [
        .defaulted(
          "host", \.host, .text,
          "The address to listen on. One beyond this machine (`0.0.0.0`) needs `apiKeys`, or `insecure: true`."),
        .defaulted("port", \.port, .integer(0...65_535), "The port to listen on; `0` takes any free one."),
        .defaulted(
          "bodyBytesMax", \.bodyBytesMax, .integer(1024...1_073_741_824, unit: "bytes"), "The longest request body."),
        .defaulted("kMax", \.kMax, .integer(1...100_000, unit: "hits"), "The largest `k` of a request."),
        .defaulted("efMax", \.efMax, .integer(1...65_536, unit: "candidates"), "The largest `ef` of a request."),
        .optional("threads", \.threads, .integer(1...1024), absent: "one per core", "Threads that search."),
        .defaulted(
          "readyLagSecondsMax", \.readyLagSecondsMax, .number(0.1...86_400, unit: "seconds"),
          "The lag behind the source up to which `/readyz` says ready."),
        .defaulted(
          "shutdownSecondsMax", \.shutdownSecondsMax, .number(0.1...3600, unit: "seconds"),
          "How long open requests and the last commit may take at a shutdown."),
        .sections(
          "apiKeys", \.apiKeys, countMax: 1000, "Who may do what. Without keys, whoever reaches the port may do all."),
        .defaulted(
          "insecure", \.insecure, .boolean, "Whether to listen beyond this machine without `apiKeys`."),
      ])
  }
}

/// One key that requests may carry.
public struct APIKeySettings: Sendable, Hashable {
  /// What a key allows.
  public enum Role: String, Sendable, Hashable, CaseIterable {
    /// Searching and looking up.
    case search
    /// Everything.
    case admin
  }

  /// Who holds it.
  public var name = ""
  /// The SHA-256 of the key's bytes, in lower-case hexadecimal.
  public var sha256 = ""
  /// What it allows.
  public var role = Role.search
}

extension APIKeySettings: TopologySection {
  static var section: SectionSpec<APIKeySettings> {
    SectionSpec(
      about: "One key that requests may carry.",
      [
        .required("name", \.name, .text, "Who holds the key; it stands in logs."),
        .required(
          "sha256", \.sha256, .sha256,
          "The key's SHA-256: `printf %s \"$KEY\" | sha256sum`. The key itself is nowhere in the file."),
        .defaulted("role", \.role, .choice(), "What the key allows: `search`, or `admin` for everything."),
      ])
  }
}
