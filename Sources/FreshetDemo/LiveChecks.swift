// Owns the checks of the live stream: what was added is found, what was changed is the new one, what was deleted is
// gone.

/// Follows three packages through one change each.
struct LiveChecks: Sendable {
  let stage: DemoStage
  let console: Console
  let witnesses: CataloguePart.Witnesses
  let patience: Patience

  /// Makes each change and waits until searches and look-ups show it. Throws `DemoFailure` naming what they do not
  /// show.
  func run() async throws {
    try await checkAdded(witnesses.added)
    try await checkChanged(witnesses.changed)
    try await checkDeleted(witnesses.deleted)
  }

  private func checkAdded(_ item: CatalogueItem) async throws {
    try await stage.producer.write(.added(item))
    try await patience.until("finding the new package \(item.id)") { try await isFound(item) }
    console.step("a new package is found: \(item.id)")
  }

  private func checkChanged(_ item: CatalogueItem) async throws {
    var changed = item
    changed.title = "timetable of airships between fjords"
    changed.description = "Lists when airships cross the fjord, and which of them carry reindeer."
    changed.attributes.version += "+changed"
    try await patience.until("finding the package \(item.id)") { try await isFound(item) }
    try await stage.producer.write(.changed(changed))
    try await patience.until("finding \(item.id) by its new text") {
      let first = try await stage.service.search(changed.title, k: 1).hits.first?.id
      let version = try await stage.service.item(item.id)?.attributes.version
      return first == item.id && version == changed.attributes.version
    }
    guard try await !isFound(item) else { throw DemoFailure("\(item.id) is still found by the text it had before") }
    console.step("a changed package is found by its new text, and no more by its old one: \(item.id)")
  }

  private func checkDeleted(_ item: CatalogueItem) async throws {
    try await patience.until("finding the package \(item.id)") { try await isFound(item) }
    try await stage.producer.write(.deleted(id: item.id))
    try await patience.until("the end of the deleted package \(item.id)") {
      let isFound = try await isFound(item)
      let isThere = try await stage.service.item(item.id) != nil
      return !isFound && !isThere
    }
    console.step("a deleted package is gone: \(item.id)")
  }

  /// Whether a search for the item's own text finds it.
  private func isFound(_ item: CatalogueItem) async throws -> Bool {
    try await stage.service.search(item.title + "\n" + item.description, k: 10).hits.contains { $0.id == item.id }
  }
}
