import Glibc
import Platform
import Synchronization
import Testing

@Suite struct ThreadTests {
  @Test func runsNamedAndWithEverySignalBlocked() throws {
    let seen = Mutex<(name: String, blocked: Int)>(("", 0))
    let thread = try WorkerThread(name: "a name that is far too long") {
      var name = [UInt8](repeating: 0, count: 32)
      let comm = open("/proc/thread-self/comm", O_RDONLY)
      let count = max(read(comm, &name, name.count), 1)
      close(comm)
      var mask = sigset_t()
      pthread_sigmask(SIG_SETMASK, nil, &mask)
      let blocked = [SIGINT, SIGTERM, SIGUSR1, SIGCHLD, SIGALRM, SIGIO].filter { sigismember(&mask, $0) == 1 }
      let text = String(decoding: name[..<(count - 1)], as: UTF8.self)
      seen.withLock { $0 = (text, blocked.count) }
    }
    thread.join()
    thread.join()
    #expect(seen.withLock { $0.name } == "a name that is ")
    #expect(seen.withLock { $0.blocked } == 6)
  }

  @Test func leavesTheCallersSignalsAlone() throws {
    var before = sigset_t()
    var after = sigset_t()
    pthread_sigmask(SIG_SETMASK, nil, &before)
    try WorkerThread(name: "mask") {}.join()
    pthread_sigmask(SIG_SETMASK, nil, &after)
    #expect((1...31).allSatisfy { sigismember(&before, $0) == sigismember(&after, $0) })
  }

  @Test func knowsItself() throws {
    let started = Monitor<WorkerThread?>(nil)
    let answer = Mutex(false)
    let thread = try WorkerThread(name: "self") {
      let me = started.wait { $0 }
      answer.withLock { $0 = me?.isCurrent ?? false }
      started.change { $0 = nil }
    }
    #expect(!thread.isCurrent)
    started.change { $0 = thread }
    thread.join()
    #expect(answer.withLock { $0 })
  }

  @Test func monitorHandsOverEveryItem() throws {
    let queue = Monitor<[Int]>([])
    let sum = Mutex(0)
    let thread = try WorkerThread(name: "consumer") {
      while let item = queue.wait({ $0.isEmpty ? nil : $0.removeFirst() }), item != 0 {
        sum.withLock { $0 += item }
      }
    }
    for item in 1...1000 { queue.change { $0.append(item) } }
    queue.change { $0.append(0) }
    thread.join()
    #expect(sum.withLock { $0 } == 500_500)
  }

  @Test func monitorGivesUpAtItsDeadline() {
    let monitor = Monitor(0)
    #expect(monitor.wait(until: .now) { $0 == 1 ? true : nil } == nil)
    monitor.change { $0 = 1 }
    #expect(monitor.wait(until: .now) { $0 == 1 ? true : nil } == true)
    #expect(monitor.read { $0 } == 1)
  }

  @Test func deadlinesDoNotOverflow() {
    let now = Monotonic.now
    #expect(now.advanced(milliseconds: 5).nanoseconds == now.nanoseconds + 5_000_000)
    #expect(now.advanced(milliseconds: .max).nanoseconds == .max)
    #expect(Monotonic(nanoseconds: .max).advanced(milliseconds: 1).nanoseconds == .max)
  }

  @Test func checkedArithmetic() {
    #expect(Int32.max.adding(checked: 1) == nil)
    #expect(UInt32(3).subtracting(checked: 4) == nil)
    #expect(UInt32(1 << 16).multiplied(checked: 1 << 16) == nil)
    #expect(Int(5).multiplied(checked: 7) == 35)
    #expect(Int(1).rounded(upTo: 4096) == 4096)
    #expect(Int(8192).rounded(upTo: 4096) == 8192)
    #expect(Int.max.rounded(upTo: 4096) == nil)
    #expect(Int(1).rounded(upTo: 0) == nil)
  }
}

@Suite struct LogTests {
  @Test func thresholdDecidesWhatIsFormatted() {
    let lines = Mutex<[String]>([])
    let log = Log(threshold: .warning) { _, line in lines.withLock { $0.append(line) } }
    var formatted = 0
    func text(_ text: String) -> String {
      formatted += 1
      return text
    }
    log.debug(text("d"))
    log.info(text("i"))
    log.warning(text("w"))
    log.error(text("e"))
    #expect(lines.withLock { $0 } == ["w", "e"])
    #expect(formatted == 2)
    #expect(!log.isEnabled(.info))
  }

  /// A client's callback hears every level and may log again from inside.
  @Test func aReplacedSinkHearsEverything() {
    let lines = Mutex<[String]>([])
    let log = Log.silent
    log.error("lost")
    log.replaceSink(threshold: .debug) { [weak log] level, line in
      lines.withLock { $0.append("\(level.rawValue) \(line)") }
      if level == .debug { log?.error("again") }
    }
    log.debug("d")
    #expect(lines.withLock { $0 } == ["0 d", "3 again"])
  }
}
