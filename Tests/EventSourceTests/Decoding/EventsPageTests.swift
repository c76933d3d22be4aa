// Owns the promise that the page about events lists exactly the codes that the decoder gives.

import Foundation
import Testing

@testable import EventSource

@Suite("docs/events.md")
struct EventsPageTests {
  @Test("the page has one row for each code, in the order of the checks")
  func codes() throws {
    let root = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let page = try String(contentsOf: root.appending(path: "docs/events.md"), encoding: .utf8)
    let table = try #require(page.components(separatedBy: "| code |").dropFirst().first)
    let codes = table.matches(of: /\n\| `([a-z0-9-]+)` \|/).map { String($0.1) }
    #expect(codes == DecodingFault.allCases.map(\.rawValue))
  }
}
