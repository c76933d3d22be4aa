// Owns the words that a model knows, as a trie over their bytes. Invariant: ids are those of the vocabulary's file, and
// tokens are told apart byte by byte.

/// A WordPiece vocabulary. The longest token at a place is found in one walk over its bytes.
struct Vocabulary: Sendable {
  /// A place in the trie.
  typealias Node = UInt32

  /// Why a token cannot be added.
  enum Refusal: Error {
    case empty
    case repeated
    case full
  }

  /// The empty prefix.
  static let root: Node = 0
  private static let noToken: Int32 = -1

  // Edges are an open-addressed table from (node, byte) to the child; 0 marks a free slot, as no child is the root.
  private var edges: [(key: UInt32, child: Node)]
  private var edgeCount = 0
  private var tokenOfNode: [Int32] = [noToken]

  /// An empty vocabulary.
  init() {
    edges = Array(repeating: (0, 0), count: 1 << 12)
  }

  /// Adds a token's bytes under `id`. At most 16 million bytes of tokens in all.
  mutating func add(_ token: some Collection<UInt8>, id: Int32) throws(Refusal) {
    guard !token.isEmpty else { throw .empty }
    var node = Self.root
    for byte in token {
      if let child = child(of: node, byte) {
        node = child
      } else {
        guard tokenOfNode.count < 1 << 24 else { throw .full }
        let child = Node(tokenOfNode.count)
        tokenOfNode.append(Self.noToken)
        insert(node << 8 | UInt32(byte), child)
        node = child
      }
    }
    guard tokenOfNode[Int(node)] == Self.noToken else { throw .repeated }
    tokenOfNode[Int(node)] = id
  }

  /// The id of a whole token.
  func id(of token: String) -> Int32? {
    guard let node = node(of: token), tokenOfNode[Int(node)] != Self.noToken else { return nil }
    return tokenOfNode[Int(node)]
  }

  /// The place that `prefix` leads to.
  func node(of prefix: String) -> Node? {
    var node = Self.root
    for byte in prefix.utf8 {
      guard let child = child(of: node, byte) else { return nil }
      node = child
    }
    return node
  }

  /// The longest token that `bytes` holds at `start` behind the prefix `node`, at least one byte of them, and where it
  /// ends.
  @inline(__always)
  func longestToken(in bytes: [UInt8], at start: Int, behind node: Node) -> (id: Int32, end: Int)? {
    var node = node
    var found: (id: Int32, end: Int)?
    var index = start
    while index < bytes.count, let child = child(of: node, bytes[index]) {
      node = child
      index += 1
      let token = tokenOfNode[Int(node)]
      if token != Self.noToken { found = (token, index) }
    }
    return found
  }

  @inline(__always)
  private func child(of node: Node, _ byte: UInt8) -> Node? {
    let key = node << 8 | UInt32(byte)
    let mask = edges.count - 1
    var slot = Self.slot(key, mask)
    while true {
      let edge = edges[slot]
      if edge.child == 0 { return nil }
      if edge.key == key { return edge.child }
      slot = (slot + 1) & mask
    }
  }

  private mutating func insert(_ key: UInt32, _ child: Node) {
    if edgeCount * 2 >= edges.count {
      let old = edges
      edges = Array(repeating: (0, 0), count: old.count * 2)
      for edge in old where edge.child != 0 { place(edge.key, edge.child) }
    }
    place(key, child)
    edgeCount += 1
  }

  private mutating func place(_ key: UInt32, _ child: Node) {
    let mask = edges.count - 1
    var slot = Self.slot(key, mask)
    while edges[slot].child != 0 { slot = (slot + 1) & mask }
    edges[slot] = (key, child)
  }

  @inline(__always)
  private static func slot(_ key: UInt32, _ mask: Int) -> Int {
    // Fibonacci hashing: the product's high bits depend on all of the key's.
    Int((UInt64(key) &* 0x9E37_79B9_7F4A_7C15) >> 40) & mask
  }
}
