import GLDriver
import GuestStreams
import Testing
import WireFormat

@testable import Vrend

extension EngineSuites {
  /// Logic operations: GL's own on desktop hosts, the fragment shader's on ES, where GL has none.
  @Suite(.serialized) struct LogicOpTests {
    private static let source: [UInt32] = [0x5a, 0xc3, 0x0f, 0x81]
    private static let destination: [UInt32] = [0x3c, 0xa5, 0xff, 0x18]

    /// In the order of Gallium's PIPE_LOGICOP_*.
    private static let operations: [@Sendable (UInt32, UInt32) -> UInt32] = [
      { _, _ in 0 }, { ~($0 | $1) }, { ~$0 & $1 }, { s, _ in ~s }, { $0 & ~$1 }, { ~$1 }, { $0 ^ $1 }, { ~($0 & $1) },
      { $0 & $1 }, { ~($0 ^ $1) }, { $1 }, { ~$0 | $1 }, { s, _ in s }, { $0 | ~$1 }, { $0 | $1 }, { _, _ in ~0 },
    ]

    private func color(_ bytes: [UInt32]) -> [Float] { bytes.map { Float($0) / 255 } }

    @Test(arguments: [GLFlavour.core, .compat, .es]) func everyOperation(_ flavour: GLFlavour) throws {
      try StreamRig.with(flavour) { rig in
        try Scene.makeResources(rig)
        try rig.submit(Scene.state())
        try rig.submit(Scene.write(Scene.coveringTriangle(color(Self.source))))
        let clear = color(Self.destination)
        for (number, operation) in Self.operations.enumerated() {
          var stream = StreamBuilder()
          stream.clear(clear[0], clear[1], clear[2], clear[3])
          let handle = UInt32(100 + number)
          stream.create(.blend, handle, [0b10, UInt32(number)] + [UInt32](repeating: 0xf << 27, count: 8))
          stream.bind(.blend, handle)
          stream.draw(count: 3)
          try rig.submit(stream)
          let expected = (0..<4).reduce(UInt32(0)) {
            $0 | (operation(Self.source[$1], Self.destination[$1]) & 0xff) << UInt32(8 * $1)
          }
          #expect(try rig.pixels(1).allSatisfy { $0 == expected }, "operation \(number)")
        }
      }
    }
  }
}
