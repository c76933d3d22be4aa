// Owns the engine's view of a source: an ordered log per partition, read from stored positions.

import IndexModel

/// A source of item-change events. All methods are called by one thread at a time, except `logEnds`.
public protocol EventSourcePort: AnyObject, Sendable {
  /// Takes the partitions and seeks each one to its stored position, or to the configured start where it has none.
  /// Verifies that the log is the one that was read before. Throws `EventSourceError`.
  func start(at positions: [SourcePartition: StoredPosition]) throws

  /// The next records, in order within a partition, at most `maxCount`; waits up to `timeoutMilliseconds` for the
  /// first. Empty at the end of the log or while paused. Call it at least every second, also while paused. Throws
  /// `EventSourceError` only where reading cannot go on; passing faults are retried inside and reported.
  func poll(maxCount: Int, timeoutMilliseconds: Int) throws -> [SourceRecord]

  /// Stops delivery without losing the place; `poll` goes on being called.
  func pause() throws
  /// Goes on after `pause`.
  func resume() throws

  /// Tells the outside (a consumer group's offsets) how far the store has come: a hint for monitoring.
  func announce(_ positions: [SourcePartition: StoredPosition])

  /// The end of each owned partition's log (the offset that the next record will get), as last seen. From any thread.
  func logEnds() -> [SourcePartition: Int64]

  /// Whether the source is finite and has been read to its end (a file that is not followed).
  var isExhausted: Bool { get }

  /// Lets the source go. Idempotent.
  func stop()
}

/// One record as the log holds it.
public struct SourceRecord: Sendable, Hashable {
  /// Where it stands.
  public var position: EventPosition
  /// The offset to read after it.
  public var nextOffset: Int64
  /// When it was written.
  public var time: EventTime
  /// The record's key.
  public var key: [UInt8]?
  /// The record's value; `nil` is a delete by key.
  public var value: [UInt8]?
  /// Whether it is the first one after the source left its position by policy, so that the position may go back.
  public var followsReset: Bool

  /// Describes a record.
  public init(
    position: EventPosition, nextOffset: Int64, time: EventTime, key: [UInt8]?, value: [UInt8]?,
    followsReset: Bool = false
  ) {
    self.position = position
    self.nextOffset = nextOffset
    self.time = time
    self.key = key
    self.value = value
    self.followsReset = followsReset
  }

  /// The hash of key and value by which a replaced log is recognised.
  public var contentHash: UInt64 { Self.contentHash(key: key, value: value) }

  /// FNV-1a over key and value: 1 to 2 µs a KiB.
  public static func contentHash(key: [UInt8]?, value: [UInt8]?) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    func add(_ bytes: [UInt8]?) {
      // A length first, so that bytes cannot move from the key to the value unseen.
      var length = UInt64(bitPattern: Int64(bytes?.count ?? -1))
      for _ in 0..<8 {
        hash = (hash ^ (length & 0xFF)) &* 0x100_0000_01B3
        length >>= 8
      }
      for byte in bytes ?? [] { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    }
    add(key)
    add(value)
    return hash
  }
}

/// Turns records into events. Pure; called from the reading thread.
public protocol EventDecoderPort: Sendable {
  /// The event, or why the record is none. Never throws, never traps, whatever the bytes.
  func decode(_ record: SourceRecord) -> Result<ItemEvent, DecodingFailure>
}

/// Why a record is no event: it is parked with this.
public struct DecodingFailure: Error, Sendable, Hashable {
  /// A short stable word for counting, such as `not-json`.
  public var code: String
  /// What is wrong, naming the field, and what to do.
  public var reason: String

  /// Describes a failure.
  public init(code: String, reason: String) {
    self.code = code
    self.reason = reason
  }
}

/// A source that cannot go on.
public struct EventSourceError: Error, Sendable, CustomStringConvertible {
  /// What went wrong.
  public enum Code: String, Sendable {
    /// The stored position is past the log's end or before its start, and the topology says `stop`.
    case positionLost
    /// Another record stands where the last applied one stood.
    case logReplaced
    /// The topic, partition or file does not exist.
    case missing
    /// The broker refused the credentials or the access.
    case denied
    /// The broker cannot be reached, or the file cannot be read.
    case unavailable
    /// A setting is refused by the client library.
    case configuration
  }

  /// What went wrong.
  public var code: Code
  /// The library's number, 0 where there is none.
  public var rawCode: Int32
  /// Which topic, partition and offset, and what to do.
  public var message: String

  /// Describes a failure.
  public init(code: Code, rawCode: Int32 = 0, message: String) {
    self.code = code
    self.rawCode = rawCode
    self.message = message
  }

  /// The code and the message.
  public var description: String { "source \(code.rawValue): \(message)" }
}
