// Owns the promise that a store written by an earlier build reads in a later one: the bytes of each kind of row in
// format 1, kept for ever.

import IndexModel
import TierEngine
import Testing

@testable import ItemStore

@Suite("Format 1")
struct FormatTests {
  /// The first row of each database of the sample store, key and value. `generations` has a test of its own, because
  /// its record may gain fields.
  private static let rows: [TableName: String] = [
    .items: """
    61 e82c367801000000000000000100000000000000030700000000000000010000000000000002000000000000000d000000636174616c6\
    f672e6974656d730300000001000000000000000068e5cf8b010000010000000700000073656374696f6e010500000067616d6573
    """,
    .changes: "0100000000000000 d80384a80161",
    .vectors: "0100000000000000 c005db26010005000000803f0000903f0000a03f0000b03f0000c03f61000000",
    .contents: "61 1868791b74657874206f662061",
    .tombstones: """
    64 90c714d704000000000000000000000000000000000d000000636174616c6f672e6974656d73030000000400000000000000\
    0168e5cf8b010000
    """,
    .positions: "636174616c6f672e6974656d730000000003 6b8cc02005000000000000000104000000000000000900000000000000",
    .deadLetters: """
    636174616c6f672e6974656d7300000000000000000000000011 feb5ab150100000000000000080000006e6f742d6a736f6e1800000074\
    68652076616c756520656e6473206174206279746520310001010000007b
    """,
    .meta: "666f726d6174 3308890b01000000",
  ]

  @Test("the bytes of each kind of row are those of format 1", arguments: rows.keys)
  func bytes(_ name: TableName) throws {
    let folder = try TemporaryFolder()
    let store = try Sample.open(folder.store)
    try Sample.fill(store)
    let table = try #require(store.tables.all.first { $0.name == name })
    let (key, value) = try store.firstRow(of: table)
    #expect("\(hex(key)) \(hex(value))" == Self.rows[name])
  }

  @Test("a generation's record of format 1 reads")
  func generation() throws {
    let folder = try TemporaryFolder()
    let store = try Sample.open(folder.store)
    try store.putSealed(LMDBItemStore.key(1), in: store.tables.generations) { encoder in
      encoder.appendRest(
        """
        {"buildSeconds":0.1,"file":{"byteCount":12345,"checksum":3735928559,"name":"1.segment"},\
        "fingerprint":"0123456789abcdef","number":1,"parameters":{"efConstruction":200,"m":16,\
        "seed":18446744073709551615},"probe":{"ef":64,"queryCount":1000,"recallAt10":0.987654321,\
        "selfReachability":"inf","selfSampleCount":0},"reason":"age","rowCount":3,"state":"promoted",\
        "timeMilliseconds":5,"watermark":3}
        """)
    }
    #expect(try store.read { try $0.generations() } == [Sample.generation(1, watermark: 3)])
  }

  private func hex(_ bytes: [UInt8]) -> String {
    bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }
}
