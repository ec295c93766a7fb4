import CEpoxy
import GLDriver
import Testing
import VirtioGPU
import WireFormat

@testable import Vrend

extension EngineSuites {
  /// Round trips between guest memory and textures or buffers on a real host.
  @Suite struct TransferTests {
    private func box(_ x: Int, _ y: Int, _ z: Int, _ w: Int, _ h: Int, _ d: Int) -> Region {
      Region(x: x, y: y, z: z, width: w, height: h, depth: d)
    }

    /// Writes a region from memory of the given layout, reads it back into memory of the same layout, and compares the
    /// region's bytes; bytes between the rows must stay as they were.
    private func roundTrip(
      _ rig: EngineRig, _ resource: GLResource, level: Int = 0, _ region: Region, pieces: [Int] = [],
      padding: Int = 0, layerPadding: Int = 0, seed: UInt64 = 1
    ) throws -> Bool {
      let shape = resource.shape
      let rowBytes = shape.rowBytes(region.width)
      let rows = shape.blocksDown(region.height)
      let stride = rowBytes + padding
      let layerStride = stride * rows + layerPadding
      let offset = 24
      let count = offset + layerStride * region.depth
      var pattern = TexelPattern(seed: seed)
      var source = [UInt8](repeating: 0xab, count: count)
      var expected = [UInt8](repeating: 0xcd, count: count)
      for layer in 0..<region.depth {
        for row in 0..<rows {
          let start = offset + layer * layerStride + row * stride
          let texels = pattern.bytes(shape.format, count: rowBytes)
          source.replaceSubrange(start..<start + rowBytes, with: texels)
          expected.replaceSubrange(start..<start + rowBytes, with: texels)
        }
      }
      let request = TransferRequest(
        level: UInt32(level), stride: UInt32(stride), layerStride: UInt32(layerStride), region: region,
        offset: UInt64(offset))
      try TestMemory(source, pieces: pieces).use { memory in
        try rig.engine.toHost(resource, request, from: memory, rig.scratch)
      }
      let result = TestMemory([UInt8](repeating: 0xcd, count: count), pieces: pieces)
      try result.use { memory in
        try rig.engine.fromHost(resource, request, into: memory, rig.scratch)
      }
      return result.bytes == expected
    }

    private func canRead(_ rig: EngineRig, _ format: PixelFormat) -> Bool {
      !rig.host.isES || rig.host.formats[format].flags.contains(.readback)
    }

    @Test(arguments: EngineRig.Kind.allCases)
    func `every format comes back as it went`(kind: EngineRig.Kind) throws {
      try EngineRig.with(kind) { rig in
        var tried = 0
        for number in 1..<UInt32(481) {
          guard let format = PixelFormat(wire: number), rig.host.formats[format].isCreatable, canRead(rig, format),
            format.layoutDescription != nil, format != .X24S8_UINT
          else { continue }
          // Stored with 24 bits there.
          if rig.host.isES, format == .Z32_UNORM { continue }
          let entry = rig.host.formats[format]
          if rig.host.isES, entry.flags.contains(.compressed) { continue }
          let (bw, bh) = (Int(entry.blockWidth), Int(entry.blockHeight))
          let resource = try rig.texture2D(format, UInt32(7 * bw), UInt32(5 * bh))
          #expect(try roundTrip(rig, resource, resource.shape.levelRegion(0)), "\(format)")
          let inner = box(bw, 2 * bh, 0, 3 * bw, 2 * bh, 1)
          #expect(try roundTrip(rig, resource, inner, pieces: [3, 1, 17], padding: 5), "\(format) in pieces")
          #expect(rig.takeError() == GL.NO_ERROR, "\(format)")
          tried += 1
        }
        #expect(tried > (rig.host.isES ? 5 : 100))
      }
    }

