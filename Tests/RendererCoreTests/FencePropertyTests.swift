import Glibc
import Platform
import RendererCore
import Synchronization
import TestSupport
import Testing
import VirtioGPU

/// Random fences, waits, signals and destructions, with callbacks and signals on other threads, against what a client
/// may rely on: nothing is lost, nothing comes twice, nothing overtakes, and nothing comes from a context that is gone.
extension RendererSuites {
  @Suite(.serialized) struct FencePropertyTests {
    private struct Made {
      var id: UInt64
      var isMergeable: Bool
    }

    /// One life of a context, or of the device-wide timeline.
    private struct Life {
      var made: [Made] = []
      var reportsBefore = 0
    }

    @Test(arguments: deliveries, 1...4 as ClosedRange<UInt64>)
    func clientsMayRelyOnTheRules(_ flags: Configuration.Flags, _ seed: UInt64) throws {
      var random = SeededRandom(seed: seed)
      let client = Client()
      let signaller = try Signaller()
      // Every other run is on a host whose fences are sync files.
      let source = seed > 2 ? TestFenceSource(onNew: { signaller.signalLater($0) }) : nil
      let renderer = try client.makeRenderer(flags, measures: seed.isMultiple(of: 2), fenceSource: source)
      var lives: [TimelineKey: Life] = [.global: Life()]
      var next: UInt64 = 1

      for _ in 0..<600 {
        let context = UInt32.random(in: 1...5, using: &random)
        let timeline = TimelineKey.context(context)
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<10:
          guard lives[timeline] == nil else { continue }
          try renderer.makeContext(context)
          lives[timeline] = Life(reportsBefore: client.reported(timeline).count)
        case 10..<45:
          let target = Int.random(in: 0..<4, using: &random) == 0 ? .global : timeline
          guard lives[target] != nil else { continue }
          let isMergeable = target != .global && Bool.random(using: &random)
          try renderer.fence(next, on: target, mergeable: isMergeable)
          lives[target]?.made.append(Made(id: next, isMergeable: isMergeable))
          next += 1
        case 45..<60:
          guard lives[timeline] != nil else { continue }
          let words: [UInt32] = [0]
          try renderer.submit(words.span, to: ContextID(context))
        case 60..<70:
          guard lives[timeline] != nil else { continue }
          try renderer.attachFence(try signaller.makeFence(), to: ContextID(context))
        case 70..<80:
          guard lives[timeline] != nil else { continue }
          let id = UInt64.random(in: max(next, 20) - 20..<next + 2, using: &random)
          try renderer.pushFenceWait(FenceID(id), on: timeline)
        case 80..<97:
          renderer.poll()
        default:
          guard let life = lives.removeValue(forKey: timeline) else { continue }
          renderer.destroyContext(ContextID(context))
          check(client, timeline, life, isComplete: false)
          let heard = client.reported(timeline).count
          renderer.poll()
          #expect(client.reported(timeline).count == heard)
        }
      }

      // The signaller still has fences of work that is held just now.
      let deadline = Monotonic.now.advanced(milliseconds: 20_000)
      while renderer.statistics.fencesOutstanding > 0, Monotonic.now < deadline { renderer.poll() }
      for (timeline, life) in lives {
        while life.made.last.map({ !client.reported(timeline).contains($0.id) }) ?? false, Monotonic.now < deadline {
          renderer.poll()
        }
        check(client, timeline, life, isComplete: true)
      }
      signaller.finish()
      renderer.shutDown()
    }

    private func check(_ client: Client, _ timeline: TimelineKey, _ life: Life, isComplete: Bool) {
      let reported = Array(client.reported(timeline).dropFirst(life.reportsBefore))
      #expect(reported == reported.sorted() && Set(reported).count == reported.count)
      #expect(Set(reported).isSubset(of: life.made.map(\.id)))
      let last = isComplete ? life.made.last?.id : reported.last
      let due = life.made.filter { !$0.isMergeable && $0.id <= last ?? 0 }.map(\.id)
      #expect(Set(due).isSubset(of: reported))
      if isComplete { #expect(reported.last == life.made.last?.id) }
    }
  }
}

/// Signals fences from a thread of its own, a little later.
private final class Signaller: Sendable {
  private struct State {
    var fences: [@Sendable () -> Void] = []
    var isOver = false
  }

  private let state = Monitor(State())
  private let thread: WorkerThread

  init() throws {
    thread = try WorkerThread(name: "signaller") { [state] in
      while true {
        // Some come before older ones.
        let signal: (@Sendable () -> Void)?? = state.wait { state in
          if !state.fences.isEmpty { return .some(state.fences.remove(at: state.fences.count / 3)) }
          return state.isOver ? .some(nil) : nil
        }
        guard let signal = signal ?? nil else { return }
        usleep(300)
        signal()
      }
    }
  }

  func makeFence() throws -> CInt {
    let fence = try TestFence()
    let shared = fence.share()
    state.change { $0.fences.append { fence.signal() } }
    return shared
  }

  func signalLater(_ fence: TestSharableFence) { state.change { $0.fences.append { fence.signal() } } }

  /// Everything has been signalled when this returns.
  func finish() {
    state.change { $0.isOver = true }
    thread.join()
  }
}
