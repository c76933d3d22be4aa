// Owns how a store's report looks, in a terminal and as JSON. Invariant: pure.

import Foundation
import Freshet

/// A store's report.
struct StoreSheet {
  var report: StoreReport

  /// What `--json` prints.
  struct Document: Encodable {
    struct Generation: Encodable {
      var number: UInt64
      var state: String
      var rows: Int
      var watermark: UInt64
      var recallAt10: Double
      var reason: String
      var rejection: String?
    }

    struct Database: Encodable {
      var name: String
      var rows: Int
      var bytes: Int
    }

    var path: String
    var model: String
    var fingerprint: String
    var dimension: Int
    var metric: String
    var version: String
    var items: Int
    var tombstones: Int
    var vectors: Int
    var deadLetters: Int
    var lastSequence: UInt64
    var positions: [String: Int64]
    var generations: [Generation]
    var databases: [Database]
    var usedBytes: Int
    var isValid: Bool
    var violationCount: Int
    var violations: [String]
  }

  /// The report as JSON.
  var document: Document {
    let found = report.inspection
    return Document(
      path: report.path, model: report.metadata.model.name, fingerprint: report.metadata.model.fingerprint,
      dimension: report.metadata.model.dimension, metric: report.metadata.metric.rawValue,
      version: report.metadata.versionDomain.rawValue, items: found.counts.items, tombstones: found.counts.tombstones,
      vectors: found.vectorCount, deadLetters: found.deadLetterCount, lastSequence: found.lastSequence.rawValue,
      positions: Dictionary(
        uniqueKeysWithValues: found.positions.map { ($0.key.description, $0.value.nextOffset) }),
      generations: found.generations.map { generation in
        Document.Generation(
          number: generation.number, state: generation.state.rawValue, rows: generation.rowCount,
          watermark: generation.watermark, recallAt10: generation.probe.recallAt10, reason: generation.reason,
          rejection: generation.rejection)
      },
      databases: found.databases.map { Document.Database(name: $0.name, rows: $0.rowCount, bytes: $0.byteCount) },
      usedBytes: found.usedByteCount, isValid: found.isValid, violationCount: found.violationCount,
      violations: found.violations.map(\.description))
  }

  /// The report for a terminal.
  var text: String {
    let document = document
    var lines = [
      "store \(document.path)",
      "  model        \(document.model) (\(document.fingerprint.prefix(12)), \(document.dimension)-d), "
        + "\(document.metric), version: \(document.version)",
      "  items        \(Format.count(document.items)), \(Format.count(document.tombstones)) tombstones, "
        + "\(Format.count(document.deadLetters)) dead letters",
      "  sequence     \(document.lastSequence)",
    ]
    lines += document.positions.sorted { $0.key < $1.key }.map { "  position     \($0.key.printable)@\($0.value)" }
    lines += document.generations.map { generation in
      "  generation   \(generation.number) \(generation.state): \(Format.count(generation.rows)) rows to "
        + "\(generation.watermark), recall@10 \(Format.fixed(generation.recallAt10, digits: 3)), \(generation.reason)"
        + (generation.rejection.map { "; \($0)" } ?? "")
    }
    lines += document.databases.map { database in
      "  database     \(database.name): \(Format.count(database.rows)) rows, \(Format.count(database.bytes)) bytes"
    }
    lines += document.violations.map { "  BROKEN       \($0.printable)" }
    lines.append(
      document.isValid
        ? "  every rule holds" : "  \(Format.count(document.violationCount)) rules are broken")
    return lines.joined(separator: "\n")
  }
}
