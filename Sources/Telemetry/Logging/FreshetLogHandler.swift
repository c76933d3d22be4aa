// Owns the way from swift-log to a line on standard error.

import Foundation
import IndexModel
import Logging
import Synchronization

/// Writes each log event as one redacted line. A value: changing one logger's level or fields changes no other.
///
///     LoggingSystem.bootstrap { FreshetLogHandler(label: $0, level: .info, format: .json) }
public struct FreshetLogHandler: LogHandler {
  /// Receives finished lines, without their line end, from any thread.
  public typealias Output = @Sendable (String) -> Void

  /// The least severity written.
  public var logLevel: Logger.Level
  /// Fields of every line.
  public var metadata: Logger.Metadata = [:]
  /// Further fields of every line, from the context.
  public var metadataProvider: Logger.MetadataProvider?

  private let label: String
  private let format: LogFormat
  private let now: @Sendable () -> EventTime
  private let output: Output

  /// Lines for `label`, by default on standard error and with the wall clock's time.
  public init(
    label: String, level: Logger.Level, format: LogFormat,
    now: @escaping @Sendable () -> EventTime = FreshetLogHandler.wallClock,
    output: @escaping Output = FreshetLogHandler.standardError
  ) {
    self.label = label
    logLevel = level
    self.format = format
    self.now = now
    self.output = output
  }

  /// The field `metadataKey` of every line.
  public subscript(metadataKey metadataKey: String) -> Logger.Metadata.Value? {
    get { metadata[metadataKey] }
    set { metadata[metadataKey] = newValue }
  }

  /// Writes one line. Fields of the event win over the provider's, and those over the handler's.
  public func log(event: LogEvent) {
    var fields = metadata
    fields.merge(metadataProvider?.get() ?? [:]) { _, new in new }
    fields.merge(event.metadata ?? [:]) { _, new in new }
    if let error = event.error { fields["error"] = "\(error)" }
    for (key, value) in fields { fields[key] = LogRedaction.redacted(value, key: key) }
    let line = LogLine(
      time: now(), level: event.level, label: label, message: "\(event.message)", fields: fields)
    output(line.formatted(as: format))
  }

  /// Now, by the wall clock.
  public static let wallClock: @Sendable () -> EventTime = {
    EventTime(millisecondsSince1970: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)))
  }

  /// Standard error, one line at a time.
  public static let standardError: Output = { line in
    // A log that nobody can write is no reason to stop serving.
    standardErrorTurn.withLock { _ in try? FileHandle.standardError.write(contentsOf: Data((line + "\n").utf8)) }
  }

  /// Keeps lines of several threads apart where one write is not enough.
  private static let standardErrorTurn = Mutex(())
}
