import Glibc
import Platform
import RendererCore
import Testing
import VirtioGPU

/// Resources by id: creation, guest memory, blobs, transfers through the table.
extension RendererSuites {
  @Suite(.serialized) struct ResourceTableTests {
    private static let renderTarget: UInt32 = 2
    private static let custom: UInt32 = 1 << 17
    /// B8G8R8A8_UNORM and R8_UNORM.
    private static let bgra: UInt32 = 1
    private static let r8: UInt32 = 64

    private func texture(_ handle: UInt32, side: UInt32 = 4) -> ResourceCreateArguments {
      ResourceCreateArguments(
        handle: handle, target: 2, format: Self.bgra, bind: Self.renderTarget, width: side, height: side)
    }

    private func withRenderer(_ body: (Renderer) throws -> Void) throws {
      let renderer = try Client().makeRenderer(.surfaceless)
      defer { renderer.shutDown() }
      try body(renderer)
    }

    private func withMemory<R>(_ bytes: inout [UInt8], _ body: (GuestMemory) throws -> R) throws -> R {
      try bytes.withUnsafeMutableBytes { bytes in
        var vector = iovec(iov_base: bytes.baseAddress, iov_len: bytes.count)
        return try withUnsafeMutablePointer(to: &vector) { try body(try GuestMemory(vectors: $0, count: 1)) }
      }
    }

    @Test func idsAreGivenOnce() throws {
      try withRenderer { renderer in
        #expect(throws: Fault.self) { try renderer.createResource(texture(0), image: nil, memory: nil) }
        try renderer.createResource(texture(1), image: nil, memory: nil)
        let fault = #expect(throws: Fault.self) { try renderer.createResource(texture(1), image: nil, memory: nil) }
        #expect(fault?.code == .duplicate)
        #expect(throws: Fault.self) {
          try renderer.createResource(texture(2, side: 1 << 30), image: nil, memory: nil)
        }
        #expect(!renderer.hasResource(ResourceID(2)))
        renderer.destroyResource(ResourceID(1))
        renderer.destroyResource(ResourceID(1))
        #expect(throws: Fault.self) { try renderer.describe(ResourceID(1)) }
        try renderer.createResource(texture(1), image: nil, memory: nil)
      }
    }

    @Test func describesATexture() throws {
      try withRenderer { renderer in
        var arguments = texture(5, side: 64)
        arguments.flags = 1
        try renderer.createResource(arguments, image: nil, memory: nil)
        let info = try renderer.describe(ResourceID(5))
        #expect(info.format == Self.bgra && info.width == 64 && info.height == 64 && info.depth == 1)
        #expect(info.flags == 1 && info.stride == 256 && info.descriptor == -1)
        #expect(info.texture != 0)
        let layout = try renderer.exportLayout(of: ResourceID(5), withDescriptors: false)
        #expect(layout.bufferCount == 0 && layout.modifier == 0x00FF_FFFF_FFFF_FFFF)
        #expect(throws: Fault.self) { try renderer.exportLayout(of: ResourceID(5), withDescriptors: true) }
        #expect(throws: Fault.self) { try renderer.exportTexture(info.texture) }
      }
    }

    @Test func transfersThroughBackingAndThroughTheCall() throws {
      try withRenderer { renderer in
        try renderer.makeContext(1)
        try renderer.createResource(texture(1), image: nil, memory: nil)
        var pixels = (0..<64).map { UInt8($0 * 3) }
        let expected = pixels
        let whole = Transfer(
          level: 0, stride: 0, layerStride: 0, box: Box(x: 0, y: 0, z: 0, width: 4, height: 4, depth: 1), offset: 0)
        let id = ResourceID(1)
        #expect(throws: Fault.self) { try renderer.transfer(whole, .toHost, id, context: .host, memory: nil) }
        try withMemory(&pixels) { memory in
          try renderer.resource(id).attach(memory)
          #expect(throws: Fault.self) { try renderer.transfer(whole, .toHost, id, context: ContextID(1), memory: nil) }
          try renderer.attach(id, to: ContextID(1))
          try renderer.transfer(whole, .toHost, id, context: ContextID(1), memory: nil)
          #expect(try renderer.detachBacking(id)?.vectors == memory.vectors)
        }
        var back = [UInt8](repeating: 0, count: 64)
        try withMemory(&back) { try renderer.transfer(whole, .fromHost, id, context: .host, memory: $0) }
        #expect(back == expected)

        var rectangle = [UInt8](repeating: 0, count: 64)
        try withMemory(&rectangle) {
          try renderer.readRectangle(
            of: id, Box(x: 1, y: 2, z: 0, width: 2, height: 1, depth: 1), offset: 36, memory: $0)
        }
        #expect(Array(rectangle[36..<44]) == Array(expected[36..<44]))

        let cursor = try renderer.cursorImage(of: id)
        #expect(cursor.width == 4 && cursor.height == 4)
        #expect(Array(cursor.pixels[..<16]) == Array(expected[48...]))
      }
    }

