import WireFormat

/// Damages streams so that most of their commands still reach the code behind the parsers: packets stay whole, and
/// words become numbers that mean something to somebody.
package struct StreamMutator {
  private var random: SplitMix
  /// Texts that shader packets may get instead of their own, by stage.
  private let shaders: [(stage: UInt32, text: [UInt8])]
  private var texts: TextMutator
  private let pool: [Packet]
  private let seeds = Seed.all.filter { !$0.isRefused }

  /// - Parameter shaders: TGSI texts, by stage.
  package init(seed: UInt64, shaders: [(stage: UInt32, text: [UInt8])]) {
    random = SplitMix(state: seed)
    texts = TextMutator(seed: ~seed)
    self.shaders = shaders
    pool = Seed.all.flatMap { Packet.split($0.dwords) } + Packet.split(Scene.state().dwords)
  }

  /// A stream made of a scene and a few seeds, damaged.
  package mutating func next() -> [UInt32] {
    var packets = Packet.split(Scene.state().dwords)
    for _ in 0...random.below(5) { packets += Packet.split(random.pick(seeds).dwords) }
    // Mostly little, so that much of the stream still runs.
    for _ in 0..<random.below(random.oneIn(4) ? 9 : 3) { damage(&packets) }
    var stream = Packet.join(packets)
    if random.oneIn(50), !stream.isEmpty { stream[random.below(stream.count)] = word() }
    if random.oneIn(50) { stream.removeLast(random.below(min(stream.count, 8))) }
    return stream
  }

  private mutating func damage(_ packets: inout [Packet]) {
    guard !packets.isEmpty else { return }
    let place = random.below(packets.count)
    switch random.below(16) {
    case 0: packets.remove(at: place)
    case 1: packets.insert(packets[random.below(packets.count)], at: place)
    case 2: packets.swapAt(place, random.below(packets.count))
    case 3, 4: packets.insert(random.pick(pool), at: place)
    case 5: packets[place].object = UInt8(random.below(13))
    case 6: packets[place].payload += (0...random.below(8)).map { _ in word() }
    case 7: packets[place].payload.removeLast(min(packets[place].payload.count, 1 + random.below(6)))
    case 8, 9:
      guard let shader = packets.indices.filter({ packets[$0].isShader }).randomElement(using: &random) else { return }
      replaceText(&packets[shader])
    default:
      for _ in 0...random.below(3) where !packets[place].payload.isEmpty {
        packets[place].payload[random.below(packets[place].payload.count)] = word()
      }
    }
  }

  /// Boundaries of integers and floats, handles, resources, formats, sizes, noise.
  private mutating func word() -> UInt32 {
    switch random.below(8) {
    case 0: random.pick([0, 1, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff, 0xffff_fffe, 0xffff, 0x1_0000, 0x8000])
    case 1: random.pick([0x7fc0_0000, 0x7f80_0000, 0xff80_0000, 0x8000_0000, 0x3f80_0000, 0x7f7f_ffff, 1])
    case 2, 3: UInt32(random.below(24))
    case 4: UInt32(random.below(340))
    case 5: 1 << UInt32(random.below(32))
    case 6: UInt32(random.below(40) * 4)
    default: random.word()
    }
  }

  /// Another text, or the old one damaged, in one packet whose lengths fit.
  private mutating func replaceText(_ packet: inout Packet) {
    guard packet.payload.count > 5 else { return }
    let header = packet.payload[1] == 5 || packet.payload[4] == 0 ? 5 : 9 + 2 * Int(min(packet.payload[4], 64))
    guard header < packet.payload.count else { return }
    var text = packet.payload[header...].flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } }
    text.removeAll { $0 == 0 }
    if random.oneIn(2), let other = shaders.randomElement(using: &random) {
      packet.payload[1] = other.stage
      packet.payload[4] = 0
      packet.payload.removeSubrange(5..<header)
      replace(&packet, from: 5, other.text)
    } else {
      texts.damage(&text)
      replace(&packet, from: header, text)
    }
  }

  private func replace(_ packet: inout Packet, from header: Int, _ text: [UInt8]) {
    let words = StreamBuilder.words(String(decoding: text, as: UTF8.self))
    packet.payload[2] = UInt32(truncatingIfNeeded: words.count * 4)
    packet.payload.replaceSubrange(header..., with: words)
  }
}

extension Packet {
  fileprivate var isShader: Bool {
    code == CommandCode.createObject.rawValue && object == ObjectKind.shader.rawValue && payload.count > 5
  }
}