    struct Shape: CustomTestStringConvertible {
      var target: TextureTarget
      var width: UInt32
      var height: UInt32 = 1
      var depth: UInt32 = 1
      var layers: UInt32 = 1
      var lastLevel: UInt32 = 0
      var testDescription: String { "\(target)" }
    }

    static let shapes = [
      Shape(target: .texture1D, width: 37, lastLevel: 3),
      Shape(target: .texture2D, width: 37, height: 19, lastLevel: 4),
      Shape(target: .rect, width: 37, height: 19),
      Shape(target: .texture3D, width: 17, height: 9, depth: 11, lastLevel: 2),
      Shape(target: .cube, width: 24, height: 24, layers: 6, lastLevel: 3),
      Shape(target: .array1D, width: 37, layers: 5, lastLevel: 1),
      Shape(target: .array2D, width: 37, height: 19, layers: 5, lastLevel: 2),
      Shape(target: .cubeArray, width: 16, height: 16, layers: 12, lastLevel: 1),
    ]

    @Test(arguments: EngineRig.Kind.allCases, shapes)
    func `every shape, level and layer`(kind: EngineRig.Kind, shape: Shape) throws {
      try EngineRig.with(kind) { rig in
        for format in [PixelFormat.R8G8B8A8_UNORM, .B8G8R8A8_UNORM, .R32G32B32A32_FLOAT, .R8_UNORM, .R32G32B32_FLOAT] {
          guard canRead(rig, format), rig.host.formats[format].isCreatable else { continue }
          // Three components are no attachment on ES and old hosts read them whole; both are covered by the others.
          let resource = try rig.make(
            shape.target, format, width: shape.width, height: shape.height, depth: shape.depth,
            arraySize: shape.layers, lastLevel: shape.lastLevel)
          for level in 0...Int(shape.lastLevel) {
            let whole = resource.shape.levelRegion(level)
            #expect(try roundTrip(rig, resource, level: level, whole, seed: UInt64(level + 1)), "\(format) \(level)")
            #expect(
              try roundTrip(rig, resource, level: level, whole, padding: 16, layerPadding: 7), "\(format) \(level) odd")
            guard whole.width > 2, whole.depth > 2 || whole.height > 2 else { continue }
            var inner = whole
            inner.x = 1
            inner.width -= 2
            if inner.height > 2 { inner.y = 1; inner.height -= 1 }
            if inner.depth > 2 { inner.z = 1; inner.depth -= 1 }
            #expect(
              try roundTrip(rig, resource, level: level, inner, pieces: [64, 5], padding: 3),
              "\(format) \(level) inner")
          }
          #expect(rig.takeError() == GL.NO_ERROR, "\(format)")
        }
      }
    }

    @Test(arguments: EngineRig.Kind.allCases)
    func `levels do not touch each other`(kind: EngineRig.Kind) throws {
      try EngineRig.with(kind) { rig in
        let resource = try rig.make(.array2D, .R8G8B8A8_UNORM, width: 32, height: 32, arraySize: 4, lastLevel: 5)
        for level in 0...5 {
          let shape = resource.shape
          let count = shape.layerBytes(level) * 4
          try rig.put([UInt8](repeating: UInt8(level + 1), count: count), into: resource, level: UInt32(level))
        }
        for level in 0...5 {
          #expect(try rig.get(resource, level: UInt32(level)).allSatisfy { $0 == UInt8(level + 1) })
        }
        let layer = box(0, 0, 2, 32, 32, 1)
        try rig.put([UInt8](repeating: 77, count: 4096), into: resource, layer)
        #expect(try rig.get(resource, box(0, 0, 1, 32, 32, 1)).allSatisfy { $0 == 1 })
        #expect(try rig.get(resource, layer).allSatisfy { $0 == 77 })
        #expect(try rig.get(resource, box(0, 0, 3, 32, 32, 1)).allSatisfy { $0 == 1 })
      }
    }

    @Test(arguments: EngineRig.Kind.allCases)
    func `images larger than the staging area`(kind: EngineRig.Kind) throws {
      try EngineRig.with(kind) { rig in
        let resource = try rig.texture2D(.B8G8R8A8_UNORM, 530, 260)
        #expect(resource.shape.layerBytes(0) > rig.engine.stagingBytes)
        #expect(try roundTrip(rig, resource, resource.shape.levelRegion(0), pieces: [4096]))
        let flipped = try rig.texture2D(.B8G8R8A8_UNORM, 530, 260, flags: 1)
        #expect(try roundTrip(rig, flipped, flipped.shape.levelRegion(0)))
      }
    }

    @Test(arguments: EngineRig.Kind.allCases)
    func `top-down resources are stored bottom-up`(kind: EngineRig.Kind) throws {
      try EngineRig.with(kind) { rig in
        let resource = try rig.texture2D(.R8G8B8A8_UNORM, 4, 8, flags: 1)
        let rows = (0..<8).flatMap { row in [UInt8](repeating: UInt8(row + 1), count: 16) }
        try rig.put(rows, into: resource)
        #expect(try rig.get(resource) == rows)
        // The same texture, looked at in GL's order.
        let raw = [UInt8](unsafeUninitializedCapacity: 128) { buffer, count in
          epoxy_glBindFramebuffer(GL.READ_FRAMEBUFFER, rig.scratch.readFramebuffer)
          attachTexture(
            GL.READ_FRAMEBUFFER, GL.COLOR_ATTACHMENT0, resource.textureName, resource.glTarget, level: 0, layer: 0)
          epoxy_glReadPixels(0, 0, 4, 8, GL.RGBA, GL.UNSIGNED_BYTE, buffer.baseAddress)
          count = 128
        }
        #expect(raw == rows.reversed())
        let region = box(1, 2, 0, 2, 3, 1)
        #expect(try rig.get(resource, region) == [3, 4, 5].flatMap { [UInt8](repeating: $0, count: 8) })
        #expect(try roundTrip(rig, resource, region, padding: 3))
      }
    }

    @Test(arguments: EngineRig.Kind.allCases)
    func `BGRA means blue first`(kind: EngineRig.Kind) throws {
      try EngineRig.with(kind) { rig in
        let resource = try rig.texture2D(.B8G8R8A8_UNORM, 1, 1)
        try rig.put([10, 20, 30, 40], into: resource)
        var pixel: [UInt8] = [0, 0, 0, 0]
        epoxy_glBindFramebuffer(GL.READ_FRAMEBUFFER, rig.scratch.readFramebuffer)
        attachTexture(
          GL.READ_FRAMEBUFFER, GL.COLOR_ATTACHMENT0, resource.textureName, resource.glTarget, level: 0, layer: 0)
        epoxy_glReadPixels(0, 0, 1, 1, GL.RGBA, GL.UNSIGNED_BYTE, &pixel)
        #expect(pixel == [30, 20, 10, 40])
      }
    }

    @Test(arguments: EngineRig.Kind.allCases, [[], [1, 2, 3], [4096], [64, 0, 64]])
    func `buffers are bytes`(kind: EngineRig.Kind, pieces: [Int]) throws {
      try EngineRig.with(kind) { rig in
        let resource = try rig.make(.buffer, .R8_UNORM, width: 10_000)
        #expect(try roundTrip(rig, resource, box(0, 0, 0, 10_000, 1, 1), pieces: pieces))
        #expect(try roundTrip(rig, resource, box(1234, 0, 0, 77, 1, 1), pieces: pieces))
        #expect(try roundTrip(rig, resource, box(9999, 0, 0, 1, 1, 1), pieces: pieces))
        #expect(rig.takeError() == GL.NO_ERROR)
      }
    }

    @Test func `inline data may end with the last row`() throws {
      try EngineRig.with(.core) { rig in
        let resource = try rig.texture2D(.R8G8B8A8_UNORM, 8, 8)
        let bytes = [UInt8](0..<64)
        let request = TransferRequest(level: 0, region: box(2, 3, 0, 8 - 2, 2, 1))
        try bytes.withUnsafeBytes { data in
          // 6 texels of the second row after one row of 8.
          try rig.engine.inlineWrite(resource, request, UnsafeRawBufferPointer(rebasing: data[..<56]), rig.scratch)
          #expect(throws: TransferFault.memoryTooSmall) {
            try rig.engine.inlineWrite(resource, request, UnsafeRawBufferPointer(rebasing: data[..<55]), rig.scratch)
          }
        }
        #expect(try rig.get(resource, box(2, 4, 0, 6, 1, 1)) == [UInt8](32..<56))
      }
    }

    @Test func `empty boxes, empty pieces and missing memory`() throws {
      try EngineRig.with(.core) { rig in
        let resource = try rig.texture2D(.R8G8B8A8_UNORM, 8, 8)
        for region in [box(0, 0, 0, 0, 8, 1), box(8, 8, 1, 0, 0, 0), box(0, 0, 0, 8, 8, 0)] {
          try rig.put([], into: resource, region)
          #expect(try rig.get(resource, region) == [])
        }
        #expect(throws: TransferFault.noMemory) {
          try rig.engine.toHost(
            resource, TransferRequest(level: 0, region: box(0, 0, 0, 1, 1, 1)), from: nil, rig.scratch)
        }
        let samples = try rig.make(.texture2D, .R8G8B8A8_UNORM, width: 8, height: 8, samples: 4, bind: .renderTarget)
        #expect(throws: TransferFault.unsupported) { try rig.get(samples) }
        #expect(rig.takeError() == GL.NO_ERROR)
      }
    }

    @Test(arguments: EngineRig.Kind.allCases)
    func `state is left as promised`(kind: EngineRig.Kind) throws {
      try EngineRig.with(kind) { rig in
        let resource = try rig.make(.array2D, .R8G8B8A8_UNORM, width: 13, height: 7, arraySize: 3)
        _ = rig.engine.takeClobbers()
        var framebuffer: GLuint = 0
        epoxy_glGenFramebuffers(1, &framebuffer)
        epoxy_glBindFramebuffer(GL.FRAMEBUFFER, framebuffer)
        epoxy_glActiveTexture(GL.TEXTURE0 + 3)
        #expect(try roundTrip(rig, resource, box(1, 1, 0, 11, 5, 3), padding: 4, layerPadding: 48))
        let clobbers = rig.engine.takeClobbers()
        #expect(clobbers.isSubset(of: [.activeTexture, .readFramebuffer, .drawFramebuffer]))
        #expect(kind == .core || kind == .compat ? clobbers.isEmpty : !clobbers.isEmpty)
        #expect(rig.engine.takeClobbers().isEmpty)
        if !clobbers.contains(.activeTexture) {
          #expect(GLQuery.integer(GL.ACTIVE_TEXTURE) == GLint(GL.TEXTURE0 + 3))
        }
        if !clobbers.contains(.readFramebuffer) {
          #expect(GLQuery.integer(GL.READ_FRAMEBUFFER_BINDING) == GLint(framebuffer))
        }
        if !clobbers.contains(.drawFramebuffer) {
          #expect(GLQuery.integer(GL.DRAW_FRAMEBUFFER_BINDING) == GLint(framebuffer))
        }
        for (name, value) in [
          (GL.UNPACK_ALIGNMENT, GLint(4)), (GL.UNPACK_ROW_LENGTH, 0), (GL.UNPACK_IMAGE_HEIGHT, 0),
          (GL.PACK_ALIGNMENT, 4), (GL.PACK_ROW_LENGTH, 0), (GL.PIXEL_PACK_BUFFER_BINDING, 0),
          (GL.PIXEL_UNPACK_BUFFER_BINDING, 0),
        ] {
          #expect(GLQuery.integer(name) == value)
        }
      }
    }
  }
}
