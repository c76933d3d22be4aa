// Owns what figures depend on and code does not say: processor, memory, kernel, load, date, commit and command.

import Foundation

/// Where and when a run took place.
struct BenchEnvironment: Sendable {
  let markdown: String

  /// Looks at the machine as it is now. What cannot be found out is left out.
  init(arguments: [String]) {
    let processor = Self.field("model name", of: "/proc/cpuinfo") ?? "unknown processor"
    let cores = ProcessInfo.processInfo.activeProcessorCount
    let memory = ProcessInfo.processInfo.physicalMemory >> 30
    let kernel = Self.words("/proc/sys/kernel/osrelease").first ?? "unknown"
    let commit = Self.output(of: ["git", "rev-parse", "--short", "HEAD"]) ?? "unknown"
    let command = arguments.isEmpty ? "make bench" : "Scripts/bench " + arguments.joined(separator: " ")
    markdown = """
      - Machine: \(processor), \(cores) cores, \(memory) GiB; Linux \(kernel); load before the run \(Self.load)
      - Date: \(Date().formatted(.iso8601.year().month().day())); commit \(commit)
      - Command: `\(command)`

      """
  }

  /// Runnable threads over the last minute.
  static var load: String { words("/proc/loadavg").first ?? "unknown" }

  private static func words(_ path: String) -> [String] {
    let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    return text.split(whereSeparator: \.isWhitespace).map(String.init)
  }

  private static func field(_ name: String, of path: String) -> String? {
    let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix(name) }
    return line?.split(separator: ":", maxSplits: 1).last.map { $0.trimmingCharacters(in: .whitespaces) }
  }

  private static func output(of command: [String]) -> String? {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { return nil }
    return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
