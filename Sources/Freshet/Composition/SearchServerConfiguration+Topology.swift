// Owns the mapping from a topology's `serve` to the HTTP service's settings.

import SearchService
import Topology

extension SearchServerConfiguration {
  init(_ serve: ServeSettings) {
    var limits = RequestLimits()
    limits.bodyBytesMax = serve.bodyBytesMax
    limits.kMax = serve.kMax
    limits.efMax = serve.efMax
    self.init(
      host: serve.host, port: serve.port,
      apiKeys: serve.apiKeys.compactMap { key in
        APIKey(sha256: key.sha256, role: key.role == .admin ? .admin : .search)
      },
      limits: limits)
  }
}
