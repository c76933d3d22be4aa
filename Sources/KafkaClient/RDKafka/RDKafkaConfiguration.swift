// Owns the making of the library's configuration. Invariant: a refused property is named, and a secret's value is
// never in the message.

import CRdKafka

enum RDKafkaConfiguration {
  /// A configuration object that the caller owns. `properties` are set in order of their names.
  static func make(_ properties: [String: String]) throws(KafkaError) -> OpaquePointer {
    guard let configuration = unsafe rd_kafka_conf_new() else {
      throw KafkaError(RD_KAFKA_RESP_ERR__CRIT_SYS_RESOURCE, "no memory for a configuration")
    }
    var all = properties
    // Log lines become events; the library must not write to the process's standard error.
    all["log.queue"] = "true"
    for (name, value) in all.sorted(by: { $0.key < $1.key }) {
      var result = RD_KAFKA_CONF_OK
      let text = unsafe RDKafkaText.read { unsafe result = rd_kafka_conf_set(configuration, name, value, $0, $1) }
      guard result != RD_KAFKA_CONF_OK else { continue }
      unsafe rd_kafka_conf_destroy(configuration)
      let reason = KafkaConfiguration.isSecret(name) ? "its value is refused" : text
      throw KafkaError(RD_KAFKA_RESP_ERR__INVALID_ARG, "property `\(name)`: \(reason)")
    }
    return unsafe configuration
  }
}

enum RDKafkaText {
  /// What `body` writes into the buffer that it gets, as the library's error texts are written: at most 512 bytes,
  /// ended by a zero.
  static func read(_ body: (UnsafeMutablePointer<CChar>, Int) -> Void) -> String {
    let capacity = 512
    // SAFETY: the buffer starts with a zero and the library writes at most `capacity` bytes, the last one a zero.
    return unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: capacity) { buffer in
      guard let start = buffer.baseAddress else { return "" }
      unsafe start.initialize(repeating: 0, count: capacity)
      unsafe body(start, capacity)
      return unsafe String(cString: start)
    }
  }
}
