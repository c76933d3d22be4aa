// Owns the rule that the kernel is a function of its inputs: no files, no network, no wall clock, no unseeded chance.

enum KernelRule {
  private static let outside = [
    "FileManager", "FileHandle", "URLSession", "ProcessInfo", "Date()", "Date.now", "ContinuousClock()", ".random(in:",
    "SystemRandomNumberGenerator", "UUID()", "getenv(", "fopen(", "socket(",
  ]

  /// Uses of the outside world in a kernel file.
  static func violations(in file: TextFile) -> [Violation] {
    file.code.enumerated().flatMap { index, line in
      outside.filter { line.contains($0) && !($0 == ".random(in:" && line.contains("using:")) }
        .map { Violation(file, line: index + 1, "uses \($0) inside the kernel") }
    }
  }
}
