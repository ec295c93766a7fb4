import FuzzSupport
import Glibc
import Platform

/// Runs inputs until the time is over or something goes wrong.
enum Worker {
  /// An input that takes longer is counted.
  private static let slowNanoseconds: UInt64 = 3_000_000_000

  static func run(_ path: String, _ options: Options) throws {
    guard let mailbox = Mailbox(path: path) else { Fuzz.fail("no mailbox \(path)") }
    let runner = FuzzRunner(options.targets[0], seed: options.seed, shaders: Files.shaders(options.shaders))
    let end = Monotonic.now.advanced(milliseconds: options.seconds * 1000)
    while Monotonic.now < end {
      let input = runner.next()
      mailbox.begin(input)
      let start = Monotonic.now
      guard try runner.run(input) == .done else { Fuzz.fail("a fence was lost") }
      if Monotonic.now.nanoseconds - start.nanoseconds > slowNanoseconds { mailbox.noteSlow() }
    }
    runner.shutDown()
    report(options, mailbox, runner.acceptedCount)
  }

  private static func report(_ options: Options, _ mailbox: Mailbox, _ accepted: Int) {
    var usage = rusage()
    getrusage(CInt(RUSAGE_SELF.rawValue), &usage)
    print(
      """
      \(options.targets[0]) seed \(options.seed): \(mailbox.begun) inputs, \(accepted) accepted, \(mailbox.slow) slow, \
      \(usage.ru_maxrss / 1024) MiB at most
      """)
  }
}
