import CEpoxy
import GLDriver
import Testing
import VirtioGPU
import WireFormat

@testable import Vrend

extension EngineSuites {
  /// RESOURCE_COPY_REGION and CLEAR_TEXTURE on a real host.
  @Suite struct BlitCopyTests {
    private func box(_ x: Int32, _ y: Int32, _ z: Int32, _ w: Int32, _ h: Int32, _ d: Int32) -> WireBox {
      let words: [UInt32] = [x, y, z, w, h, d].map { UInt32(bitPattern: $0) }
      return WireBox(words.span, at: 0)
    }

    private func copy(
      _ rig: EngineRig, _ source: GLResource, level sourceLevel: UInt32 = 0, _ box: WireBox, to destination: GLResource,
      at level: UInt32 = 0, x: UInt32 = 0, y: UInt32 = 0, z: UInt32 = 0
    ) throws {
      try rig.blits.copyRegion(
        CopyRequest(
          destination: destination, destinationLevel: level, x: x, y: y, z: z, source: source, sourceLevel: sourceLevel,
          box: box), rig.scratch)
    }

    private func fault(_ body: () throws -> Void) -> ContextError? {
      do {
        try body()
        return nil
      } catch {
        return error as? ContextError
      }
    }

    @Test(arguments: EngineRig.Kind.allCases)
    func `texels move as bits, between all formats of one layout`(kind: EngineRig.Kind) throws {
      try EngineRig.with(kind) { rig in
        let pairs: [(PixelFormat, PixelFormat)] = [
          (.R8G8B8A8_UNORM, .R8G8B8A8_UNORM), (.B8G8R8A8_UNORM, .B8G8R8X8_UNORM), (.R8_UNORM, .R8_UNORM),
          (.R32_UINT, .R32_UINT), (.R16G16B16A16_FLOAT, .R16G16B16A16_FLOAT), (.R8G8B8A8_UNORM, .R8G8B8A8_SRGB),
          (.S8_UINT_Z24_UNORM, .S8_UINT_Z24_UNORM), (.Z32_FLOAT, .Z32_FLOAT), (.B8G8R8A8_UNORM, .R8G8B8A8_UNORM),
          (.R32_UINT, .R8G8B8A8_UINT),
        ]
        for (from, to) in pairs {
          guard rig.host.formats[from].isCreatable, rig.host.formats[to].isCreatable else { continue }
          if rig.host.isES {
            let flags = rig.host.formats[from].flags.intersection(rig.host.formats[to].flags)
            guard flags.contains(.readback) else { continue }
          }
          let source = try rig.make(.array2D, from, width: 12, height: 10, arraySize: 3)
          let destination = try rig.make(.array2D, to, width: 20, height: 16, arraySize: 4, lastLevel: 1)
          var pattern = TexelPattern()
          let bytes = pattern.bytes(from, count: source.shape.totalBytes)
          try rig.put(bytes, into: source)
          try copy(rig, source, box(2, 1, 1, 5, 4, 2), to: destination, at: 1, x: 3, y: 2, z: 2)
          let result = try rig.get(
            destination, level: 1, Region(x: 3, y: 2, z: 2, width: 5, height: 4, depth: 2))
          let expected = try rig.get(source, Region(x: 2, y: 1, z: 1, width: 5, height: 4, depth: 2))
          #expect(result == expected, "\(from) to \(to)")
          let corner = try rig.get(destination, level: 1, Region(x: 0, y: 0, z: 0, width: 10, height: 2, depth: 4))
          #expect(corner.allSatisfy { $0 == 0 })
          #expect(rig.takeError() == GL.NO_ERROR, "\(from) to \(to)")
        }
      }
    }

    @Test(arguments: [EngineRig.Kind.core, .oldCore])
    func `blocks move, also to and from texels of their size`(kind: EngineRig.Kind) throws {
      try EngineRig.with(kind) { rig in
        guard rig.host.formats[.DXT5_RGBA].isCreatable else { return }
        var pattern = TexelPattern()
        let compressed = try rig.texture2D(.DXT5_RGBA, 18, 18)
        let other = try rig.texture2D(.DXT5_RGBA, 18, 18)
        let texels = try rig.texture2D(.R32G32B32A32_UINT, 5, 5)
        let bytes = pattern.bytes(.DXT5_RGBA, count: 25 * 16)
        try rig.put(bytes, into: compressed)
        try copy(rig, compressed, box(4, 8, 0, 14, 10, 1), to: other, x: 4, y: 8)
        let region = Region(x: 4, y: 8, z: 0, width: 14, height: 10, depth: 1)
        #expect(try rig.get(other, region) == rig.get(compressed, region))
        try copy(rig, compressed, box(0, 0, 0, 18, 18, 1), to: texels)
        #expect(try rig.get(texels) == bytes)
        let third = try rig.texture2D(.DXT5_RGBA, 20, 20)
        try copy(rig, texels, box(0, 0, 0, 5, 5, 1), to: third)
        #expect(try rig.get(third) == bytes)
        #expect(fault { try copy(rig, texels, box(0, 0, 0, 5, 5, 1), to: third, x: 4) } == .resourceOutOfRange)
        #expect(fault { try copy(rig, compressed, box(1, 0, 0, 4, 4, 1), to: other) } == .illegalCommandBuffer)
        #expect(rig.takeError() == GL.NO_ERROR)
      }
    }

