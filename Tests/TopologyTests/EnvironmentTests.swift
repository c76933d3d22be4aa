// Owns the promises about `${NAME}` and about secrets.

import Testing
import Topology

@Suite struct EnvironmentTests {
  private func host(_ written: String, _ environment: [String: String]) throws -> String {
    try Samples.parse(Samples.minimal + "\nserve: {insecure: true, host: '\(written)'}\n", environment: environment)
      .serve.host
  }

  @Test(
    "References are replaced once, and nothing in a replacement is read again",
    arguments: [
      ("${A}", "one"), ("x-${A}.${B}-y", "x-one.two-y"), ("${C:-three}", "three"), ("${EMPTY:-three}", "three"),
      ("${A:-three}", "one"), ("${C:-}!", "!"), ("$${A}", "${A}"), ("$A $ 5$", "$A $ 5$"), ("${LOOP}", "${LOOP}"),
      ("${C:-a:-b}", "a:-b"),
    ])
  func resolves(written: String, expected: String) throws {
    let environment = ["A": "one", "B": "two", "EMPTY": "", "LOOP": "${LOOP}"]
    #expect(try host(written, environment) == expected)
  }

  @Test(
    "A reference that cannot be resolved is refused at its line",
    arguments: [
      ("${MISSING}", "`serve.host` needs the environment variable MISSING, which is not set"),
      ("${A", "`serve.host` has `${` without `}`; write `$${` where `${` itself is meant"),
      ("${}", "`serve.host` refers to \"\", which is no name of an environment variable"),
      ("${1A}", "`serve.host` refers to \"1A\", which is no name of an environment variable"),
      ("${A-B}", "`serve.host` refers to \"A-B\", which is no name of an environment variable"),
    ])
  func refuses(written: String, message: String) {
    let problems = Samples.problems(Samples.minimal + "\nserve:\n  host: '\(written)'\n", environment: ["A": "one"])
    #expect(problems.map(\.message) == [message])
    #expect(problems.map(\.line) == [6])
  }

  @Test("A number may come from the environment, also through quotes")
  func numbers() throws {
    let text = Samples.minimal + "\nserve: {port: \"${PORT}\"}\n"
    #expect(try Samples.parse(text, environment: ["PORT": "9000"]).serve.port == 9000)
  }

  @Test("What the environment holds is not shown in a message, because it may be a secret at the wrong place")
  func notShown() {
    let problems = Samples.problems(
      Samples.minimal + "\nserve: {port: \"${PASSWORD}\"}\n", environment: ["PASSWORD": "hunter2"])
    #expect(problems.map(\.message) == ["`serve.port` must be a whole number, not what \"${PASSWORD}\" resolves to"])
  }

  @Test(
    "A secret in the file is refused, and not repeated",
    arguments: [
      "hunter2", "'hunter2'", "'${PASSWORD:-hunter2}'", "'hunter2${PASSWORD}'", "'${PASSWORD}hunter2'", "'$${hunter2'",
    ])
  func literalSecret(written: String) {
    let problems = Samples.problems(
      Samples.minimalKafka.replacing(
        "topic: items",
        with: "topic: items, security: {protocol: sasl_ssl, mechanism: PLAIN, username: u, password: \(written)}"),
      environment: ["PASSWORD": "x"])
    #expect(
      problems.map(\.message) == [
        "`source.kafka.security.password` is a secret and must not stand in the file: write `${NAME}` and set NAME in "
          + "the environment"
      ])
  }

  @Test("A librdkafka property that is a secret is refused in the file and taken from the environment")
  func secretProperty() throws {
    func text(_ value: String) -> String {
      Samples.minimalKafka.replacing(
        "topic: items", with: "topic: items, properties: {sasl.oauthbearer.client.secret: \(value)}")
    }
    #expect(Samples.problems(text("hunter2")).count == 1)
    let topology = try Samples.parse(text("'${TOKEN}'"), environment: ["TOKEN": "hunter2"])
    guard case .kafka(let kafka) = topology.source else { return }
    #expect(kafka.properties["sasl.oauthbearer.client.secret"]?.reveal() == "hunter2")
  }

  @Test("A secret is never printed, dumped or reflected, alone or inside a topology")
  func neverPrints() throws {
    let topology = try Samples.parse(
      Samples.minimalKafka.replacing(
        "topic: items",
        with: "topic: items, security: {protocol: sasl_ssl, mechanism: PLAIN, username: u, password: '${PASSWORD}'}"),
      environment: ["PASSWORD": "hunter2"])
    var dumped = ""
    dump(topology, to: &dumped)
    let secret = Secret("hunter2")
    let shown = ["\(topology)", String(reflecting: topology), dumped, "\(secret)", String(reflecting: secret)]
    for text in shown { #expect(!text.contains("hunter2")) }
    #expect(shown[0].contains("<secret>"))
  }
}
