// Owns the choice of a free port. A port is free when it was chosen; another process may take it before it is used.

import Foundation

enum LoopbackPort {
  /// A TCP port of 127.0.0.1 that nobody listens on now.
  static func free() throws(KafkaError) -> UInt16 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { throw KafkaError.devBroker("no socket: \(String(errno: errno))") }
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    // SAFETY: the address is a whole `sockaddr_in`, whose length is given, and lives during both calls.
    let isBound = unsafe withUnsafeMutablePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        unsafe bind(descriptor, generic, length) == 0 && getsockname(descriptor, generic, &length) == 0
      }
    }
    guard isBound else { throw KafkaError.devBroker("no free loopback port: \(String(errno: errno))") }
    return UInt16(bigEndian: address.sin_port)
  }
}

extension String {
  /// The system's sentence for an error number.
  init(errno number: Int32) {
    // SAFETY: the system returns a text that is valid until this thread's next call.
    self = unsafe strerror(number).map { unsafe String(cString: $0) } ?? "error \(number)"
  }
}
