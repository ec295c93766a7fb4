import Glibc
import Platform
import RendererCore
import Testing
import VirtioGPU

/// Data that calls bring and ask for while work of the context waits for a fence.
extension RendererSuites {
  @Suite(.serialized) struct FenceWaitDataTests {
    private let client = Client()
    private let gate: TestFence

    init() throws { gate = try TestFence() }

    private func withHeldContext(
      _ submission: [UInt32] = [0], _ flags: Configuration.Flags = .surfaceless, patience: UInt64 = 5000,
      _ body: (Renderer) throws -> Void
    ) throws {
      let renderer = try client.makeRenderer(flags, patience: patience)
      defer { renderer.shutDown() }
      try renderer.makeContext(1)
      try renderer.makeContext(2)
      try renderer.createResource(
        ResourceCreateArguments(handle: 1, target: 0, format: 64, bind: 1 << 4, width: 16), image: nil, memory: nil)
      try renderer.attach(ResourceID(1), to: ContextID(1))
      try renderer.attachFence(gate.share(), to: ContextID(1))
      try renderer.submit(submission.span, to: ContextID(1))
      #expect(renderer.statistics.submissions == 0)
      try body(renderer)
    }

    /// Opens the gate and polls until the held submissions have run.
    private func openGate(_ renderer: Renderer, submissions: UInt64 = 1) -> Bool {
      gate.signal()
      let deadline = Monotonic.now.advanced(milliseconds: 10_000)
      while renderer.statistics.submissions < submissions, Monotonic.now < deadline {
        renderer.poll()
        usleep(200)
      }
      return renderer.statistics.submissions == submissions
    }

    private func inlineWrite(to resource: UInt32, at x: UInt32, _ value: UInt32) -> [UInt32] {
      [12 << 16 | 9, resource, 0, 0, 0, 0, x, 0, 0, 4, 1, 1, value]
    }

    private func storage(_ blobID: UInt32, width: UInt32 = 16) -> [UInt32] {
      [11 << 16 | 48, 0, 64, 1 << 4, width, 1, 1, 1, 0, 0, 0, blobID]
    }

    private func transfer(_ count: Int32) -> Transfer {
      Transfer(
        level: 0, stride: 0, layerStride: 0, box: Box(x: 0, y: 0, z: 0, width: count, height: 1, depth: 1), offset: 0)
    }

    /// A transfer between a buffer and memory of the caller's, which is gone afterwards.
    private func move(
      _ renderer: Renderer, _ direction: Transfer.Direction, _ resource: UInt32, _ bytes: inout [UInt8]
    ) throws {
      let count = bytes.count
      try bytes.withUnsafeMutableBytes { bytes in
        // Two entries, as guests' pages are.
        var vectors = [
          iovec(iov_base: bytes.baseAddress, iov_len: 3), iovec(iov_base: bytes.baseAddress! + 3, iov_len: count - 3),
        ]
        try vectors.withUnsafeMutableBufferPointer { vectors in
          try renderer.transfer(
            transfer(Int32(count)), direction, ResourceID(resource), context: ContextID(1),
            memory: try GuestMemory(vectors: vectors.baseAddress, count: 2))
        }
      }
    }

    private func read(_ renderer: Renderer, _ resource: UInt32 = 1) throws -> [UInt8] {
      var bytes = [UInt8](repeating: 0xEE, count: 16)
      try move(renderer, .fromHost, resource, &bytes)
      return bytes
    }

    // MARK: The caller's memory

    /// What the caller brings is kept for the time after the held work.
    @Test func writesFromTheCallersMemoryStayBehindHeldWork() throws {
      try withHeldContext(inlineWrite(to: 1, at: 0, 0x0707_0707) + inlineWrite(to: 1, at: 8, 0x0808_0808)) { renderer in
        let before = renderer.statistics.heldBytes
        var bytes: [UInt8] = [1, 2, 3, 4, 5, 6]
        try move(renderer, .toHost, 1, &bytes)
        #expect(renderer.statistics.heldBytes > before)
        // The caller uses its memory for something else.
        bytes = [9, 9, 9, 9, 9, 9]
        try renderer.submit(inlineWrite(to: 1, at: 4, 0x0A0A_0A0A).span, to: ContextID(1))
        #expect(openGate(renderer, submissions: 2))
        #expect(try read(renderer) == [1, 2, 3, 4, 10, 10, 10, 10, 8, 8, 8, 8, 0, 0, 0, 0])
        #expect(renderer.statistics.heldBytes == 0)
      }
    }

    /// A read has to be over when the call returns, and the fence may be one that only the caller can bring on.
    @Test func readsIntoTheCallersMemorySeeWhatHasRun() throws {
      try withHeldContext(inlineWrite(to: 1, at: 0, 0x0707_0707)) { renderer in
        #expect(try read(renderer) == Array(repeating: 0, count: 16))
        #expect(openGate(renderer))
        let bytes = try read(renderer)
        #expect(bytes.prefix(5) == [7, 7, 7, 7, 0])
      }
    }

