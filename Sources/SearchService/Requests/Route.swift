// Owns the table of routes: which path and method is what, and who may ask. Invariant: total; every target is a route,
// a 404, a 405 or a 400.

import HTTPTypes
import Hummingbird
import IndexModel

/// What a request asks for.
enum Route: Equatable {
  case search
  case item(ItemID)
  case status
  case health
  case readiness
  case metrics
  case rebuild
  case deadLetters

  /// The route at `path`, as it stands in the request's target.
  init(path: String, method: HTTPRequest.Method) throws(Problem) {
    switch path {
    case "/v1/search": self = .search
    case "/v1/status": self = .status
    case "/v1/dead-letters": self = .deadLetters
    case "/v1/admin/rebuild": self = .rebuild
    case "/healthz": self = .health
    case "/readyz": self = .readiness
    case "/metrics": self = .metrics
    default:
      guard let segment = Self.itemSegment(path) else { throw Problem.unknownPath(path) }
      self = .item(try Self.itemID(segment))
    }
    guard methods.contains(method) else {
      throw Problem.methodNotAllowed(method.rawValue, allowed: methods)
    }
  }

  /// The path with its parameters by name, for logs and metrics: a bounded set, unlike paths.
  var template: String {
    switch self {
    case .search: "/v1/search"
    case .item: "/v1/items/{id}"
    case .status: "/v1/status"
    case .health: "/healthz"
    case .readiness: "/readyz"
    case .metrics: "/metrics"
    case .rebuild: "/v1/admin/rebuild"
    case .deadLetters: "/v1/dead-letters"
    }
  }

  /// The role that the route needs where keys are configured.
  var role: Role? {
    switch self {
    case .health, .readiness: nil
    case .search, .item, .status, .metrics: .search
    case .rebuild, .deadLetters: .admin
    }
  }

  /// Whether the route is answered however many requests run: an overloaded service must still be seen to live.
  var isExemptFromAdmission: Bool {
    switch self {
    case .health, .readiness, .metrics: true
    case .search, .item, .status, .rebuild, .deadLetters: false
    }
  }

  /// The query parameters that mean something.
  var parameterNames: [String] {
    switch self {
    case .item: ["vector"]
    case .deadLetters: ["limit"]
    case .search, .status, .health, .readiness, .metrics, .rebuild: []
    }
  }

  /// Whether the body means something.
  var takesBody: Bool { methods == [.post] }

  private var methods: [HTTPRequest.Method] {
    switch self {
    case .search, .rebuild: [.post]
    case .item, .status, .health, .readiness, .metrics, .deadLetters: [.get, .head]
    }
  }

  /// What follows `/v1/items/`, if it is one segment; a slash within an id is `%2F`.
  private static func itemSegment(_ path: String) -> Substring? {
    let prefix = "/v1/items/"
    guard path.hasPrefix(prefix) else { return nil }
    let segment = path.dropFirst(prefix.count)
    return segment.isEmpty || segment.contains("/") ? nil : segment
  }

  private static func itemID(_ segment: Substring) throws(Problem) -> ItemID {
    guard let text = percentDecoded(segment) else { throw Problem.targetMalformed }
    guard let id = ItemID(text) else {
      throw Problem.invalid(field: "id", "an id has 1 to \(ItemID.byteCountMax) bytes of UTF-8")
    }
    return id
  }
}
