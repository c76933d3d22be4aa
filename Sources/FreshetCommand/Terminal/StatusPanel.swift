// Owns the picture of an engine for people: a few lines for a terminal, or one line for a log. Invariant: pure; no line
// is wider than the terminal, so that a redraw knows how many rows to go up.

/// Draws a status.
struct StatusPanel {
  var picture: StatusPicture
  /// Where the service listens, if it does.
  var address: String?
  /// Columns of the terminal.
  var width = 80
  /// Whether lines may hold colour.
  var isColourful = false

  /// The panel, one string a row.
  var lines: [String] {
    var rows = [heading]
    rows.append(row("items", itemsText))
    rows.append(row("fresh", freshText))
    rows.append(row("main", mainText))
    rows.append(row("ingest", ingestText))
    rows.append(row("search", searchText))
    rows.append(row("rebuild", rebuildText))
    if let reason = picture.ingest.pausedBecause { rows.append(row("paused", reason, isAlarm: true)) }
    if let rejection = picture.lastRejection { rows.append(row("rejected", rejection, isAlarm: true)) }
    return rows
  }

  /// Everything in one line, for a log or a pipe.
  var line: String {
    let lag = picture.ingest.freshnessLagMilliseconds
    var parts = [
      "items \(picture.items)", "fresh \(picture.fresh.rows)", "main \(picture.main?.rows ?? 0)",
      "generation \(picture.main.map { String($0.generation) } ?? "none")",
      "applied/s \(Format.rate(picture.ingest.appliedPerSecond).filter { $0 != "," })", "behind \(picture.behind)",
      "lag p50 \(Format.milliseconds(lag.p50)) p99 \(Format.milliseconds(lag.p99))",
      "dead letters \(picture.deadLetters)",
    ]
    if let rebuild = picture.rebuild { parts.append("rebuild \(progress(rebuild))") }
    if let reason = picture.ingest.pausedBecause { parts.append("paused: \(reason)") }
    if let rejection = picture.lastRejection { parts.append("rejected: \(rejection)") }
    return parts.joined(separator: ", ")
  }

  private var heading: String {
    let parts = [
      picture.name, "\(picture.model.name) (\(picture.model.dimension)-d)",
      "up \(Format.duration(seconds: picture.uptimeSeconds))", address,
    ]
    return styled(fitted(parts.compactMap { $0 }.joined(separator: " · ")), code: "1")
  }

  private var itemsText: String {
    let deadLetters = "\(Format.count(picture.deadLetters)) dead letters"
    return "\(Format.count(picture.items)) live, \(Format.count(picture.tombstones)) tombstones, \(deadLetters)"
  }

  private var freshText: String {
    let fresh = picture.fresh
    let fraction = fresh.capacityRows > 0 ? Double(fresh.rows) / Double(fresh.capacityRows) : 0
    return "\(Format.count(fresh.rows)) rows, \(Format.count(fresh.superseded)) superseded  "
      + "\(Format.bar(fraction, width: 10)) \(Format.share(fraction)) of \(Format.count(fresh.capacityRows))"
  }

  private var mainText: String {
    guard let main = picture.main else { return "no generation yet; the fresh tier answers alone" }
    return "\(Format.count(main.rows)) rows, \(Format.count(main.superseded)) superseded  "
      + "generation \(main.generation), recall@10 \(Format.fixed(main.recallAt10, digits: 3))"
  }

  private var ingestText: String {
    let ingest = picture.ingest
    let lag = ingest.freshnessLagMilliseconds
    let place =
      picture.behind == 0
      ? (ingest.isExhausted ? "at the source's end" : "up to date") : "\(Format.count(picture.behind)) records behind"
    return "\(Format.rate(ingest.appliedPerSecond)) events/s, \(place)  "
      + "freshness lag p50 \(Format.milliseconds(lag.p50)), p99 \(Format.milliseconds(lag.p99))"
  }

  private var searchText: String {
    let took = picture.searchNanoseconds
    return "\(Format.count(picture.searches)) answered  "
      + "p50 \(Format.milliseconds(took.p50 / 1e6)), p99 \(Format.milliseconds(took.p99 / 1e6))"
  }

  private var rebuildText: String {
    guard let rebuild = picture.rebuild else { return "none" }
    return "\(Format.bar(rebuild.fractionDone, width: 10)) \(progress(rebuild))"
  }

  private func progress(_ rebuild: StatusPicture.Rebuild) -> String {
    let eta = rebuild.remainingSeconds.map { ", ETA \(Format.duration(seconds: $0))" } ?? ""
    return "\(Format.share(rebuild.fractionDone)) \(rebuild.stage) of generation \(rebuild.generation) "
      + "(\(rebuild.reason))\(eta)"
  }

  private func row(_ name: String, _ text: String, isAlarm: Bool = false) -> String {
    let label = name + String(repeating: " ", count: max(0, 9 - name.count))
    let fittedText = fitted("  \(label)\(text)")
    guard isColourful else { return fittedText }
    let end = fittedText.index(fittedText.startIndex, offsetBy: min(fittedText.count, 2 + label.count))
    return styled(String(fittedText[..<end]), code: isAlarm ? "33" : "36") + fittedText[end...]
  }

  /// At most `width` columns, without what would move the cursor.
  private func fitted(_ text: String) -> String {
    let visible = text.map { character in
      character.isNewline || character.unicodeScalars.contains { $0.properties.generalCategory == .control }
        ? " " : character
    }
    guard visible.count > width else { return String(visible) }
    return String(visible.prefix(max(0, width - 1))) + "…"
  }

  private func styled(_ text: String, code: String) -> String {
    isColourful ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