    @Test(arguments: EngineRig.Kind.allCases)
    func `row order is respected`(kind: EngineRig.Kind) throws {
      try EngineRig.with(kind) { rig in
        let source = try rig.texture2D(.R8G8B8A8_UNORM, 2, 6, flags: 1)
        let destination = try rig.texture2D(.R8G8B8A8_UNORM, 2, 6)
        let rows = (0..<6).flatMap { [UInt8](repeating: UInt8($0 + 1), count: 8) }
        try rig.put(rows, into: source)
        try copy(rig, source, box(0, 1, 0, 2, 4, 1), to: destination, y: 2)
        #expect(try rig.get(destination) == [0, 0, 2, 3, 4, 5].flatMap { [UInt8](repeating: $0, count: 8) })
        let back = try rig.texture2D(.R8G8B8A8_UNORM, 2, 6, flags: 1)
        try copy(rig, source, box(0, 0, 0, 2, 2, 1), to: back, y: 3)
        #expect(try rig.get(back) == [0, 0, 0, 1, 2, 0].flatMap { [UInt8](repeating: $0, count: 8) })
      }
    }

    @Test(arguments: EngineRig.Kind.allCases)
    func `buffers copy, wherever they live`(kind: EngineRig.Kind) throws {
      try EngineRig.with(kind) { rig in
        let gl = try rig.make(.buffer, .R8_UNORM, width: 64)
        let custom = try rig.make(.buffer, .R8_UNORM, width: 64, bind: .custom)
        let staging = try rig.make(.buffer, .R8_UNORM, width: 64, bind: .staging)
        let backing = TestMemory([UInt8](repeating: 0, count: 48), pieces: [10])
        try backing.use { memory in
          try staging.attach(memory)
          try rig.put([UInt8](0..<64), into: gl)
          // Overlapping ranges of one buffer.
          try copy(rig, gl, box(0, 0, 0, 32, 1, 1), to: gl, x: 8)
          #expect(try rig.get(gl)[..<40] == ([UInt8](0..<8) + [UInt8](0..<32))[...])
          try copy(rig, gl, box(8, 0, 0, 16, 1, 1), to: custom, x: 4)
          #expect(try rig.get(custom)[..<20] == ([0, 0, 0, 0] + [UInt8](0..<16))[...])
          try copy(rig, custom, box(4, 0, 0, 16, 1, 1), to: staging, x: 30)
          #expect(backing.bytes[30..<46] == ([UInt8](0..<16))[...])
          try copy(rig, staging, box(30, 0, 0, 16, 1, 1), to: gl, x: 48)
          #expect(try rig.get(gl)[48...] == ([UInt8](0..<16))[...])
          // The backing is shorter than the resource says.
          #expect(fault { try copy(rig, gl, box(0, 0, 0, 20, 1, 1), to: staging, x: 40) } == .resourceOutOfRange)
          #expect(fault { try copy(rig, gl, box(60, 0, 0, 5, 1, 1), to: custom) } == .illegalCommandBuffer)
          #expect(fault { try copy(rig, gl, box(0, 0, 0, 5, 1, 1), to: custom, x: 60) } == .resourceOutOfRange)
          _ = staging.detachBacking()
        }
        #expect(fault { try copy(rig, staging, box(0, 0, 0, 5, 1, 1), to: gl) } == .illegalResource)
        #expect(rig.takeError() == GL.NO_ERROR)
      }
    }

