// Owns the loop that shows a status again and again until its task is cancelled.

import ArgumentParser

/// How a status is shown while something runs.
enum StatusStyle: String, ExpressibleByArgument, CaseIterable, Sendable {
  /// Live on a terminal, lines elsewhere.
  case auto
  /// Redrawn in place.
  case live
  /// One line each time.
  case lines
  /// Not at all.
  case none

  /// What `auto` means for this process.
  var resolved: StatusStyle { self == .auto ? (Terminal.isOutput ? .live : .lines) : self }
}

/// Shows what `picture` gives, every so often.
struct StatusWatch {
  let style: StatusStyle
  let secondsBetween: Double
  let address: @Sendable () async -> String?
  let picture: @Sendable () async throws -> StatusPicture

  /// Returns when its task is cancelled. Throws what `picture` throws.
  func run() async throws {
    var screen = StatusScreen()
    defer { if style == .live { StandardStreams.write(screen.end()) } }
    while !Task.isCancelled {
      let panel = StatusPanel(
        picture: try await picture(), address: await address(), width: Terminal.width,
        isColourful: Terminal.isColourful)
      switch style {
      case .live: StandardStreams.write(screen.frame(panel.lines))
      case .lines, .auto: StandardStreams.answer(panel.line)
      case .none: return
      }
      do { try await Task.sleep(for: .seconds(secondsBetween)) } catch { return }
    }
  }
}
