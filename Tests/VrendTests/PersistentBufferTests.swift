import GuestStreams
import Platform
import Testing
import VirtioGPU
import WireFormat

@testable import RendererCore
@testable import Vrend

extension EngineSuites {
  /// Buffers of the host that the guest maps: made by a command, handed out as a blob, mapped by the VMM.
  @Suite(.serialized) struct PersistentBufferTests {
    private static let red: UInt32 = 0xff00_00ff
    private static let flavours = [false, true]
    private static let blob: UInt32 = 50

    /// PIPE_RESOURCE_CREATE of a buffer that can be mapped, parked under `key`.
    private static func park(
      _ key: UInt32, width: UInt32 = 4096, bind: UInt32 = 1 << 4, flags: UInt32 = 6
    ) -> [UInt32] {
      var stream = StreamBuilder()
      stream.packet(.pipeResourceCreate, [0, WireFormats.bytes, bind, width, 1, 1, 1, 0, 0, flags, key])
      return stream.dwords
    }

    /// CREATE_BLOB of what is parked under `key`, attached to the context.
    private static func take(
      _ key: UInt64, as id: UInt32 = blob, size: UInt64 = 4096, of rig: StreamRig
    ) throws {
      let request = BlobRequest(resource: ResourceID(id), blobID: key, flags: .mappable, size: size)
      try rig.renderer.createBlob(request, memory: .host3D, context: rig.first, pages: nil)
      try rig.renderer.attach(ResourceID(id), to: rig.first)
    }

    /// A rig with a mapped buffer of a page, resource 50.
    private static func withMapping(
      _ es: Bool, bind: UInt32 = 1 << 4, _ body: (StreamRig, ResourceMapping) throws -> Void
    ) throws {
      try StreamRig.with(es ? .es : .core) { rig in
        try Scene.makeResources(rig)
        try rig.submit(park(7, bind: bind))
        try take(7, of: rig)
        try body(rig, rig.renderer.map(ResourceID(blob)))
      }
    }

    private static func words(_ mapping: ResourceMapping, _ count: Int) -> [UInt32] {
      (0..<count).map { mapping.start.load(fromByteOffset: $0 * 4, as: UInt32.self) }
    }

    private static func store(_ words: [UInt32], in mapping: ResourceMapping) {
      for (index, word) in words.enumerated() {
        mapping.start.storeBytes(of: word, toByteOffset: index * 4, as: UInt32.self)
      }
    }

    // MARK: What guests use it for

    /// The guest writes vertices into the mapping; the GPU writes what the guest reads there.
    @Test(arguments: flavours) func bothSidesSeeTheSameMemory(es: Bool) throws {
      try Self.withMapping(es) { rig, mapping in
        #expect(mapping.byteCount == 4096 && UInt(bitPattern: mapping.start) % 4096 == 0)
        #expect(Self.words(mapping, 1024).allSatisfy { $0 == 0 })

        Self.store(Scene.coveringTriangle([1, 0, 0, 1]), in: mapping)
        var stream = Scene.state()
        stream.packet(.setVertexBuffers, [32, 0, Self.blob])
        stream.draw(count: 3)
        try rig.submit(stream)
        #expect(try rig.pixels(1).allSatisfy { $0 == Self.red })

        var copy = StreamBuilder()
        copy.write(3, width: 16, [11, 22, 33, 44])
        copy.packet(.resourceCopyRegion, [Self.blob, 0, 64, 0, 0, 3, 0, 0, 0, 0, 16, 1, 1])
        copy.write(Self.blob, width: 8, [1, 2])
        try rig.submit(copy)
        #expect(try rig.finish(1))
        #expect(Self.words(mapping, 20)[16...] == [11, 22, 33, 44])
        #expect(Self.words(mapping, 2) == [1, 2])
        try rig.renderer.unmap(ResourceID(Self.blob))
      }
    }

