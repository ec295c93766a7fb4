import CEpoxy
import GLDriver
import Testing
import VirtioGPU
import WireFormat

@testable import Vrend

extension EngineSuites {
  /// Storage on a real host: cleared, released, accounted for.
  @Suite struct ResourceStorageTests {
    @Test(arguments: EngineRig.Kind.allCases)
    func `new storage is zero, whatever was there before`(kind: EngineRig.Kind) throws {
      try EngineRig.with(kind) { rig in
        for round in 0..<3 {
          let texture = try rig.texture2D(.R8G8B8A8_UNORM, 200, 100)
          let buffer = try rig.make(.buffer, .R8_UNORM, width: 100_001)
          let cube = try rig.make(.cube, .R8_UNORM, width: 16, height: 16, arraySize: 6, lastLevel: 4)
          #expect(try rig.get(texture).allSatisfy { $0 == 0 }, "round \(round)")
          #expect(try rig.get(buffer).allSatisfy { $0 == 0 }, "round \(round)")
          if !rig.host.isES { #expect(try rig.get(cube, level: 2).allSatisfy { $0 == 0 }, "round \(round)") }
          try rig.put([UInt8](repeating: 0xff, count: 80000), into: texture)
          try rig.put([UInt8](repeating: 0xff, count: 100_001), into: buffer)
        }
        rig.releaseQueue.drain()
        #expect(rig.takeError() == GL.NO_ERROR)
      }
    }

    @Test(arguments: EngineRig.Kind.allCases)
    func `names go with the last reference`(kind: EngineRig.Kind) throws {
      try EngineRig.with(kind) { rig in
        var texture: GLResource? = try rig.texture2D(.R8G8B8A8_UNORM, 16, 16)
        var buffer: GLResource? = try rig.make(.buffer, .R8_UNORM, width: 16)
        let names = (texture?.textureName ?? 0, buffer?.bufferName ?? 0)
        #expect(names.0 != 0 && names.1 != 0)
        #expect(rig.budget.bytesInUse == 16 * 16 * 4 + 16 + 2 * ResourceBudget.Cost.resource)
        #expect(rig.releaseQueue.isEmpty)
        texture = nil
        buffer = nil
        #expect(epoxy_glIsTexture(names.0) == GL.TRUE)
        #expect(rig.releaseQueue.drain())
        #expect(epoxy_glIsTexture(names.0) == GL.FALSE && epoxy_glIsBuffer(names.1) == GL.FALSE)
        #expect(rig.budget.bytesInUse == 0)
        #expect(!rig.releaseQueue.drain())
      }
    }

    @Test func `the budget is a bound, and failures give back what they took`() throws {
      try EngineRig.with(.core, budget: 10_000 + 2 * ResourceBudget.Cost.resource) { rig in
        let first = try rig.make(.buffer, .R8_UNORM, width: 8000)
        #expect(throws: Fault.self) { try rig.make(.buffer, .R8_UNORM, width: 2001) }
        #expect(throws: Fault.self) { try rig.texture2D(.R8G8B8A8_UNORM, 100, 100) }
        #expect(throws: Fault.self) { try rig.make(.cube, .R8_UNORM, width: 4, height: 2, arraySize: 6) }
        #expect(rig.budget.bytesInUse == first.shape.width + ResourceBudget.Cost.resource)
        _ = try rig.make(.buffer, .R8_UNORM, width: 2000)
      }
    }

    @Test func `sizes that the host cannot allocate are a fault, not a leak`() throws {
      try EngineRig.with(.core) { rig in
        for _ in 0..<4 {
          #expect(throws: Fault.self) {
            try rig.make(.array2D, .R8G8B8A8_UNORM, width: 8192, height: 8192, arraySize: 60)
          }
        }
        #expect(rig.budget.bytesInUse == 0)
        #expect(rig.takeError() == GL.NO_ERROR)
      }
    }

