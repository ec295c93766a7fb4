import Foundation
import FuzzSupport
import GuestStreams
import TestSupport
import Testing
import WireFormat

/// The seeds as a whole: every command has one, each parses, and the files are what the builders make.
struct SeedTests {
  private static let updates = ProcessInfo.processInfo.environment["VIRGL_UPDATE_SNAPSHOTS"] == "1"
  private static let folder = Repository.root.appending(path: "Tests/Fixtures/streams/seeds")

  @Test(arguments: CommandCode.allCases) func everyCommandHasASeed(code: CommandCode) {
    #expect(Seed.all.contains { $0.command == code })
  }

  @Test func everyObjectKindHasASeed() {
    let kinds = Seed.all.flatMap { Packet.split($0.dwords) }.filter { $0.code == CommandCode.createObject.rawValue }
    for kind in ObjectKind.allCases { #expect(kinds.contains { $0.object == kind.rawValue }, "\(kind)") }
  }

  @Test(arguments: Seed.all) func seedsParse(seed: Seed) throws {
    for packet in Packet.split(seed.dwords) {
      if seed.isRefused {
        #expect(throws: CommandFault.self) { try DecodeProbe.parse(packet) }
      } else {
        try DecodeProbe.parse(packet)
      }
    }
  }

  /// Every packet with dwords missing: refused, or shorter by design, but never beyond its end.
  @Test(arguments: Seed.all) func shortenedSeedsAreRefusedOrParse(seed: Seed) {
    for packet in Packet.split(seed.dwords) {
      for length in 0..<min(packet.payload.count, 40) {
        var shorter = packet
        shorter.payload = Array(packet.payload.prefix(length))
        try? DecodeProbe.parse(shorter)
      }
    }
  }

  /// Commands of one length refuse every other.
  @Test(arguments: [
    "blend", "rasterizer", "sampler-view", "sampler-state", "surface", "query", "stipple", "stencil-reference",
    "blend-colour", "tessellation-levels", "uniform-buffer", "link-shader", "clear", "clear-surface", "clear-texture",
    "dispatch", "blit", "copy", "copy-transfer", "parked-resource", "query-result", "render-condition",
  ])
  func lengthsAreExact(name: String) throws {
    let seed = try #require(Seed.all.first { $0.name == name })
    let packet = try #require(Packet.split(seed.dwords).first { $0.code == seed.command.rawValue })
    for length in 0...packet.payload.count + 3 where length != packet.payload.count {
      var other = packet
      other.payload = Array((packet.payload + [0, 0, 0]).prefix(length))
      #expect(throws: CommandFault.self) { try DecodeProbe.parse(other) }
    }
  }

  @Test(arguments: Seed.all) func filesAreWhatTheBuildersMake(seed: Seed) throws {
    let file = Self.folder.appending(path: seed.name + ".stream")
    let text = StreamText.encode(seed.dwords)
    if Self.updates { try text.write(to: file, atomically: true, encoding: .utf8) }
    let kept = try String(contentsOf: file, encoding: .utf8)
    #expect(kept == text)
    #expect(StreamText.decode(kept) == seed.dwords)
  }

  @Test func textKeepsWhatIsNoPacket() {
    let stream: [UInt32] = [0x0001_0aff, 7, 0xffff_0000, 1, 2]
    #expect(StreamText.decode(StreamText.encode(stream)) == stream)
    #expect(StreamText.decode("nonsense 1 2") == nil)
    #expect(StreamText.decode("clear 1 x") == nil)
  }
}
