// Owns the checks that need more than one field.

extension FreshetTopology {
  /// Something that two fields together get wrong.
  struct Inconsistency: Hashable {
    /// The field to point at.
    var field: String
    /// What is wrong, and what to do.
    var message: String

    init(_ field: String, _ message: String) {
      self.field = field
      self.message = "`\(field)` \(message)"
    }
  }

  /// Everything that is wrong across fields; empty in a topology that was loaded.
  var inconsistencies: [Inconsistency] {
    sourceInconsistencies + decodeInconsistencies + tierInconsistencies + serveInconsistencies
  }

  private var sourceInconsistencies: [Inconsistency] {
    switch source {
    case .kafka(let kafka):
      var found = kafka.security.inconsistencies(at: "source.kafka.security")
      if kafka.queuedBytesMax < decode.recordBytesMax {
        found.append(
          Inconsistency(
            "source.kafka.queuedBytesMax",
            "(\(kafka.queuedBytesMax)) is less than one record may have: raise it, or "
              + "lower `decode.recordBytesMax` (\(decode.recordBytesMax))"))
      }
      return found
    case .jsonl(let jsonl):
      guard jsonl.lineBytesMax >= decode.recordBytesMax else {
        return [
          Inconsistency(
            "source.jsonl.lineBytesMax",
            "(\(jsonl.lineBytesMax)) is less than one record may have: raise it, or lower "
              + "`decode.recordBytesMax` (\(decode.recordBytesMax))")
        ]
      }
      return []
    }
  }

  private var decodeInconsistencies: [Inconsistency] {
    var found: [Inconsistency] = []
    if Set(decode.contentFields).count < decode.contentFields.count {
      found.append(Inconsistency("decode.contentFields", "names a field twice; its text would be embedded twice"))
    }
    if decode.contentBytesMax > decode.recordBytesMax {
      found.append(
        Inconsistency(
          "decode.contentBytesMax",
          "(\(decode.contentBytesMax)) can never be reached: a record ends at "
            + "`decode.recordBytesMax` (\(decode.recordBytesMax))"))
    }
    if queue.bytesMax < decode.recordBytesMax {
      found.append(
        Inconsistency(
          "queue.bytesMax",
          "(\(queue.bytesMax)) holds no whole record: raise it, or lower `decode.recordBytesMax` "
            + "(\(decode.recordBytesMax))"))
    }
    if store.commitRowsMax > queue.recordsMax {
      found.append(
        Inconsistency(
          "store.commitRowsMax",
          "(\(store.commitRowsMax)) can never be reached: the queue holds "
            + "`queue.recordsMax` (\(queue.recordsMax))"))
    }
    return found
  }

  private var tierInconsistencies: [Inconsistency] {
    let (fresh, main, rebuild) = (tiers.fresh, tiers.main, tiers.main.rebuild)
    var found: [Inconsistency] = []
    if fresh.chunkRows > fresh.capacityRows {
      found.append(
        Inconsistency(
          "tiers.fresh.chunkRows",
          "(\(fresh.chunkRows)) is more than `tiers.fresh.capacityRows` "
            + "(\(fresh.capacityRows))"))
    }
    if rebuild.freshRowsMin > rebuild.freshRowsMax {
      found.append(
        Inconsistency(
          "tiers.main.rebuild.freshRowsMin",
          "(\(rebuild.freshRowsMin)) is more than "
            + "`tiers.main.rebuild.freshRowsMax` (\(rebuild.freshRowsMax))"))
    }
    // Events go on arriving while a generation is built, so the tier must not be full when the build starts.
    if rebuild.freshRowsMax > fresh.capacityRows / 2 {
      found.append(
        Inconsistency(
          "tiers.main.rebuild.freshRowsMax",
          "(\(rebuild.freshRowsMax)) leaves less than half of "
            + "`tiers.fresh.capacityRows` (\(fresh.capacityRows)) for what arrives during a rebuild; the most is "
            + "\(fresh.capacityRows / 2)"))
    }
    if main.efConstruction < main.m {
      found.append(
        Inconsistency(
          "tiers.main.efConstruction",
          "(\(main.efConstruction)) is less than `tiers.main.m` (\(main.m)): a node would "
            + "never fill its neighbours"))
    }
    if main.ef > serve.efMax {
      found.append(
        Inconsistency("tiers.main.ef", "(\(main.ef)) is more than `serve.efMax` (\(serve.efMax)) allows"))
    }
    return found
  }

  private var serveInconsistencies: [Inconsistency] {
    var found: [Inconsistency] = []
    if !serve.isLoopback, serve.apiKeys.isEmpty, !serve.insecure {
      found.append(
        Inconsistency(
          "serve.host",
          "(\(serve.host)) can be reached from other machines, and anybody may search, read and change: "
            + "add `serve.apiKeys`, or say `insecure: true` where something else keeps them out"))
    }
    if Set(serve.apiKeys.map(\.name)).count < serve.apiKeys.count {
      found.append(Inconsistency("serve.apiKeys", "has two keys of one name; logs could not tell them apart"))
    }
    if Set(serve.apiKeys.map(\.sha256)).count < serve.apiKeys.count {
      found.append(Inconsistency("serve.apiKeys", "has one key twice; its role would be uncertain"))
    }
    return found
  }
}

extension KafkaSecuritySettings {
  fileprivate func inconsistencies(at path: String) -> [FreshetTopology.Inconsistency] {
    typealias Inconsistency = FreshetTopology.Inconsistency
    var found: [Inconsistency] = []
    let credentials = [
      ("mechanism", mechanism != nil), ("username", username != nil), ("password", password != nil),
    ]
    for (field, isGiven) in credentials where isGiven != `protocol`.isAuthenticated {
      found.append(
        isGiven
          ? Inconsistency("\(path).\(field)", "would not be used by `protocol: \(`protocol`.rawValue)`; remove it")
          : Inconsistency("\(path).\(field)", "is needed by `protocol: \(`protocol`.rawValue)`"))
    }
    let files = [
      ("caFile", caFile != nil), ("certificateFile", certificateFile != nil), ("keyFile", keyFile != nil),
      ("keyPassword", keyPassword != nil),
    ]
    for (field, isGiven) in files where isGiven && !`protocol`.isEncrypted {
      found.append(
        Inconsistency("\(path).\(field)", "would not be used by `protocol: \(`protocol`.rawValue)`; remove it"))
    }
    if (certificateFile == nil) != (keyFile == nil) {
      found.append(Inconsistency(path, "needs both `certificateFile` and `keyFile`, or neither"))
    }
    if keyPassword != nil, keyFile == nil {
      found.append(Inconsistency("\(path).keyPassword", "needs a `keyFile`"))
    }
    return found
  }
}