    @Test func `a CUSTOM buffer lives in its backing while there is one`() throws {
      try EngineRig.with(.core) { rig in
        let buffer = try rig.make(.buffer, .R8_UNORM, width: 64, bind: .custom)
        #expect(buffer.bufferName == 0 && buffer.kind == .hostMemory)
        try rig.put([UInt8](0..<64), into: buffer)
        let backing = TestMemory([UInt8](repeating: 0xcd, count: 80), pieces: [7, 20])
        try backing.use { memory in
          try buffer.attach(memory)
          #expect(backing.bytes == [UInt8](0..<64) + [UInt8](repeating: 0xcd, count: 16))
          try rig.put([9, 9, 9], into: buffer, Region(x: 10, y: 0, z: 0, width: 3, height: 1, depth: 1))
          try [UInt8](1...4).withUnsafeBytes { try buffer.write($0, at: 60) }
          #expect(buffer.detachBacking() != nil)
        }
        let content = try rig.get(buffer)
        #expect(content[9..<14] == [9, 9, 9, 9, 13])
        #expect(content[60..<64] == [1, 2, 3, 4])
        #expect(throws: Fault.self) { try [UInt8](1...2).withUnsafeBytes { try buffer.write($0, at: 63) } }
      }
    }

    @Test func `a STAGING buffer has nothing but its backing`() throws {
      try EngineRig.with(.core) { rig in
        let staging = try rig.make(.buffer, .R8_UNORM, width: 64, bind: .staging)
        #expect(rig.budget.bytesInUse == ResourceBudget.Cost.resource)
        #expect(throws: TransferFault.noMemory) { try rig.get(staging) }
        let backing = TestMemory([UInt8](0..<64), pieces: [5])
        try backing.use { memory in
          try staging.attach(memory)
          #expect(try rig.get(staging) == [UInt8](0..<64))
          try rig.put([99], into: staging, Region(x: 3, y: 0, z: 0, width: 1, height: 1, depth: 1))
          _ = staging.detachBacking()
        }
        #expect(backing.bytes[2...4] == [2, 99, 4])
      }
    }

    @Test(arguments: [EngineRig.Kind.core, .es])
    func `persistent buffers map`(kind: EngineRig.Kind) throws {
      try EngineRig.with(kind) { rig in
        guard rig.host.features.contains(.bufferStorage) else { return }
        let buffer = try rig.make(.buffer, .R8_UNORM, width: 4096, flags: 6)
        let mapping = try buffer.map()
        #expect(mapping.byteCount == 4096)
        #expect((0..<4096).allSatisfy { mapping.start.load(fromByteOffset: $0, as: UInt8.self) == 0 })
        #expect(throws: Fault.self) { try buffer.map() }
        mapping.start.storeBytes(of: 0x1234_5678, as: UInt32.self)
        epoxy_glFinish()
        let region = Region(x: 0, y: 0, z: 0, width: 4, height: 1, depth: 1)
        #expect(try rig.get(buffer, region) == [0x78, 0x56, 0x34, 0x12])
        try rig.put([1, 2, 3, 4], into: buffer, region)
        epoxy_glFinish()
        #expect(mapping.start.load(as: UInt32.self) == 0x0403_0201)
        try buffer.unmap()
        #expect(rig.takeError() == GL.NO_ERROR)
        let plain = try rig.make(.buffer, .R8_UNORM, width: 4096)
        #expect(throws: Fault.self) { try plain.map() }
      }
    }

    @Test(arguments: EngineRig.Kind.allCases)
    func `every creatable format can be made in every shape it may have`(kind: EngineRig.Kind) throws {
      try EngineRig.with(kind) { rig in
        for number in 1..<UInt32(481) {
          guard let format = PixelFormat(wire: number), rig.host.formats[format].isCreatable,
            format.layoutDescription != nil
          else { continue }
          let entry = rig.host.formats[format]
          _ = try rig.make(.texture2D, format, width: 60, height: 60, lastLevel: 5)
          _ = try rig.make(.cube, format, width: 60, height: 60, arraySize: 6)
          _ = try rig.make(.array2D, format, width: 60, height: 60, arraySize: 3)
          if !entry.flags.contains(.compressed) {
            _ = try rig.make(.texture1D, format, width: 60)
            _ = try rig.make(.rect, format, width: 60, height: 60)
          }
          #expect(rig.takeError() == GL.NO_ERROR, "\(format)")
        }
        rig.releaseQueue.drain()
        #expect(rig.budget.bytesInUse == 0)
      }
    }
  }
}
