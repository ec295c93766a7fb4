import GuestStreams
import Platform
import TGSI
import Vrend
import WireFormat

/// What is fuzzed.
package enum FuzzTarget: String, CaseIterable, Sendable {
  /// Packets through the parsers.
  case commands
  /// Shader texts through parser, validator and translator.
  case shaders
  /// Streams through the whole renderer, on desktop core, compatibility and ES.
  case core, compat, es

  /// Init flags of the renderer; nil for targets without one.
  package var flags: UInt32? {
    switch self {
    case .commands, .shaders: nil
    case .core: 0
    case .compat: 1 << 13
    case .es: 1 << 4
    }
  }
}

/// Makes inputs for a target and runs them, one guest after the other.
package final class FuzzRunner {
  /// What came of an input.
  package enum Outcome: Sendable {
    /// It ran, or was refused.
    case done
    /// The renderer never reported the fence behind it.
    case fenceLost
  }

  private let target: FuzzTarget
  private var streams: StreamMutator
  private var texts: TextMutator
  private var random: SplitMix
  private let shaders: [[UInt8]]
  private var machine: GuestMachine?
  private var round: UInt64 = 0
  /// Inputs whose first submission ran to its end: few, and the damage is too gross; most, and it is too little.
  package private(set) var acceptedCount = 0

  /// Renderers are made anew after so many guests, so that their ends are fuzzed too.
  private static var guestsOfMachine: UInt64 { 2000 }
  /// Small, so that the limits are met, and draws stay short.
  private static var limits: GuestLimits {
    var limits = GuestLimits(memoryBytes: 256 << 20)
    limits.glContexts = 32
    limits.resources = 64
    limits.softwareWork = 1 << 17
    return limits
  }

  /// - Parameter shaders: TGSI texts to damage and to put into streams.
  package init(_ target: FuzzTarget, seed: UInt64, shaders: [[UInt8]]) {
    self.target = target
    let builtIn = [
      Scene.vertexShader, Scene.colorShader, Scene.textureShader, Scene.geometryShader, Scene.tessControlShader,
      Scene.tessEvaluationShader, Scene.computeShader,
    ]
    self.shaders = builtIn.map { Array($0.utf8) } + shaders
    random = SplitMix(state: seed)
    texts = TextMutator(seed: seed &* 3)
    streams = StreamMutator(
      seed: seed &* 5,
      shaders: self.shaders.map { (stage: UInt32(ShaderProbe.stage(of: $0).rawValue), text: $0) })
  }

  /// The next input, as the dwords that a report keeps.
  package func next() -> [UInt32] {
    guard target == .shaders else { return streams.next() }
    var text = random.pick(shaders)
    texts.damage(&text)
    return StreamBuilder.words(String(decoding: text, as: UTF8.self))
  }

  package func run(_ input: [UInt32]) throws -> Outcome {
    switch target {
    case .commands:
      for packet in Packet.split(input) { try? DecodeProbe.parse(packet) }
    case .shaders:
      var text = input.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } }
      text.removeAll { $0 == 0 }
      text.append(0)
      _ = ShaderProbe.run(text, stage: ShaderProbe.stage(of: text), random: &random)
    case .core, .compat, .es:
      round += 1
      if round % Self.guestsOfMachine == 0 { shutDown() }
      let machine = try machine ?? GuestMachine(flags: target.flags ?? 0, limits: Self.limits)
      self.machine = machine
      // Two submissions: what the first leaves bound meets the second.
      let half = Packet.join(Array(Packet.split(input).suffix(8)))
      guard let accepted = try machine.run([input, half], round: round) else { return .fenceLost }
      if accepted > 0 { acceptedCount += 1 }
    }
    return .done
  }

  package func shutDown() {
    machine?.shutDown()
    machine = nil
  }
}
