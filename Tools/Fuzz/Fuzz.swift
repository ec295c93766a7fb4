import FuzzSupport
import Glibc
import GuestStreams
import Platform

/// The fuzzer: a parent that watches workers, each a process of this program with one target and one seed. A worker
/// leaves the input it is about to run where the parent finds it when the worker dies or stands still.
@main enum Fuzz {
  static func main() throws {
    let options = Options(CommandLine.arguments.dropFirst())
    if let path = options.replay { return try replay(path, options) }
    if let mailbox = options.worker { return try Worker.run(mailbox, options) }
    exit(Supervisor(options).run() ? 0 : 1)
  }

  /// Runs a saved input in this process.
  private static func replay(_ path: String, _ options: Options) throws {
    guard let text = Files.read(path), let input = StreamText.decode(String(decoding: text, as: UTF8.self)) else {
      fail("\(path) is no stream")
    }
    let runner = FuzzRunner(options.targets[0], seed: options.seed, shaders: Files.shaders(options.shaders))
    for _ in 0..<options.repeats { print("\(path): \(try runner.run(input))") }
    runner.shutDown()
  }

  static func fail(_ message: String) -> Never {
    print("fuzz: \(message)")
    exit(2)
  }
}

struct Options {
  var seconds: UInt64 = 60
  var seed: UInt64 = Monotonic.now.nanoseconds
  var targets = FuzzTarget.allCases
  /// Where failing inputs go.
  var output = "fuzz-failures"
  /// Folders of TGSI texts.
  var shaders: [String] = []
  var replay: String?
  var repeats = 1
  /// The mailbox file of a worker.
  var worker: String?

  init(_ arguments: ArraySlice<String>) {
    var rest = arguments
    while let name = rest.popFirst() {
      guard let value = rest.popFirst() else { Fuzz.fail("\(name) needs a value") }
      switch name {
      case "--seconds": seconds = Options.number(value)
      case "--seed": seed = Options.number(value)
      case "--target":
        guard let target = FuzzTarget(rawValue: value) else { Fuzz.fail("no target \(value)") }
        targets = [target]
      case "--output": output = value
      case "--shaders": shaders.append(value)
      case "--replay": replay = value
      case "--repeat": repeats = Int(Options.number(value))
      case "--worker": worker = value
      default: Fuzz.fail("no option \(name)")
      }
    }
  }

  private static func number(_ text: String) -> UInt64 {
    guard let number = UInt64(text) else { Fuzz.fail("no number: \(text)") }
    return number
  }
}