    @Test func keptWritesAreBounded() throws {
      try withHeldContext { renderer in
        var bytes = [UInt8](repeating: 1, count: 1 << 20)
        let refused = #expect(throws: Fault.self) {
          for _ in 0..<100 { try move(renderer, .toHost, 1, &bytes) }
        }
        #expect(refused?.code == .outOfMemory)
        #expect(renderer.statistics.heldBytes > 8 << 20 && renderer.statistics.heldBytes <= 16 << 20)
        renderer.destroyContext(ContextID(1))
        #expect(renderer.statistics.heldBytes == 0)
      }
    }

    /// Memory that is not there is the caller's mistake, and said so at once.
    @Test func missingMemoryIsRefusedAtOnce() throws {
      try withHeldContext { renderer in
        var vector = iovec(iov_base: nil, iov_len: 16)
        let refused = #expect(throws: Fault.self) {
          try renderer.transfer(
            transfer(16), .toHost, ResourceID(1), context: ContextID(1),
            memory: try GuestMemory(vectors: &vector, count: 1))
        }
        #expect(refused?.code == .badAddress)
      }
    }

    // MARK: Storage that a held submission makes

    private func blob(_ renderer: Renderer, _ resource: UInt32, _ blobID: UInt64, size: UInt64 = 16) throws {
      try renderer.createBlob(
        BlobRequest(resource: ResourceID(resource), blobID: blobID, flags: .mappable, size: size), memory: .host3D,
        context: ContextID(1), pages: nil)
    }

    /// CREATE_BLOB gets it at once; the commands around it still wait, and see it.
    @Test func storageIsMadeAheadForBlobs() throws {
      try withHeldContext(inlineWrite(to: 1, at: 0, 1) + storage(77) + storage(78)) { renderer in
        try blob(renderer, 5, 77)
        #expect(renderer.statistics.submissions == 0)
        try renderer.attach(ResourceID(5), to: ContextID(1))
        try renderer.submit(inlineWrite(to: 5, at: 4, 0x0505_0505).span, to: ContextID(1))
        // It was handed out, and the command does not make it again.
        #expect(throws: Fault.self) { try blob(renderer, 6, 77) }
        #expect(openGate(renderer, submissions: 2))
        #expect(throws: Fault.self) { try blob(renderer, 6, 77) }
        #expect(try read(renderer, 5) == [0, 0, 0, 0, 5, 5, 5, 5, 0, 0, 0, 0, 0, 0, 0, 0])
        let first = try read(renderer).first
        #expect(first == 1)
        try blob(renderer, 6, 78)
      }
    }

    /// The latest that was asked for before the call counts, and none comes later.
    @Test func theLastStorageOfAnIDCounts() throws {
      try withHeldContext(storage(77, width: 16)) { renderer in
        try renderer.submit(storage(77, width: 64).span, to: ContextID(1))
        try blob(renderer, 5, 77, size: 64)
        #expect(openGate(renderer, submissions: 2))
        #expect(throws: Fault.self) { try blob(renderer, 6, 77) }
      }
    }

    @Test func storageThatCannotBeIsRefused() throws {
      try withHeldContext(storage(77, width: 0)) { renderer in
        #expect(throws: Fault.self) { try blob(renderer, 5, 77) }
        #expect(throws: Fault.self) { try blob(renderer, 5, 1 << 40) }
        #expect(throws: Fault.self) { try blob(renderer, 5, 78) }
        // The command fails where it stands.
        #expect(openGate(renderer))
        #expect(throws: Fault.self) { try renderer.submit([0].span, to: ContextID(1)) }
      }
    }

    /// What comes behind a packet that ends the submission is not there.
    @Test func storageBehindATruncatedPacketIsNotMade() throws {
      try withHeldContext([200 << 16] + storage(77)) { renderer in
        #expect(throws: Fault.self) { try blob(renderer, 5, 77) }
      }
    }

    // MARK: Clients that are told by a thread and make no call

    /// The fence is reported although its work has not run; that happens at the next call.
    @Test func lateClientsAreToldAnyway() throws {
      try withHeldContext([0], [.surfaceless, .threadSync, .asyncFenceCallbacks], patience: 0) { renderer in
        try renderer.fence(1, on: .context(1))
        try renderer.fence(2, on: .global)
        gate.signal()
        #expect(client.awaitReport(.context(1), 1))
        #expect(client.awaitReport(.global, 2))
        #expect(renderer.statistics.submissions == 0)
        renderer.poll()
        #expect(renderer.statistics.submissions == 1)
        try renderer.fence(3, on: .context(1))
        #expect(client.awaitReport(.context(1), 3))
        #expect(client.reported(.context(1)) == [1, 3] && client.reported(.global) == [2])
      }
    }
  }
}
