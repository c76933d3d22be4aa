// Owns the demo's catalogue: Debian's packages with their English descriptions. Invariant: one item a package name, in
// the order of the names, so that the same lists and seed give the same demo.

import Foundation
import IndexModel

/// Items made from apt's lists.
struct Catalogue: Sendable {
  /// The items, ordered by id.
  private(set) var items: [CatalogueItem]

  /// Reads apt's plain `*_Packages` and `*_Translation-en` files in `folder`. Of a package that several lists name, the
  /// last one in the order of the files' names counts. Throws `CatalogueError` where there is no package.
  init(listsFolder folder: String) throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    func files(_ suffix: String) -> [String] { names.filter { $0.hasSuffix(suffix) }.map { "\(folder)/\($0)" } }
    let packages = try files("_Packages").map { try ControlFile(path: $0, fields: Self.packageFields) }
    let translations = try files("_Translation-en").map { try ControlFile(path: $0, fields: Self.translationFields) }
    try self.init(packages: packages, translations: translations, source: folder)
  }

  /// Joins packages with translations by the hash of the description.
  init(packages: [ControlFile], translations: [ControlFile], source: String) throws {
    var descriptions: [String: String] = [:]
    for file in translations {
      file.forEachStanza { stanza in
        guard let hash = stanza["Description-md5"], let text = stanza["Description-en"] else { return }
        descriptions[hash] = Self.longDescription(text)
      }
    }
    var items: [String: CatalogueItem] = [:]
    for file in packages {
      file.forEachStanza { stanza in
        guard let item = Self.item(stanza, descriptions) else { return }
        items[item.id] = item
      }
    }
    guard !items.isEmpty else { throw CatalogueError.noPackages(source) }
    self.items = items.values.sorted { $0.id < $1.id }
  }

  static let packageFields = ["Package", "Version", "Installed-Size", "Section", "Description", "Description-md5"]
  static let translationFields = ["Description-md5", "Description-en"]

  /// A seeded part of the catalogue, in the order of the names; all of it where `count` is larger.
  mutating func limit(to count: Int, seed: UInt64) {
    guard count < items.count else { return }
    var random = SplitMix64(seed: seed)
    items = items.shuffled(using: &random).prefix(count).sorted { $0.id < $1.id }
  }

  private static func item(_ stanza: [String: String], _ descriptions: [String: String]) -> CatalogueItem? {
    guard let id = stanza["Package"], let summary = stanza["Description"] else { return nil }
    let title = summary.prefix { $0 != "\n" }
    let description = stanza["Description-md5"].flatMap { descriptions[$0] } ?? longDescription(summary)
    return CatalogueItem(
      id: id, title: String(title), description: description,
      attributes: CatalogueItem.Attributes(
        section: stanza["Section"] ?? "unknown", version: stanza["Version"] ?? "",
        installedSizeKiB: stanza["Installed-Size"].flatMap { Int($0) } ?? 0))
  }

  /// What follows the title: a lone dot stands for a blank line (Debian Policy 5.6.13).
  private static func longDescription(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).dropFirst()
      .map { $0 == "." ? "" : $0 }.joined(separator: "\n")
  }
}

/// A catalogue that cannot be had.
enum CatalogueError: Error, CustomStringConvertible {
  /// The folder has no list with a package in it.
  case noPackages(String)
  /// There are fewer packages with a long description than the demo needs.
  case tooFewPackages(Int)

  var description: String {
    switch self {
    case .tooFewPackages(let count): "\(count) packages are too few for the demo; take 100 or more with --limit"
    case .noPackages(let source):
      "\(source) holds no package lists; run `make catalog`, or name their folder with --lists"
    }
  }
}
