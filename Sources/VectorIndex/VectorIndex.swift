import IndexModel

public final class VectorBlock: @unchecked Sendable {}
public struct HNSWParameters: Sendable, Hashable, Codable {}
public struct HNSWGraph: Sendable {}
public final class HNSWIndex: Sendable {}
public final class RowSequences: Sendable {}
