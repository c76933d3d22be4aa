// Owns the promises of log lines: one line an event, valid JSON, no secrets.

import Foundation
import IndexModel
import Logging
import Synchronization
import Telemetry
import Testing

@Suite struct FreshetLogHandlerTests {
  /// What a logger with these settings writes.
  private func lines(_ format: LogFormat, level: Logger.Level = .trace, _ body: (inout Logger) -> Void) -> [String] {
    let collected = Collector()
    var logger = Logger(label: "freshet") { label in
      FreshetLogHandler(
        label: label, level: level, format: format, now: { EventTime(millisecondsSince1970: 1_769_860_800_123) },
        output: collected.add)
    }
    body(&logger)
    return collected.all
  }

  private final class Collector: Sendable {
    private let lines = Mutex<[String]>([])
    var all: [String] { lines.withLock { $0 } }
    func add(_ line: String) { lines.withLock { $0.append(line) } }
  }

  @Test("A text line is time, level, label, message and fields in order")
  func text() {
    let written = lines(.text) { logger in
      logger[metadataKey: "store"] = "main"
      logger.info("opened", metadata: ["rows": "12", "path": "/var/lib/my store", "none": ""])
    }
    #expect(
      written == [
        "2026-01-31T12:00:00.123Z INFO     freshet: opened none=\"\" path=\"/var/lib/my store\" rows=12 store=main"
      ])
  }

  @Test("A JSON line is one object that any reader takes, with nested fields")
  func json() throws {
    let message = "a \"quoted\" \\ line\nand \u{1} more\u{2028}é🙂"
    let written = lines(.json) { logger in
      logger.error("\(message)", metadata: ["list": ["a", "b"], "block": ["k": "v\t"]])
    }
    let line = try #require(written.first)
    #expect(!line.contains("\n"))
    let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    #expect(object["message"] as? String == message)
    #expect(object["level"] as? String == "error")
    #expect(object["time"] as? String == "2026-01-31T12:00:00.123Z")
    let fields = try #require(object["fields"] as? [String: Any])
    #expect(fields["list"] as? [String] == ["a", "b"])
    #expect((fields["block"] as? [String: String]) == ["k": "v\t"])
  }

  @Test("Text from outside cannot forge a second line", arguments: LogFormat.allCases)
  func forging(format: LogFormat) {
    let evil = "x\n2026-01-31T12:00:00.123Z CRITICAL freshet: forged\r\u{85}\u{2028}\u{202E}"
    let written = lines(format) { $0.info("\(evil)", metadata: ["a\nb": "\(evil)"]) }
    let line = written.first ?? ""
    #expect(written.count == 1)
    for forbidden in ["\n", "\r", "\u{85}", "\u{2028}", "\u{202E}"] as [Unicode.Scalar] {
      #expect(!line.unicodeScalars.contains(forbidden))
    }
  }

  @Test(
    "A field whose name says that it is a secret is not written, at any depth",
    arguments: [
      "password", "keyPassword", "sasl.password", "client_secret", "Authorization", "api-key", "API_KEY", "apiKeys",
      "set-cookie", "accessToken", "private.key",
    ])
  func redaction(key: String) {
    for format in LogFormat.allCases {
      let written = lines(format) { logger in
        logger[metadataKey: key] = "hunter2"
        logger.info("a", metadata: ["outer": [key: "hunter2"], "list": [[key: "hunter2"]]])
        logger.info("b", metadata: [key: ["inner": ["hunter2"]]])
      }
      #expect(written.count == 2)
      for line in written {
        #expect(!line.contains("hunter2"))
        #expect(line.contains("<redacted>"))
      }
    }
  }

  @Test("A field with a harmless name is written")
  func harmless() {
    let written = lines(.text) { $0.info("a", metadata: ["key": "k1", "path": "/p", "keys": "2"]) }
    #expect(written.first?.hasSuffix("a key=k1 keys=2 path=/p") == true)
  }

  @Test("The level holds for its own logger alone")
  func levels() {
    let written = lines(.text, level: .warning) { logger in
      var verbose = logger
      verbose.logLevel = .debug
      logger.info("hidden")
      verbose.info("shown")
      logger.warning("shown too")
    }
    #expect(written.count == 2)
  }
}
