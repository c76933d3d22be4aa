// Owns the choice of the HTTP port. A port is free when it was chosen; another process may take it before it is used.

import Foundation

/// TCP ports of 127.0.0.1.
enum LoopbackPort {
  /// `preferred` if nobody listens there, else any free port; `nil` where the system gives none.
  static func free(preferring preferred: UInt16) -> UInt16? {
    bound(to: preferred) ?? bound(to: 0)
  }

  /// The port that a socket gets when it asks for `port`; `nil` where that is taken.
  private static func bound(to port: UInt16) -> UInt16? {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    // SAFETY: the address is a whole `sockaddr_in`, whose length is given, and lives during both calls.
    let isBound = unsafe withUnsafeMutablePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        unsafe bind(descriptor, generic, length) == 0 && getsockname(descriptor, generic, &length) == 0
      }
    }
    return isBound ? UInt16(bigEndian: address.sin_port) : nil
  }
}
