// Owns the promises of configurations: secrets stay secret, properties win, refusals name the property.

import KafkaClient
import Testing

@Suite("Kafka configuration")
struct KafkaConfigurationTests {
  private let secret = "correct horse battery staple"

  private var configuration: KafkaConfiguration {
    KafkaConfiguration(
      bootstrapServers: ["localhost:1"],
      security: .sasl(
        KafkaSASL(mechanism: .scramSHA512, userName: "reader", password: KafkaSecret(secret)),
        tls: KafkaTLS(keyPassword: KafkaSecret(secret))),
      properties: ["sasl.oauthbearer.client.secret": secret, "ssl.key.pem": secret, "fetch.wait.max.ms": "7"])
  }

  @Test("No description and no dump shows a secret")
  func hidesSecrets() {
    var dumped = ""
    dump(configuration, to: &dumped)
    for text in ["\(configuration)", String(reflecting: configuration), dumped] {
      #expect(!text.contains(secret))
    }
    #expect("\(configuration)".contains("sasl.password=(secret)"))
    #expect("\(configuration)".contains("fetch.wait.max.ms=7"))
    #expect(String(reflecting: KafkaSecret(secret)) == "(secret)")
  }

  @Test("A refused property is an error that names it")
  func namesRefusedProperty() {
    for properties in [["no.such.property": "1"], ["fetch.wait.max.ms": "soon"]] {
      let error = #expect(throws: KafkaError.self) {
        try KafkaConsumer(
          KafkaConfiguration(bootstrapServers: ["localhost:1"], properties: properties), groupID: "g"
        ) { _ in }
      }
      #expect(error?.code == .configuration)
      #expect(error?.disposition == .stop)
      #expect(error?.context.contains(properties.keys.first ?? "?") == true)
    }
  }

  @Test("A refused secret is named without its value")
  func refusedSecretStaysHidden() {
    let error = #expect(throws: KafkaError.self) {
      try KafkaAdmin(
        KafkaConfiguration(
          bootstrapServers: ["localhost:1"], security: .tls(KafkaTLS()), properties: ["ssl.key.pem": secret]))
    }
    #expect(error?.code == .configuration)
    #expect(error?.context.contains(secret) == false)
  }

  @Test("A property given by name wins over the client's own default")
  func propertyWins() throws {
    let error = #expect(throws: KafkaError.self) {
      try KafkaConsumer(
        KafkaConfiguration(bootstrapServers: ["localhost:1"], properties: ["auto.offset.reset": "sideways"]),
        groupID: "g"
      ) { _ in }
    }
    #expect(error?.context.contains("auto.offset.reset") == true)
  }
}
