// Owns the end of a connection whose request was answered before its body was read. Invariant: such a connection does
// not outlive the answer for long, however slowly or endlessly the client goes on sending.

import Hummingbird
import NIOCore

extension Response {
  /// How long a client has to read the answer and hang up; closing at once would reset the connection under it.
  private static let lingering = TimeAmount.seconds(1)

  /// The same answer, which tells the client that the connection ends with it, and then ends it.
  func closing(_ channel: any Channel) -> Response {
    let body = body
    var response = Response(
      status: status, headers: headers,
      body: ResponseBody(contentLength: body.contentLength) { writer in
        try await body.write(writer)
        channel.eventLoop.scheduleTask(in: Self.lingering) { channel.close(promise: nil) }
      })
    response.headers[.connection] = "close"
    return response
  }
}