    @Test(arguments: EngineRig.Kind.allCases)
    func `hostile copies`(kind: EngineRig.Kind) throws {
      try EngineRig.with(kind) { rig in
        let texture = try rig.make(.array2D, .R8G8B8A8_UNORM, width: 16, height: 16, arraySize: 2, lastLevel: 2)
        let buffer = try rig.make(.buffer, .R8_UNORM, width: 64)
        #expect(fault { try copy(rig, buffer, box(0, 0, 0, 4, 1, 1), to: texture) } == .illegalResource)
        #expect(fault { try copy(rig, texture, level: 3, box(0, 0, 0, 1, 1, 1), to: texture) } == .illegalCommandBuffer)
        #expect(
          fault { try copy(rig, texture, level: .max, box(0, 0, 0, 1, 1, 1), to: texture) } == .illegalCommandBuffer)
        #expect(fault { try copy(rig, texture, box(0, 0, 0, 1, 1, 1), to: texture, at: .max) } == .resourceOutOfRange)
        for region in [
          box(-1, 0, 0, 1, 1, 1), box(0, 0, 0, 17, 1, 1), box(0, 0, 2, 1, 1, 1), box(0, 0, 0, .max, .max, .max),
          box(.min, .min, .min, .min, .min, .min), box(0, 0, 0, -1, 1, 1), box(8, 8, 0, .max, 1, 1),
        ] {
          #expect(fault { try copy(rig, texture, region, to: texture) } == .illegalCommandBuffer)
        }
        #expect(fault { try copy(rig, texture, box(0, 0, 0, 8, 8, 1), to: texture, x: 9) } == .resourceOutOfRange)
        #expect(fault { try copy(rig, texture, box(0, 0, 0, 8, 8, 1), to: texture, x: .max) } == .resourceOutOfRange)
        #expect(fault { try copy(rig, texture, box(0, 0, 0, 8, 8, 2), to: texture, z: 1) } == .resourceOutOfRange)
        try copy(rig, texture, box(0, 0, 0, 0, 0, 0), to: texture)
        #expect(rig.takeError() == GL.NO_ERROR)
      }
    }

    @Test(arguments: EngineRig.Kind.allCases)
    func `textures are cleared to a texel`(kind: EngineRig.Kind) throws {
      try EngineRig.with(kind) { rig in
        for format in [
          PixelFormat.B8G8R8A8_UNORM, .R8_UNORM, .R32G32B32A32_UINT, .Z24X8_UNORM, .R16G16_SINT, .DXT1_RGB,
        ] {
          let entry = rig.host.formats[format]
          guard entry.isCreatable, !rig.host.isES || entry.flags.contains(.readback) else { continue }
          for target in [TextureTarget.texture2D, .array2D, .array1D, .cube] {
            if entry.flags.contains(.compressed), target == .array1D { continue }
            let isFlat = target == .array1D
            let layers: UInt32 = target == .cube ? 6 : target == .texture2D ? 1 : 4
            let resource = try rig.make(
              target, format, width: 16, height: isFlat ? 1 : 16, arraySize: layers, lastLevel: 1)
            var pattern = TexelPattern(seed: 5)
            let texel = pattern.bytes(format, count: Int(entry.blockBytes))
            let words = InlineArray<4, UInt32> { word in
              (0..<4).reduce(UInt32(0)) { value, byte in
                let index = word * 4 + byte
                return value | (index < texel.count ? UInt32(texel[index]) << UInt32(8 * byte) : 0)
              }
            }
            let region = Region(
              x: 4, y: 0, z: layers > 1 ? 1 : 0, width: 4, height: isFlat ? 1 : 8, depth: layers > 1 ? 2 : 1)
            try rig.blits.clearTexture(resource, level: 1, region: region, texel: words, rig.scratch)
            let blocks = resource.shape.rowBytes(4) * resource.shape.blocksDown(region.height) * region.depth
            let expected = (0..<blocks).map { texel[$0 % texel.count] }
            #expect(try rig.get(resource, level: 1, region) == expected, "\(format) \(target)")
            let rest = Region(x: 0, y: 0, z: 0, width: 4, height: region.height, depth: Int(layers))
            #expect(try rig.get(resource, level: 1, rest).allSatisfy { $0 == 0 }, "\(format) \(target)")
            #expect(rig.takeError() == GL.NO_ERROR, "\(format) \(target)")
          }
        }
        let resource = try rig.texture2D(.R8_UNORM, 16, 16)
        let zero = InlineArray<4, UInt32>(repeating: 0)
        for (level, region) in [
          (UInt32(1), Region(x: 0, y: 0, z: 0, width: 1, height: 1, depth: 1)),
          (0, Region(x: 0, y: 0, z: 0, width: 17, height: 1, depth: 1)),
          (0, Region(x: -1, y: 0, z: 0, width: 1, height: 1, depth: 1)),
          (0, Region(x: 0, y: 0, z: 1, width: 1, height: 1, depth: 1)),
        ] {
          let error = fault {
            try rig.blits.clearTexture(resource, level: level, region: region, texel: zero, rig.scratch)
          }
          #expect(error == .resourceOutOfRange)
        }
      }
    }
  }
}
