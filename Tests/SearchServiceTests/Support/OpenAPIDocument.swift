// Owns the reading of docs/openapi.yaml, so that every answer that a test gets is compared with what is promised there.

import Foundation
import Testing
import Yams

/// The promised interface.
struct OpenAPIDocument {
  /// The document of the repository; read once.
  static let repository: Result<OpenAPIDocument, any Error> = Result {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let text = try String(contentsOf: root.appending(path: "docs/openapi.yaml"), encoding: .utf8)
    return OpenAPIDocument(root: try #require(try Yams.load(yaml: text) as? [String: Any]))
  }

  private let schemas: JSONSchemas
  private nonisolated(unsafe) let root: [String: Any]

  private init(root: [String: Any]) {
    // SAFETY: the tree is made of values that nothing changes after this.
    unsafe self.root = root
    schemas = JSONSchemas(root: root)
  }

  /// Every path template, with the methods that it takes.
  var operations: [String: Set<String>] {
    paths.mapValues { Set($0.keys.filter { $0 != "parameters" }.map { $0.uppercased() }) }
  }

  /// Every word after `urn:problem-type:freshet:` that the document's responses name.
  var problemCodes: Set<String> {
    let responses = (unsafe root["components"] as? [String: Any])?["responses"] as? [String: Any] ?? [:]
    let descriptions = responses.values.compactMap { ($0 as? [String: Any])?["description"] as? String }
    return Set(descriptions.flatMap { $0.matches(of: /`([a-z]+(-[a-z]+)*)`/).map { String($0.output.1) } })
  }

  /// What is wrong with an answer to `method` on `target`; empty where it is as promised.
  func violations(method: String, target: String, answer: Answer) throws -> [String] {
    let path = String(target.prefix { $0 != "?" })
    guard let operation = operation(method: method, path: path) else {
      return [404, 405, 400].contains(answer.status) ? try schemas.violations(of: answer.json(), in: "Problem") : []
    }
    let responses = operation["responses"] as? [String: Any] ?? [:]
    guard let response = schemas.resolved(responses[String(answer.status)]) else {
      return ["\(method) \(path): status \(answer.status) is not promised"]
    }
    var violations: [String] = []
    for name in (response["headers"] as? [String: Any] ?? [:]).keys where answer.headers[name.lowercased()] == nil {
      violations.append("\(method) \(path): no header \(name)")
    }
    let contents = response["content"] as? [String: Any] ?? [:]
    let mediaType = (answer.headers["content-type"] ?? "").split(separator: ";").first.map(String.init) ?? ""
    guard let content = contents[mediaType] as? [String: Any], let schema = content["schema"] else {
      return violations + ["\(method) \(path): media type '\(mediaType)' is not promised"]
    }
    guard mediaType.hasSuffix("json") else { return violations }
    return violations + schemas.violations(of: try answer.json(), against: schema, at: path)
  }

  private var paths: [String: [String: Any]] { unsafe root["paths"] as? [String: [String: Any]] ?? [:] }

  private func operation(method: String, path: String) -> [String: Any]? {
    let segments = path.split(separator: "/", omittingEmptySubsequences: false)
    let item = paths.first { template, _ in
      let parts = template.split(separator: "/", omittingEmptySubsequences: false)
      return parts.count == segments.count
        && zip(parts, segments).allSatisfy { $0 == $1 || ($0.hasPrefix("{") && !$1.isEmpty) }
    }
    return item?.value[method.lowercased()] as? [String: Any]
  }
}
