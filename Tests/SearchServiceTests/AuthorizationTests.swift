// Owns the promises about API keys: who may do what, and that nobody learns a key from the service.

import Crypto
import SearchService
import Testing

@Suite("API keys")
struct AuthorizationTests {
  private static let searchKey = "search-key-1"
  private static let adminKey = "admin-key-1"

  private static func key(_ text: String, _ role: Role) throws -> APIKey {
    let digest = SHA256.hash(data: Array(text.utf8)).map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
    return try #require(APIKey(sha256: digest, role: role))
  }

  private static func keys() throws -> [APIKey] {
    [try key(searchKey, .search), try key(adminKey, .admin)]
  }

  @Test(
    "each route takes the keys of its role",
    arguments: [
      ("GET", "/healthz", [200, 200, 200]),
      ("GET", "/readyz", [200, 200, 200]),
      ("GET", "/metrics", [401, 200, 200]),
      ("GET", "/v1/status", [401, 200, 200]),
      ("GET", "/v1/items/plain", [401, 200, 200]),
      ("GET", "/v1/dead-letters", [401, 403, 200]),
      ("POST", "/v1/admin/rebuild", [401, 403, 202]),
    ])
  func roles(method: String, target: String, statuses: [Int]) async throws {
    try await withService(apiKeys: Self.keys()) { client in
      for (headers, status) in zip(
        [[:], ["Authorization": "Bearer \(Self.searchKey)"], ["Authorization": "bearer  \(Self.adminKey)"]], statuses)
      {
        let answer = try await client.send(method, target, headers: headers)
        #expect(answer.status == status, "\(headers)")
        if status == 401 || status == 403 {
          #expect(try answer.problem() == (status == 401 ? "unauthorized" : "role-missing"))
          #expect(answer.headers["www-authenticate"]?.hasPrefix("Bearer realm=\"freshet\"") == true)
        }
      }
    }
  }

  @Test(
    "a header that is no accepted key is a 401 and is not repeated",
    arguments: [
      "", "Bearer", "Bearer ", "Bearer wrong-key", "Basic c2VhcmNoLWtleS0x", "search-key-1", "Bearer search-key-1 x",
      "Bearer search-key-", "Bearer search-key-11",
    ])
  func refusals(header: String) async throws {
    try await withService(apiKeys: Self.keys()) { client in
      let answer = try await client.search(#"{"text": "a"}"#, headers: ["Authorization": header])
      #expect(answer.status == 401)
      #expect(try answer.problem() == "unauthorized")
      for word in ["wrong-key", "search-key", "c2VhcmNo"] {
        #expect(!String(decoding: answer.body, as: UTF8.self).contains(word))
        #expect(!answer.headers.values.contains { $0.contains(word) })
      }
    }
  }

  @Test("without keys everything is open")
  func open() async throws {
    try await withService { client in
      let rebuild = try await client.send("POST", "/v1/admin/rebuild")
      #expect(rebuild.status == 202)
      let metrics = try await client.get("/metrics", headers: ["Authorization": "Bearer anything"])
      #expect(metrics.status == 200)
    }
  }

  @Test("a digest is 64 hexadecimal digits, in either case, and does not show")
  func digests() throws {
    let digits = String(repeating: "0a", count: 32)
    let key = try #require(APIKey(sha256: digits, role: .search))
    #expect(APIKey(sha256: digits.uppercased(), role: .search) != nil)
    #expect(!"\(key)".contains("0a0a"))
    for text in ["", "0a", digits + "0a", String(repeating: "0g", count: 32), String(repeating: "ä", count: 32)] {
      #expect(APIKey(sha256: text, role: .search) == nil, "\(text)")
    }
  }
}
