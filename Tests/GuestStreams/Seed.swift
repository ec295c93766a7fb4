import WireFormat

/// A short stream of an ordinary guest about one command: what decode tests read and fuzzers damage.
package struct Seed: Sendable, CustomStringConvertible {
  package let name: String
  /// The command it is about; its last packet of that code is the one that decode tests look at.
  package let command: CommandCode
  /// Runs after `Scene.state()`, which gives it objects 1 to 7 and something to draw on.
  package let dwords: [UInt32]

  package var description: String { name }

  package init(_ name: String, _ command: CommandCode, _ build: (inout StreamBuilder) -> Void) {
    var stream = StreamBuilder()
    build(&stream)
    self.name = name
    self.command = command
    dwords = stream.dwords
  }

  /// The payload of the last packet of this seed's command.
  package var payload: [UInt32] { Packet.split(dwords).last { $0.code == command.rawValue }?.payload ?? [] }

  package static let all = objects + state + bindings + work + queries + data

  /// State and every seed, one after the other.
  package static var busy: [UInt32] {
    Scene.state().dwords + all.filter { !$0.isRefused }.flatMap(\.dwords)
  }

  /// Commands that are not advertised.
  package var isRefused: Bool { (53...61).contains(command.rawValue) }
}

/// One packet of a stream.
package struct Packet: Equatable, Sendable {
  package var code: UInt8
  package var object: UInt8
  package var payload: [UInt32]

  package init(code: UInt8, object: UInt8, payload: [UInt32]) {
    self.code = code
    self.object = object
    self.payload = payload
  }

  /// The whole packets of a stream; what follows the last of them is lost.
  package static func split(_ stream: [UInt32]) -> [Packet] {
    var packets: [Packet] = []
    var position = 0
    while position < stream.count {
      let header = stream[position]
      let end = position + 1 + Int(header >> 16)
      guard end <= stream.count else { break }
      packets.append(
        Packet(
          code: UInt8(truncatingIfNeeded: header), object: UInt8(truncatingIfNeeded: header >> 8),
          payload: Array(stream[position + 1..<end])))
      position = end
    }
    return packets
  }

  package static func join(_ packets: [Packet]) -> [UInt32] {
    var stream = StreamBuilder()
    for packet in packets { stream.raw(packet.code, object: packet.object, packet.payload) }
    return stream.dwords
  }
}