    /// Transfers move the bytes that the mapping shows.
    @Test(arguments: flavours) func transfersOfAMappedBuffer(es: Bool) throws {
      try Self.withMapping(es) { rig, mapping in
        Self.store([5, 6, 7, 8], in: mapping)
        let box = Box(x: 4, y: 0, z: 0, width: 8, height: 1, depth: 1)
        let transfer = Transfer(level: 0, stride: 0, layerStride: 0, box: box, offset: 0)
        let memory = TestMemory([UInt8](repeating: 0, count: 8), pieces: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1])
        let id = ResourceID(Self.blob)
        try memory.use { try rig.renderer.transfer(transfer, .fromHost, id, context: rig.first, memory: $0) }
        #expect(memory.bytes == [6, 0, 0, 0, 7, 0, 0, 0])
        try rig.renderer.unmap(id)
        try memory.use { try rig.renderer.transfer(transfer, .fromHost, id, context: rig.first, memory: $0) }
        #expect(memory.bytes == [6, 0, 0, 0, 7, 0, 0, 0])

        let again = try rig.renderer.map(id)
        let change = TestMemory([9, 0, 0, 0, 10, 0, 0, 0], pieces: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1])
        try change.use { try rig.renderer.transfer(transfer, .toHost, id, context: rig.first, memory: $0) }
        #expect(try rig.finish(1))
        #expect(Self.words(again, 4) == [5, 9, 10, 8])
      }
    }

    @Test(arguments: flavours) func guestsAreToldWhereMonitorsMap(es: Bool) throws {
      let embedded: UInt32 = es ? 1 << 4 : 0
      for (flags, isOffered) in [(0, true), (1 << 5, false)] as [(UInt32, Bool)] {
        let renderer = try Renderer(
          flags: 1 | 1 << 3 | embedded | flags, fences: FenceRecord(), platform: nil, host: NoDescriptors(),
          log: .silent)
        defer { renderer.shutDown() }
        var bytes = [UInt8](repeating: 0, count: CapsetV2.size)
        bytes.withUnsafeMutableBytes { renderer.fillCapset(2, version: 2, into: $0) }
        #expect((bytes[395] & 0x80 != 0) == isOffered)
        #expect(renderer.vrend?.mappingCaching == .cached)
      }
    }

    // MARK: What guests may try

    /// A mapping is of whole pages, all of them the buffer's own: what a guest sees beyond its width is zero.
    @Test(arguments: flavours) func oddSizesTakeWholePages(es: Bool) throws {
      try StreamRig.with(es ? .es : .core) { rig in
        try rig.submit(Self.park(1, width: 100) + Self.park(2, width: 4097))
        try Self.take(1, of: rig)
        let first = try rig.renderer.map(ResourceID(Self.blob))
        #expect(first.byteCount == 4096 && Self.words(first, 1024).allSatisfy { $0 == 0 })

        #expect(throws: Fault.self) { try Self.take(2, as: 51, size: 8193, of: rig) }
        #expect(!rig.renderer.hasResource(ResourceID(51)))
        try Self.take(2, as: 51, size: 8192, of: rig)
        #expect(try rig.renderer.map(ResourceID(51)).byteCount == 8192)
      }
    }

    @Test func blobIDsNameOneStorageOnce() throws {
      try StreamRig.with { rig in
        try rig.submit(Self.park(1))
        for key: UInt64 in [0, 2, 1 << 32 | 1, .max] { #expect(throws: Fault.self) { try Self.take(key, of: rig) } }
        try Self.take(1, of: rig)
        #expect(throws: Fault.self) { try Self.take(1, as: 51, of: rig) }
        #expect(throws: Fault.self) { try Self.take(1, of: rig) }
      }
    }

    /// Only what was made for it is mapped: other buffers and textures move, or have no address.
    @Test func otherStorageIsNotMapped() throws {
      try StreamRig.with { rig in
        var texture = StreamBuilder()
        texture.packet(.pipeResourceCreate, [2, WireFormats.rgba8, 8, 16, 16, 1, 1, 0, 0, 0, 2])
        try rig.submit(Self.park(1, flags: 0) + texture.dwords + Self.park(3, bind: 1 << 17))
        for key: UInt64 in 1...3 {
          let id = ResourceID(50 + UInt32(key))
          try Self.take(key, as: id.rawValue, size: 256, of: rig)
          let fault = #expect(throws: Fault.self) { try rig.renderer.map(id) }
          #expect(fault?.code == .unsupported)
          #expect(try rig.renderer.resource(id).caching == .none)
        }
        texture = StreamBuilder()
        texture.packet(.pipeResourceCreate, [2, WireFormats.rgba8, 8, 16, 16, 1, 1, 0, 0, 6, 5])
        #expect(!rig.accepts(texture.dwords))
      }
    }

    /// Mapped, unmapped, destroyed and reset in every order that a monitor may choose for a guest.
    @Test(arguments: flavours) func endsOfMappings(es: Bool) throws {
      try Self.withMapping(es) { rig, _ in
        let id = ResourceID(Self.blob)
        #expect(throws: Fault.self) { try rig.renderer.map(id) }
        try rig.renderer.unmap(id)
        #expect(throws: Fault.self) { try rig.renderer.unmap(id) }
        _ = try rig.renderer.map(id)

        // The guest still draws from what it has destroyed.
        var stream = Scene.state()
        stream.packet(.setVertexBuffers, [32, 0, Self.blob])
        try rig.submit(stream)
        rig.renderer.destroyResource(id)
        #expect(throws: Fault.self) { try rig.renderer.unmap(id) }
        var draw = StreamBuilder()
        draw.draw(count: 3)
        try rig.submit(draw)

        // Its id is free again, and a context may end before the mapping.
        try rig.submit(Self.park(8))
        try Self.take(8, of: rig)
        let mapping = try rig.renderer.map(id)
        rig.renderer.destroyContext(rig.first)
        Self.store([1, 2, 3], in: mapping)
        #expect(Self.words(mapping, 4) == [1, 2, 3, 0])
        try rig.renderer.unmap(id)
        _ = try rig.renderer.map(id)
        rig.renderer.reset()
        #expect(!rig.renderer.hasResource(id))
        try rig.renderer.createContext(rig.first, capset: 2, name: DebugName("again"))
        try rig.submit(Self.park(9))
      }
    }

    /// Parameters that the guest can change while they are looked at: absurd draws are dropped all the same, and others
    /// draw. Without the look this test does not end.
    @Test(arguments: flavours) func parametersInAMappedBuffer(es: Bool) throws {
      try Self.withMapping(es, bind: 1 << 8) { rig, mapping in
        var stream = Scene.state()
        stream.append(Scene.write(Scene.coveringTriangle([1, 0, 0, 1])))
        try rig.submit(stream)
        var draw = StreamBuilder()
        draw.packet(.drawVBO, [0, 0, 4, 0, 1, 0, 0, 0, 0, 0, ~0, 0, 0, 0, Self.blob, 16, 16, 1, 0, 0])
        Self.store([0, 0, 0, 0, ~0, ~0, 0, 0], in: mapping)
        try rig.submit(draw)
        #expect(try rig.pixels(1).allSatisfy { $0 == 0xff00_0000 })
        Self.store([0, 0, 0, 0, 3, 1, 0, 0], in: mapping)
        try rig.submit(draw)
        #expect(try rig.pixels(1).allSatisfy { $0 == Self.red })

        var dispatch = StreamBuilder()
        dispatch.createShader(20, stage: 5, Scene.computeShader)
        dispatch.bindShader(20, stage: 5)
        dispatch.packet(.setShaderBuffers, [5, 0, 0, 64, 3])
        dispatch.packet(.launchGrid, [4, 1, 1, 0, 0, 0, Self.blob, 32])
        for groups: UInt32 in [0xffff, 3] {
          Self.store([0, 0, 0, 0, 0, 0, 0, 0, groups, groups == 3 ? 1 : groups, 1], in: mapping)
          try rig.submit(dispatch)
        }
        #expect(try rig.finish(1))
      }
    }
  }
}