    /// QEMU makes the dumb buffers of guests' kernels with Y_0_TOP and shows the cursor as it is returned.
    @Test func aTopDownCursorIsUpright() throws {
      try withRenderer { renderer in
        var arguments = texture(1)
        arguments.flags = 1
        try renderer.createResource(arguments, image: nil, memory: nil)
        var pixels = (0..<64).map { UInt8($0 * 3) }
        let expected = pixels
        let whole = Transfer(
          level: 0, stride: 0, layerStride: 0, box: Box(x: 0, y: 0, z: 0, width: 4, height: 4, depth: 1), offset: 0)
        try withMemory(&pixels) { try renderer.transfer(whole, .toHost, ResourceID(1), context: .host, memory: $0) }
        #expect(try renderer.cursorImage(of: ResourceID(1)).pixels == expected)
      }
    }

    @Test func hostileTransfersAreRefused() throws {
      try withRenderer { renderer in
        try renderer.createResource(texture(1), image: nil, memory: nil)
        var bytes = [UInt8](repeating: 0, count: 64)
        try withMemory(&bytes) { memory in
          for (box, offset, level) in [
            (Box(x: 0, y: 0, z: 0, width: 5, height: 4, depth: 1), 0, 0),
            (Box(x: -1, y: 0, z: 0, width: 4, height: 4, depth: 1), 0, 0),
            (Box(x: 0, y: 0, z: .min, width: 4, height: 4, depth: .max), 0, 0),
            (Box(x: .max, y: .max, z: 0, width: .max, height: .max, depth: 1), 0, 0),
            (Box(x: 0, y: 0, z: 0, width: 4, height: 4, depth: 1), .max, 0),
            (Box(x: 0, y: 0, z: 0, width: 4, height: 4, depth: 1), 1, 0),
            (Box(x: 0, y: 0, z: 0, width: 1, height: 1, depth: 1), 0, .max),
          ] as [(Box, UInt64, UInt32)] {
            let transfer = Transfer(level: level, stride: 0, layerStride: 0, box: box, offset: offset)
            for direction in [Transfer.Direction.toHost, .fromHost] {
              #expect(throws: Fault.self) {
                try renderer.transfer(transfer, direction, ResourceID(1), context: .host, memory: memory)
              }
            }
          }
        }
      }
    }

    /// A CUSTOM buffer lives in host memory while no guest memory is attached.
    @Test func customBuffersMoveWithTheirBacking() throws {
      try withRenderer { renderer in
        let id = ResourceID(3)
        try renderer.createResource(
          ResourceCreateArguments(handle: 3, target: 0, format: Self.r8, bind: Self.custom, width: 16), image: nil,
          memory: nil)
        var first = [UInt8](repeating: 1, count: 16)
        try withMemory(&first) { memory in
          try renderer.resource(id).attach(memory)
        }
        #expect(first == Array(repeating: 0, count: 16))
      }
    }

    @Test func guestBlobs() throws {
      try withRenderer { renderer in
        var bytes = [UInt8](repeating: 0, count: 4096)
        try withMemory(&bytes) { memory in
          func blob(_ id: UInt32, _ size: UInt64, _ kind: BlobMemory, _ pages: GuestMemory?) throws {
            try renderer.createBlob(
              BlobRequest(resource: ResourceID(id), blobID: 0, flags: .mappable, size: size), memory: kind,
              context: ContextID(1), pages: pages)
          }
          #expect(throws: Fault.self) { try blob(0, 4096, .guest, memory) }
          #expect(throws: Fault.self) { try blob(1, 0, .guest, memory) }
          #expect(throws: Fault.self) { try blob(1, 4097, .guest, memory) }
          #expect(throws: Fault.self) { try blob(1, 4096, .guest, nil) }
          #expect(throws: Fault.self) { try blob(1, 4096, .guestVRAM, nil) }
          #expect(throws: Fault.self) { try blob(1, 4096, .host3D, memory) }
          // No context 1 yet, then nothing parked under the blob id.
          #expect(throws: Fault.self) { try blob(1, 4096, .host3D, nil) }
          try renderer.makeContext(1)
          #expect(throws: Fault.self) { try blob(1, 4096, .host3D, nil) }
          try blob(1, 4096, .guest, memory)
          #expect(throws: Fault.self) { try blob(1, 4096, .guest, memory) }
          #expect(try renderer.resource(ResourceID(1)).caching == .cached)
          #expect(throws: Fault.self) { try renderer.map(ResourceID(1)) }
          #expect(try renderer.detachBacking(ResourceID(1))?.vectors == memory.vectors)
        }
      }
    }

    @Test func importedBlobs() throws {
      try withRenderer { renderer in
        let descriptor = try OwnedDescriptor(sharedMemory: "import", byteCount: 4096).take()
        func importBlob(_ id: UInt32, _ memory: BlobMemory, _ descriptor: CInt, _ size: UInt64) throws {
          try renderer.importBlob(
            ResourceID(id), memory: memory, kind: .sharedMemory, descriptor: descriptor, size: size)
        }
        for refused in [
          { try importBlob(0, .host3D, descriptor, 4096) }, { try importBlob(1, .guest, descriptor, 4096) },
          { try importBlob(1, .host3D, -1, 4096) }, { try importBlob(1, .host3D, descriptor, 0) },
        ] { #expect(throws: Fault.self) { try refused() } }
        // The client still owns it.
        #expect(fcntl(descriptor, F_GETFD) != -1)
        try importBlob(1, .guestVRAM, descriptor, 4096)
        let mapping = try renderer.map(ResourceID(1))
        #expect(mapping.byteCount == 4096)
        #expect(throws: Fault.self) { try renderer.map(ResourceID(1)) }
        try renderer.unmap(ResourceID(1))
        #expect(throws: Fault.self) { try renderer.unmap(ResourceID(1)) }
        #expect(try renderer.describe(ResourceID(1)).descriptor == descriptor)
        #expect(throws: Fault.self) { try renderer.cursorImage(of: ResourceID(1)) }
        _ = try renderer.map(ResourceID(1))
        renderer.destroyResource(ResourceID(1))
        #expect(fcntl(descriptor, F_GETFD) == -1)
      }
    }

    @Test func layoutsNeedAnAllocator() throws {
      try withRenderer { renderer in
        let unknown = #expect(throws: Fault.self) {
          try renderer.queryLayout(ResourceID(9), LayoutRequest(width: 1, height: 1, format: 1, bind: 0))
        }
        #expect(unknown?.code == .notFound)
        let probe = #expect(throws: Fault.self) {
          try renderer.queryLayout(ResourceID(0), LayoutRequest(width: 64, height: 64, format: 1, bind: 0))
        }
        #expect(probe?.code == .unsupported)
      }
    }

    @Test func resetForgetsIDs() throws {
      try withRenderer { renderer in
        try renderer.makeContext(1)
        try renderer.createResource(texture(1), image: nil, memory: nil)
        try renderer.attach(ResourceID(1), to: ContextID(1))
        renderer.reset()
        #expect(!renderer.hasResource(ResourceID(1)) && !renderer.hasContext(ContextID(1)))
        try renderer.makeContext(1)
        try renderer.createResource(texture(1), image: nil, memory: nil)
        #expect(throws: Fault.self) { try renderer.attach(ResourceID(2), to: ContextID(1)) }
        #expect(throws: Fault.self) { try renderer.attach(ResourceID(1), to: ContextID(2)) }
      }
    }
  }
}
