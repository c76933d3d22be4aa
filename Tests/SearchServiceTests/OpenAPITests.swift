// Owns the promise that docs/openapi.yaml and the service agree. The other half stands in `ServiceClient`: it compares
// every answer of every test with the document.

import Foundation
import Testing

@testable import SearchService

@Suite("docs/openapi.yaml")
struct OpenAPITests {
  @Test("the document lists the routes of the service, and no other")
  func routes() throws {
    let operations = try OpenAPIDocument.repository.get().operations
    for (template, methods) in operations {
      let path = template.replacingOccurrences(of: "{id}", with: "x")
      for method in methods {
        let route = try Route(path: path, method: method == "POST" ? .post : .get)
        #expect(route.template == template)
      }
    }
    let templates = [
      "/v1/search", "/v1/items/{id}", "/v1/status", "/v1/dead-letters", "/v1/admin/rebuild", "/healthz", "/readyz",
      "/metrics",
    ]
    #expect(operations.keys.sorted() == templates.sorted())
  }

  @Test("the document names every problem of the service")
  func problems() throws {
    let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources/SearchService/Problems")
    var codes: Set<String> = []
    for file in try FileManager.default.contentsOfDirectory(at: sources, includingPropertiesForKeys: nil) {
      let text = try String(contentsOf: file, encoding: .utf8)
      codes.formUnion(text.matches(of: /code: "([a-z-]+)"/).map { String($0.output.1) })
    }
    #expect(codes.count > 20)
    let named = try OpenAPIDocument.repository.get().problemCodes
    #expect(codes.subtracting(named) == [])
    #expect(named.subtracting(codes).subtracting(["reasons", "detail"]) == [])
  }

  @Test("a planted difference is found")
  func planted() throws {
    let document = try OpenAPIDocument.repository.get()
    func found(_ status: Int, _ type: String, _ body: String) throws -> [String] {
      try document.violations(
        method: "GET", target: "/healthz",
        answer: Answer(status: status, headers: ["content-type": type], body: Array(body.utf8)))
    }
    #expect(try found(200, "application/json", #"{"healthy": true}"#) == [])
    #expect(try found(200, "application/json", #"{"healthy": "yes"}"#).count == 2)
    #expect(try found(200, "application/json", #"{"healthy": true, "more": 1}"#).count == 1)
    #expect(try found(200, "application/json", "{}").count == 1)
    #expect(try found(200, "text/html", "{}").count == 1)
    #expect(try found(418, "application/json", "{}").count == 1)
  }
}
