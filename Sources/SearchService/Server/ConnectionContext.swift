// Owns what a request knows of its connection.

import Hummingbird
import Logging
import NIOCore

/// The connection that a request came on.
struct ConnectionContext: InitializableFromSource {
  let channel: any Channel
  /// Carries the request's number as metadata.
  let logger: Logger

  init(source: ApplicationRequestContextSource) {
    channel = source.channel
    logger = source.logger
  }
}
