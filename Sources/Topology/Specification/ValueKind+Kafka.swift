// Owns the values that only a Kafka source has: partitions, start, and further librdkafka properties.

import FoundationEssentials
import IndexModel

extension ValueKind where Value == PartitionSelection {
  /// `all`, or a list of numbers.
  static var partitions: ValueKind {
    let numbers = ValueKind<[Int]>.list(of: .integer(0...1_000_000), count: 1...100_000)
    return ValueKind(
      type: "partitions", allowed: "`all`, or a list of numbers",
      read: { entry, reading in
        if case .scalar = entry.node {
          guard let scalar = reading.scalar(entry, expecting: "`all`") else { return nil }
          if scalar.text == "all" { return .all }
          reading.report("`\(entry.place.path)` must be `all` or a list such as [0, 1]", at: entry.place)
          return nil
        }
        guard let read = numbers.read(entry, &reading) else { return nil }
        guard Set(read).count == read.count else {
          reading.report("`\(entry.place.path)` names a partition twice", at: entry.place)
          return nil
        }
        return .listed(read.map(Int32.init).sorted())
      },
      show: { selection in
        switch selection {
        case .all: "`all`"
        case .listed(let numbers): "`\(numbers)`"
        }
      })
  }
}

extension ValueKind where Value == LogStart {
  /// `earliest`, `latest`, or an instant.
  static var start: ValueKind {
    .scalar(
      type: "start", allowed: "`earliest`, `latest`, or a UTC time such as `2026-01-31T00:00:00Z`",
      parse: { scalar throws(Refusal) in
        switch scalar.text {
        case "earliest": return .earliest
        case "latest": return .latest
        default:
          guard let date = try? Date(scalar.text, strategy: .iso8601),
            let milliseconds = Int64(exactly: (date.timeIntervalSince1970 * 1000).rounded()), milliseconds >= 0
          else {
            throw Refusal(
              "must be earliest, latest, or a UTC time such as 2026-01-31T00:00:00Z, not \(scalar.shown)",
              suggestion: Suggestion.nearest(to: scalar.text, among: ["earliest", "latest"]))
          }
          return .time(EventTime(millisecondsSince1970: milliseconds))
        }
      },
      show: { rule in
        switch rule {
        case .earliest: "`earliest`"
        case .latest: "`latest`"
        case .time(let time): "`\(time.millisecondsSince1970)` ms"
        }
      })
  }
}

extension ValueKind where Value == [String: Secret] {
  /// librdkafka properties. One that another field sets is refused, with that field's name.
  static var kafkaProperties: ValueKind {
    ValueKind(
      type: "properties", allowed: "librdkafka's names",
      read: { entry, reading in
        guard let entries = reading.mapping(entry) else { return nil }
        var properties: [String: Secret] = [:]
        for (name, value) in entries {
          if let owner = KafkaProperties.owner(of: name) {
            reading.report("the property `\(name)` is \(owner)", at: value.place)
          } else if let scalar = reading.scalar(value, expecting: "text") {
            guard scalar.isWholeReference || !KafkaProperties.isSecret(name) else {
              reading.report(
                "`\(value.place.path)` is a secret and must not stand in the file: write `${NAME}` and set NAME in the "
                  + "environment", at: value.place)
              continue
            }
            properties[name] = Secret(scalar.text)
          }
        }
        return properties
      },
      show: { properties in properties.isEmpty ? "`{}`" : properties.keys.sorted().joined(separator: ", ") })
  }
}

/// What Freshet knows about librdkafka's properties.
private enum KafkaProperties {
  /// Who sets `name`, as the end of a sentence; `nil` where nobody does.
  static func owner(of name: String) -> String? {
    if let field = fields[name] { return "set by the field `\(field)`" }
    return fixed.contains(name) ? "set by Freshet: positions come from the store" : nil
  }

  /// Whether the property's value gives access.
  static func isSecret(_ name: String) -> Bool {
    name.hasSuffix("password") || name.hasSuffix("secret") || name.hasSuffix("key.pem")
      || name == "sasl.oauthbearer.config"
  }

  private static let fields = [
    "bootstrap.servers": "bootstrapServers",
    "metadata.broker.list": "bootstrapServers",
    "group.id": "groupID",
    "queued.max.messages.kbytes": "queuedBytesMax",
    "topic.metadata.refresh.interval.ms": "metadataSeconds",
    "security.protocol": "security.protocol",
    "sasl.mechanism": "security.mechanism",
    "sasl.mechanisms": "security.mechanism",
    "sasl.username": "security.username",
    "sasl.password": "security.password",
    "ssl.ca.location": "security.caFile",
    "ssl.certificate.location": "security.certificateFile",
    "ssl.key.location": "security.keyFile",
    "ssl.key.password": "security.keyPassword",
  ]

  private static let fixed: Set = [
    "enable.auto.commit", "enable.auto.offset.store", "auto.commit.enable", "auto.offset.reset",
    "partition.assignment.strategy", "enable.partition.eof",
  ]
}
