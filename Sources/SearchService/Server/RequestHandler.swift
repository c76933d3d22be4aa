// Owns the way of a request, in one order for all: route, key, media type, admission, body, answer. Invariant: whatever
// comes in and whatever fails, the client gets an answer of documented shape, and the log gets no key and no body.

import Hummingbird
import Logging
import NIOCore
import Telemetry
import TierEngine

/// Answers every request of the service.
struct RequestHandler<Backend: SearchBackend>: HTTPResponder {
  private let answers: RouteAnswers<Backend>
  private let authorizer: Authorizer
  private let limits: RequestLimits
  private let gate: AdmissionGate
  private let record: @Sendable (TelemetryEvent) -> Void

  init(
    backend: Backend, configuration: SearchServerConfiguration, record: @escaping @Sendable (TelemetryEvent) -> Void
  ) {
    answers = RouteAnswers(backend: backend, limits: configuration.limits)
    authorizer = Authorizer(keys: configuration.apiKeys)
    limits = configuration.limits
    gate = AdmissionGate(limit: configuration.limits.concurrentRequestsMax)
    self.record = record
  }

  func respond(to request: Request, context: ConnectionContext) async throws -> Response {
    let start = ContinuousClock.now
    let body = RequestBodyReader(request: request, bytesMax: limits.bodyBytesMax)
    let route = Result { () throws(Problem) in try Route(path: request.uri.path, method: request.method) }
    var response: Response
    do {
      response = try await answer(to: request, route: try route.get(), body: body, context: context)
    } catch let problem as Problem {
      response = problem.response()
    } catch let error as SearchError {
      response = Problem(error).response()
    } catch is CancellationError {
      response = Problem.stopping.response()
    } catch {
      response = failure(error, request: request, logger: context.logger).response()
    }
    if request.method == .head { response = response.createHeadResponse() }
    record(
      .requestServed(
        method: request.method.rawValue, route: (try? route.get())?.template ?? "none",
        status: response.status.code, seconds: (ContinuousClock.now - start) / .seconds(1)))
    return body.isPending ? response.closing(context.channel) : response
  }

  private func answer(
    to request: Request, route: Route, body: RequestBodyReader, context: ConnectionContext
  ) async throws -> Response {
    try authorizer.authorize(request.headers, for: route.role)
    let query = request.uri.query ?? ""
    let isCounted = !route.isExemptFromAdmission
    guard !isCounted || gate.enter() else { throw Problem.overloaded }
    let limit = TimeAmount.nanoseconds(Int64(limits.requestSecondsMax * 1e9))
    return try await SearchService.answer(
      within: limit, on: context.channel.eventLoop,
      late: { body.isPending ? Problem.bodyTooSlow : Problem.tooSlow },
      {
        // Here and not around the wait: a request that outlives its limit still does work, so it still counts.
        defer { if isCounted { gate.leave() } }
        let bytes = route.takesBody ? try await body.read() : []
        return try await answers.answer(route, query: query[...], body: bytes)
      })
  }

  /// Logs an unforeseen error under the request's number, which the answer names.
  private func failure(_ error: any Error, request: Request, logger: Logger) -> Problem {
    let reference = logger[metadataKey: "hb.request.id"].map { "\($0)" } ?? "unknown"
    logger.error(
      "request failed",
      metadata: ["method": "\(request.method)", "path": "\(request.uri.path)", "error": "\(error)"])
    return .internal(reference: reference)
  }
}
