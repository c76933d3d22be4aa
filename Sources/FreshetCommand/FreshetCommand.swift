import ArgumentParser

@main
struct FreshetCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "freshet")
}
