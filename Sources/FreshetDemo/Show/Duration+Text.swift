// Owns how the demo writes spans of time.

import Foundation

extension Duration {
  /// Seconds with one decimal, such as `2.5 s`.
  var text: String {
    let (seconds, attoseconds) = components
    return String(format: "%.1f s", Double(seconds) + Double(attoseconds) * 1e-18)
  }
}
