// Owns the shape of every error answer: RFC 9457 problem details. Invariant: it tells the caller what to change, and
// nothing of the inside of the process.

import HTTPTypes
import Hummingbird

/// An error answer.
struct Problem: Error {
  /// The status line's code.
  var status: HTTPResponse.Status
  /// A stable word; the `type` is `urn:problem-type:freshet:` and this.
  var code: String
  /// The same for every occurrence of the type.
  var title: String
  /// What is wrong this time, and what to do.
  var detail: String
  /// The field, header or query parameter at fault.
  var field: String?
  /// What is missing, where there may be several things.
  var reasons: [String] = []
  /// Headers that belong to the status, such as `Allow`.
  var headers = HTTPFields()

  /// The answer to send.
  func response() -> Response {
    var writer = JSONWriter(capacity: 512)
    writer.beginObject()
    writer.name("type")
    writer.value("urn:problem-type:freshet:" + code)
    writer.name("title")
    writer.value(title)
    writer.name("status")
    writer.value(status.code)
    writer.name("detail")
    writer.value(detail)
    if let field {
      writer.name("field")
      writer.value(field)
    }
    if !reasons.isEmpty {
      writer.name("reasons")
      writer.beginArray()
      for reason in reasons { writer.value(reason) }
      writer.endArray()
    }
    writer.endObject()
    var headers = headers
    headers[.contentType] = "application/problem+json"
    headers[.cacheControl] = "no-store"
    return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: writer.buffer))
  }

  /// The same problem, with the advice to try again in `seconds`.
  func retryable(afterSeconds seconds: Int) -> Problem {
    var problem = self
    problem.headers[.retryAfter] = String(seconds)
    return problem
  }
}
