import FuzzSupport
import Glibc
import GuestStreams
import Platform

/// Starts workers one after the other, and keeps the input of each that died or stood still.
struct Supervisor {
  private let options: Options
  /// How long one input may take. Sanitizers and a busy machine are slow.
  private static let patienceMilliseconds: UInt64 = 60_000
  /// A worker is replaced after so long: a new seed, and new processes start with clean drivers.
  private static let shiftSeconds: UInt64 = 30

  init(_ options: Options) { self.options = options }

  /// Whether nothing was found.
  func run() -> Bool {
    mkdir(options.output, 0o755)
    let path = "\(options.output)/mailbox-\(getpid())"
    guard let mailbox = Mailbox(path: path) else { Fuzz.fail("cannot make \(path)") }
    defer { unlink(path) }
    let end = Monotonic.now.advanced(milliseconds: options.seconds * 1000)
    var seed = options.seed
    var found = 0
    var shift = 0
    while Monotonic.now < end {
      let left = max(1, (end.nanoseconds - Monotonic.now.nanoseconds) / 1_000_000_000)
      let target = options.targets[shift % options.targets.count]
      let isShort = options.targets.count > 1 && target.flags == nil
      mailbox.clear()
      if let problem = watch(mailbox, path, target, seed, seconds: min(left, isShort ? 10 : Self.shiftSeconds)) {
        found += 1
        keep(mailbox.input, target, seed, problem)
      }
      seed &+= 1
      shift += 1
    }
    print(found == 0 ? "nothing found" : "\(found) failures, in \(options.output)")
    return found == 0
  }

  /// Runs one worker to its end.
  ///
  /// - Returns: what went wrong.
  private func watch(
    _ mailbox: Mailbox, _ path: String, _ target: FuzzTarget, _ seed: UInt64, seconds: UInt64
  ) -> String? {
    let worker = start(
      ["--worker", path, "--target", target.rawValue, "--seed", "\(seed)", "--seconds", "\(seconds)"]
        + options.shaders.flatMap { ["--shaders", $0] })
    var last = mailbox.begun
    var deadline = Monotonic.now.advanced(milliseconds: Self.patienceMilliseconds)
    while true {
      var status: CInt = 0
      if waitpid(worker, &status, WNOHANG) == worker {
        if status == 0 { return nil }
        return status & 0x7f == 0 ? "exit \(status >> 8 & 0xff)" : "signal \(status & 0x7f)"
      }
      if mailbox.begun != last {
        last = mailbox.begun
        deadline = Monotonic.now.advanced(milliseconds: Self.patienceMilliseconds)
      }
      if deadline < Monotonic.now {
        kill(worker, SIGKILL)
        waitpid(worker, &status, 0)
        return "no progress"
      }
      usleep(20_000)
    }
  }

  private func start(_ arguments: [String]) -> pid_t {
    var strings = (["fuzz"] + arguments).map { strdup($0) } + [nil]
    defer { for string in strings { free(string) } }
    var worker: pid_t = 0
    guard posix_spawn(&worker, "/proc/self/exe", nil, nil, &strings, environ) == 0 else {
      Fuzz.fail("cannot start a worker")
    }
    return worker
  }

  private func keep(_ input: [UInt32], _ target: FuzzTarget, _ seed: UInt64, _ problem: String) {
    let path = "\(options.output)/\(target.rawValue)-\(seed).stream"
    Files.write("# \(target.rawValue), seed \(seed): \(problem)\n" + StreamText.encode(input), to: path)
    print("\(target.rawValue): \(problem); input in \(path)")
  }
}
