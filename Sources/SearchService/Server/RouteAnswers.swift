// Owns what each route answers. Invariant: a handler waits for the backend and writes JSON; all computing is the
// backend's, on threads of its own.

import Hummingbird
import IndexModel
import TierEngine

/// The routes' handlers.
struct RouteAnswers<Backend: SearchBackend>: Sendable {
  let backend: Backend
  let limits: RequestLimits

  /// The answer of `route`. Throws `Problem`, `SearchError`, or what the backend throws unforeseen.
  func answer(_ route: Route, query: Substring, body: [UInt8]) async throws -> Response {
    let parameters = try QueryParameters(query, known: route.parameterNames)
    switch route {
    case .search: return try await search(body)
    case .item(let id): return try await item(id, includesVector: parameters.boolean("vector") ?? false)
    case .status: return try await status()
    case .health: return health()
    case .readiness: return try await readiness()
    case .metrics: return await metrics()
    case .rebuild: return try await rebuild(body)
    case .deadLetters:
      return try await deadLetters(
        limit: parameters.integer("limit", in: 1...limits.deadLettersMax) ?? min(100, limits.deadLettersMax))
    }
  }

  private func search(_ body: [UInt8]) async throws -> Response {
    let request = try SearchRequest(json: body, limits: limits)
    let answer = try await backend.search(request)
    // About what a hit without attributes and vector takes, so that the buffer seldom grows.
    return .json(positions: answer.positions, capacity: 512 + answer.hits.count * 192) { answer.write(to: &$0) }
  }

  private func item(_ id: ItemID, includesVector: Bool) async throws -> Response {
    guard let item = try await backend.item(id, includeVector: includesVector) else {
      throw Problem.unknownItem(id, field: "id")
    }
    return .json(positions: item.positions) { item.write(to: &$0) }
  }

  private func status() async throws -> Response {
    let status = try await backend.status()
    return .json(positions: status.positions, capacity: 4096) { status.write(to: &$0) }
  }

  /// Says that the process answers at all; whether it should get traffic is `readiness`.
  private func health() -> Response {
    .json { writer in
      writer.beginObject()
      writer.name("healthy")
      writer.value(true)
      writer.endObject()
    }
  }

  private func readiness() async throws -> Response {
    let readiness = await backend.readiness()
    guard readiness.isReady else { throw Problem.notReady(readiness.reasons) }
    return .json { writer in
      writer.beginObject()
      writer.name("ready")
      writer.value(true)
      writer.endObject()
    }
  }

  private func metrics() async -> Response {
    let text = await backend.metricsText()
    return Response(
      status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8", .cacheControl: "no-store"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
  }

  private func rebuild(_ body: [UInt8]) async throws -> Response {
    var reason = "requested"
    if !body.isEmpty { reason = try RequestFields(body, known: ["reason"]).string("reason") ?? reason }
    guard reason.utf8.count <= 200 else { throw Problem.invalid(field: "reason", "has more than 200 bytes") }
    let answer = try await backend.requestRebuild(reason: reason)
    return .json(status: .accepted) { writer in
      writer.beginObject()
      writer.name("state")
      switch answer {
      case .accepted:
        writer.value("accepted")
        writer.name("rebuild")
        writer.null()
      case .underWay(let rebuild):
        writer.value("underWay")
        writer.name("rebuild")
        rebuild.write(to: &writer)
      }
      writer.endObject()
    }
  }

  private func deadLetters(limit: Int) async throws -> Response {
    let letters = try await backend.deadLetters(limit: limit)
    return .json { writer in
      writer.beginObject()
      writer.name("deadLetters")
      writer.beginArray()
      for letter in letters { letter.write(to: &writer) }
      writer.endArray()
      writer.endObject()
    }
  }
}
