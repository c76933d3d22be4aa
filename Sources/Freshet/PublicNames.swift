// Owns the names that a program needs beside `Freshet`, so that one import is enough.

import EventSource
import IndexModel
import KafkaClient
import SearchService
import Telemetry
import TierEngine
import Topology

/// A topology, read from a file or a text.
public typealias FreshetTopology = Topology.FreshetTopology
/// Every problem found in a topology.
public typealias TopologyError = Topology.TopologyError
/// What a search asks for.
public typealias SearchRequest = TierEngine.SearchRequest
/// What a search answers.
public typealias SearchResponse = TierEngine.SearchResponse
/// Why a search is refused.
public typealias SearchError = TierEngine.SearchError
/// One found item.
public typealias Hit = IndexModel.Hit
/// The role of the index part that found a hit.
public typealias Tier = IndexModel.Tier
/// The catalogue's own name for an item.
public typealias ItemID = IndexModel.ItemID
/// An item as a look-up shows it.
public typealias ItemView = TierEngine.ItemView
/// One attribute of an item.
public typealias AttributeValue = IndexModel.AttributeValue
/// One partition of one topic.
public typealias SourcePartition = IndexModel.SourcePartition
/// Where one event stands in the log.
public typealias EventPosition = IndexModel.EventPosition
/// How far a reader has come.
public typealias SourcePositions = IndexModel.SourcePositions
/// The picture of the engine.
public typealias EngineStatus = TierEngine.EngineStatus
/// A record that could not be applied.
public typealias DeadLetter = TierEngine.DeadLetter
/// A failure of the store.
public typealias StoreError = TierEngine.StoreError
/// A source that cannot go on.
public typealias EventSourceError = TierEngine.EventSourceError
/// Where the HTTP interface listens.
public typealias ListeningAddress = SearchService.ListeningAddress
/// Every field that a topology may have.
public typealias TopologyReference = Topology.TopologyReference
/// A failure of the client library of Kafka.
public typealias KafkaError = KafkaClient.KafkaError
/// Whether the index should receive traffic.
public typealias Readiness = TierEngine.Readiness
/// "Did you mean …?" for words that nothing is called.
public typealias Suggestion = IndexModel.Suggestion
/// Every metric and log event.
public typealias MetricsReference = Telemetry.MetricsReference
