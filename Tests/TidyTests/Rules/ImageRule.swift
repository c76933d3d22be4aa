// Owns the rule that an image is built from every folder with Swift files: the manifest names them all, and a build
// that misses one ends before it compiles anything.

/// Compares what the Dockerfile copies with where the package's sources are.
enum ImageRule {
  /// Top folders of Swift `files` that `dockerfile` does not copy.
  static func uncopied(_ files: [String], dockerfile: String) -> [String] {
    let folders = Set(
      files.filter { $0.hasSuffix(".swift") && $0.contains("/") }.compactMap { $0.split(separator: "/").first })
    let lines = Set(dockerfile.split(separator: "\n"))
    return folders.filter { !lines.contains("COPY \($0) \($0)") }.map(String.init).sorted()
  }
}
