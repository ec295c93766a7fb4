import CEpoxy
import GLDriver
import Testing
import VirtioGPU
import WireFormat

@testable import Vrend

extension EngineSuites {
  /// BLIT and CLEAR_SURFACE on a real host.
  @Suite struct BlitTests {
    private func box(_ x: Int, _ y: Int, _ z: Int, _ w: Int, _ h: Int, _ d: Int = 1) -> Region {
      Region(x: x, y: y, z: z, width: w, height: h, depth: d)
    }

    private func side(
      _ resource: GLResource, _ box: Region, level: UInt32 = 0, as format: PixelFormat? = nil
    ) -> BlitRequest.Side {
      BlitRequest.Side(resource: resource, level: level, format: UInt32((format ?? resource.format).number), box: box)
    }

    private func blit(
      _ rig: EngineRig, _ source: BlitRequest.Side, to destination: BlitRequest.Side, mask: BlitMask = .color,
      isLinear: Bool = false, scissor: Region? = nil, alphaBlend: Bool = false
    ) throws {
      try rig.blits.blit(
        BlitRequest(
          mask: mask, isLinear: isLinear, scissor: scissor, alphaBlend: alphaBlend, destination: destination,
          source: source), rig.scratch)
    }

    private func fault(_ body: () throws -> Void) -> ContextError? {
      do {
        try body()
        return nil
      } catch {
        return error as? ContextError
      }
    }

    /// `columns` x `rows` texels whose bytes tell where they are.
    private func ramp(_ columns: Int, _ rows: Int) -> [UInt8] {
      (0..<rows).flatMap { y in (0..<columns).flatMap { x in [UInt8(x), UInt8(y), UInt8(x ^ y), 255] } }
    }

    private func texel(_ bytes: [UInt8], _ width: Int, _ x: Int, _ y: Int) -> [UInt8] {
      Array(bytes[(y * width + x) * 4..<(y * width + x + 1) * 4])
    }

    @Test(arguments: EngineRig.Kind.allCases)
    func `scaling and mirroring`(kind: EngineRig.Kind) throws {
      try EngineRig.with(kind) { rig in
        let source = try rig.texture2D(.R8G8B8A8_UNORM, 8, 4)
        let destination = try rig.texture2D(.R8G8B8A8_UNORM, 16, 8)
        try rig.put(ramp(8, 4), into: source)
        try blit(rig, side(source, box(0, 0, 0, 8, 4)), to: side(destination, box(0, 0, 0, 16, 8)))
        let scaled = try rig.get(destination)
        for y in 0..<8 {
          for x in 0..<16 {
            let (fromX, fromY) = (UInt8(x / 2), UInt8(y / 2))
            #expect(texel(scaled, 16, x, y) == [fromX, fromY, fromX ^ fromY, 255])
          }
        }
        try blit(rig, side(source, box(0, 4, 0, 8, -4)), to: side(destination, box(0, 0, 0, 8, 4)))
        let flipped = try rig.get(destination, box(0, 0, 0, 8, 4))
        for y in 0..<4 { #expect(texel(flipped, 8, 5, y) == [5, UInt8(3 - y), UInt8(5 ^ (3 - y)), 255]) }
        try blit(rig, side(source, box(0, 0, 0, 8, 4)), to: side(destination, box(8, 0, 0, -8, 4)))
        let mirrored = try rig.get(destination, box(0, 0, 0, 8, 4))
        for x in 0..<8 { #expect(texel(mirrored, 8, x, 1) == [UInt8(7 - x), 1, UInt8((7 - x) ^ 1), 255]) }
        #expect(rig.takeError() == GL.NO_ERROR)
      }
    }

    @Test(arguments: EngineRig.Kind.allCases)
    func `top-down and bottom-up resources show the same picture`(kind: EngineRig.Kind) throws {
      try EngineRig.with(kind) { rig in
        let source = try rig.texture2D(.R8G8B8A8_UNORM, 4, 4, flags: 1)
        let destination = try rig.texture2D(.R8G8B8A8_UNORM, 8, 8)
        try rig.put(ramp(4, 4), into: source)
        try blit(rig, side(source, box(0, 0, 0, 4, 4)), to: side(destination, box(0, 0, 0, 8, 8)))
        let result = try rig.get(destination)
        for y in 0..<8 { #expect(texel(result, 8, 3, y) == [1, UInt8(y / 2), UInt8(1 ^ (y / 2)), 255]) }
        let back = try rig.texture2D(.R8G8B8A8_UNORM, 4, 4, flags: 1)
        try blit(
          rig, side(destination, box(0, 0, 0, 8, 8)), to: side(back, box(0, 0, 0, 4, 4)),
          scissor: box(0, 1, 0, 4, 1))
        let part = try rig.get(back)
        #expect(texel(part, 4, 2, 0) == [0, 0, 0, 0] && texel(part, 4, 2, 2) == [0, 0, 0, 0])
        #expect(texel(part, 4, 2, 1)[1] == 1)
      }
    }

    @Test(arguments: EngineRig.Kind.allCases)
    func `formats are converted`(kind: EngineRig.Kind) throws {
      try EngineRig.with(kind) { rig in
        let rgba = try rig.texture2D(.R8G8B8A8_UNORM, 2, 1)
        try rig.put([10, 20, 30, 40, 50, 60, 70, 80], into: rgba)
        let whole = box(0, 0, 0, 2, 1)
        func convert(_ format: PixelFormat) throws -> [UInt8] {
          let other = try rig.texture2D(format, 2, 1)
          try blit(rig, side(rgba, whole), to: side(other, whole))
          return try rig.get(other)
        }
        #expect(try convert(.B8G8R8A8_UNORM) == [30, 20, 10, 40, 70, 60, 50, 80])
        if !rig.host.isES {
          #expect(try convert(.A8_UNORM) == [40, 80])
          #expect(try convert(.R8_UNORM) == [10, 50])
          #expect(try convert(.L8_UNORM) == [10, 50])
        }
        if rig.host.formats[.R32G32B32A32_FLOAT].flags.isSuperset(of: [.render, .readback]) {
          let floats = try convert(.R32G32B32A32_FLOAT).withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
          #expect(zip(floats, [10, 20, 30, 40, 50, 60, 70, 80]).allSatisfy { abs($0 - $1 / 255) < 1e-5 })
        }
        // Out of the emulated formats.
        let alpha = try rig.texture2D(.A8_UNORM, 2, 1)
        try rig.put([40, 80], into: alpha)
        try blit(rig, side(alpha, whole), to: side(rgba, whole))
        #expect(try rig.get(rgba) == [0, 0, 0, 40, 0, 0, 0, 80])
        let luminance = try rig.texture2D(.L8_UNORM, 2, 1)
        try rig.put([40, 80], into: luminance)
        try blit(rig, side(luminance, whole), to: side(rgba, whole))
        #expect(try rig.get(rgba) == [40, 40, 40, 255, 80, 80, 80, 255])
        #expect(rig.takeError() == GL.NO_ERROR)
      }
    }

    @Test(arguments: EngineRig.Kind.allCases)
    func `views decide about sRGB`(kind: EngineRig.Kind) throws {
      try EngineRig.with(kind) { rig in
        let source = try rig.texture2D(.R8G8B8A8_SRGB, 1, 1)
        try rig.put([188, 188, 188, 188], into: source)
        let destination = try rig.texture2D(.R8G8B8A8_UNORM, 2, 2)
        try blit(rig, side(source, box(0, 0, 0, 1, 1)), to: side(destination, box(0, 0, 0, 2, 2)))
        let linear = try rig.get(destination)
        #expect(abs(Int(linear[0]) - 128) <= 1 && linear[3] == 188)
        guard rig.engine.abilities.contains(.textureView) else { return }
        try blit(
          rig, side(source, box(0, 0, 0, 1, 1), as: .R8G8B8A8_UNORM), to: side(destination, box(0, 0, 0, 2, 2)))
        #expect(try rig.get(destination).allSatisfy { $0 == 188 })
      }
    }

    @Test(arguments: EngineRig.Kind.allCases)
    func `compressed textures are blitted out`(kind: EngineRig.Kind) throws {
      try EngineRig.with(kind) { rig in
        guard rig.host.formats[.DXT1_RGB].isCreatable else { return }
        let source = try rig.make(.array2D, .DXT1_RGB, width: 8, height: 8, arraySize: 2, lastLevel: 1)
        // Both colours 0xf800: red; 0x07e0: green.
        let red: [UInt8] = [0x00, 0xf8, 0x00, 0xf8, 0, 0, 0, 0]
        let green: [UInt8] = [0xe0, 0x07, 0xe0, 0x07, 0, 0, 0, 0]
        try rig.put(green + red, into: source, level: 1)
        let destination = try rig.make(.array2D, .R8G8B8A8_UNORM, width: 4, height: 4, arraySize: 3)
        try blit(
          rig, side(source, box(0, 0, 0, 4, 4, 2), level: 1), to: side(destination, box(0, 0, 1, 4, 4, 2)))
        let result = try rig.get(destination)
        #expect(result[..<64].allSatisfy { $0 == 0 })
        #expect(Array(result[64..<68]) == [0, 255, 0, 255] && Array(result[124..<128]) == [0, 255, 0, 255])
        #expect(Array(result[128..<132]) == [255, 0, 0, 255])
        #expect(rig.takeError() == GL.NO_ERROR)
      }
    }

    @Test(arguments: EngineRig.Kind.allCases)
    func `part of the channels`(kind: EngineRig.Kind) throws {
      try EngineRig.with(kind) { rig in
        let source = try rig.texture2D(.R8G8B8A8_UNORM, 1, 1)
        let destination = try rig.texture2D(.R8G8B8A8_UNORM, 1, 1)
        try rig.put([1, 2, 3, 4], into: source)
        try rig.put([91, 92, 93, 94], into: destination)
        let whole = box(0, 0, 0, 1, 1)
        try blit(rig, side(source, whole), to: side(destination, whole), mask: [.green, .alpha])
        #expect(try rig.get(destination) == [91, 2, 93, 4])
        try blit(rig, side(source, whole), to: side(destination, whole), mask: [])
        #expect(try rig.get(destination) == [91, 2, 93, 4])
      }
    }

    @Test(arguments: EngineRig.Kind.allCases)
    func `cubes and volumes`(kind: EngineRig.Kind) throws {
      try EngineRig.with(kind) { rig in
        let cube = try rig.make(.cube, .L8_UNORM, width: 2, height: 2, arraySize: 6)
        try rig.put((0..<24).map { UInt8($0 * 10) }, into: cube)
        let flat = try rig.make(.array2D, .R8G8B8A8_UNORM, width: 2, height: 2, arraySize: 6)
        try blit(rig, side(cube, box(0, 0, 0, 2, 2, 6)), to: side(flat, box(0, 0, 0, 2, 2, 6)))
        let texels = try rig.get(flat)
        for index in 0..<24 {
          let (value, alpha) = (texels[index * 4], texels[index * 4 + 3])
          #expect(value == UInt8(index * 10) && alpha == 255)
        }

        let volume = try rig.make(.texture3D, .R8G8B8A8_UNORM, width: 1, height: 1, depth: 4)
        try rig.put((0..<16).map { UInt8($0 / 4 + 1) }, into: volume)
        let half = try rig.make(.texture3D, .R8G8B8A8_UNORM, width: 1, height: 1, depth: 3)
        try blit(rig, side(volume, box(0, 0, 0, 1, 1, 4)), to: side(half, box(0, 0, 1, 1, 1, 2)), isLinear: true)
        let slices = try rig.get(half)
        #expect(slices[0] == 0)
        #expect((1...2).contains(slices[4]) && (3...4).contains(slices[8]))
        try blit(rig, side(volume, box(0, 0, 2, 1, 1, 1)), to: side(half, box(0, 0, 0, 1, 1, 1)))
        #expect(try rig.get(half)[0] == 3)
        #expect(rig.takeError() == GL.NO_ERROR)
      }
    }

    @Test(arguments: EngineRig.Kind.allCases)
    func `integers stay integers`(kind: EngineRig.Kind) throws {
      try EngineRig.with(kind) { rig in
        let source = try rig.texture2D(.R32G32B32A32_UINT, 2, 1)
        var pattern = TexelPattern()
        let bytes = pattern.bytes(.R32G32B32A32_UINT, count: 32)
        try rig.put(bytes, into: source)
        let destination = try rig.texture2D(.R32G32B32A32_UINT, 4, 1)
        try blit(rig, side(source, box(0, 0, 0, 2, 1)), to: side(destination, box(0, 0, 0, 4, 1)), isLinear: true)
        let result = try rig.get(destination)
        #expect(Array(result[..<16]) == Array(bytes[..<16]) && Array(result[48...]) == Array(bytes[16...]))
        // Not a legal blit: nothing may happen.
        let floats = try rig.texture2D(.R8G8B8A8_UNORM, 4, 1)
        try blit(rig, side(source, box(0, 0, 0, 2, 1)), to: side(floats, box(0, 0, 0, 4, 1)))
        #expect(try rig.get(floats).allSatisfy { $0 == 0 })
        _ = rig.takeError()
      }
    }

    @Test(arguments: [EngineRig.Kind.core, .oldCore, .compat])
    func `depth and stencil`(kind: EngineRig.Kind) throws {
      try EngineRig.with(kind) { rig in
        let source = try rig.make(.texture2D, .S8_UINT_Z24_UNORM, width: 2, height: 1, bind: .depthStencil)
        let destination = try rig.make(.texture2D, .S8_UINT_Z24_UNORM, width: 4, height: 1, bind: .depthStencil)
        try rig.put([7, 0, 0, 0x80, 9, 0, 0, 0x40], into: source)
        let whole = (side(source, box(0, 0, 0, 2, 1)), side(destination, box(0, 0, 0, 4, 1)))
        try blit(rig, whole.0, to: whole.1, mask: .depth)
        #expect(try rig.get(destination) == [0, 0, 0, 0x80, 0, 0, 0, 0x80, 0, 0, 0, 0x40, 0, 0, 0, 0x40])
        try blit(rig, whole.0, to: whole.1, mask: .stencil)
        #expect(try rig.get(destination)[12] == 9)
        try blit(rig, whole.0, to: whole.1, mask: [.depth, .stencil])
        #expect(try rig.get(destination) == [7, 0, 0, 0x80, 7, 0, 0, 0x80, 9, 0, 0, 0x40, 9, 0, 0, 0x40])
        // Another depth format: drawn.
        let other = try rig.make(.texture2D, .Z32_FLOAT, width: 2, height: 1, bind: .depthStencil)
        try blit(rig, whole.0, to: side(other, box(0, 0, 0, 2, 1)), mask: .depth)
        let depths = try rig.get(other).withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
        #expect(abs(depths[0] - 0.5) < 1e-4 && abs(depths[1] - 0.25) < 1e-4)
        #expect(rig.takeError() == GL.NO_ERROR)
      }
    }

    /// What glBlitFramebuffer refuses: a filter, another format, or both. The picture is a nearest one all the same.
    @Test(arguments: [EngineRig.Kind.core, .compat])
    func `stencil is drawn with and without export`(kind: EngineRig.Kind) throws {
      try EngineRig.with(kind) { rig in
        try #require(rig.host.features.contains(.stencilTexturing))
        let withoutExport = BlitEngine(
          host: rig.host, transfers: rig.engine, releaseQueue: rig.releaseQueue, exportsStencil: false)
        for engine in [rig.blits, withoutExport] {
          let source = try rig.make(.texture2D, .S8_UINT_Z24_UNORM, width: 4, height: 2, bind: .depthStencil)
          let destination = try rig.make(.texture2D, .S8_UINT_Z24_UNORM, width: 8, height: 2, bind: .depthStencil)
          let stencils: [UInt8] = [0xa5, 0x5a, 0xff, 0, 1, 0x80, 0x7f, 0xfe]
          try rig.put(stencils.flatMap { [$0, 0, 0, 0x40] }, into: source)
          try rig.put((0..<16).flatMap { _ in [0x33, 0, 0, 0xc0] as [UInt8] }, into: destination)
          // Mirrored and stretched, within a scissor.
          try engine.blit(
            BlitRequest(
              mask: .stencil, isLinear: true, scissor: box(0, 0, 0, 6, 2),
              destination: side(destination, box(0, 0, 0, 8, 2)), source: side(source, box(4, 0, 0, -4, 2))),
            rig.scratch)
          var result = try rig.get(destination)
          for y in 0..<2 {
            for x in 0..<8 {
              let expected = x < 6 ? stencils[y * 4 + 3 - x / 2] : 0x33
              #expect(texel(result, 8, x, y) == [expected, 0, 0, 0xc0], "\(x), \(y)")
            }
          }
          // Depth with it, into another format.
          let other = try rig.make(.texture2D, .Z32_FLOAT_S8X24_UINT, width: 4, height: 2, bind: .depthStencil)
          try engine.blit(
            BlitRequest(
              mask: [.depth, .stencil], isLinear: false, destination: side(other, box(0, 0, 0, 4, 2)),
              source: side(source, box(0, 0, 0, 4, 2))), rig.scratch)
          result = try rig.get(other)
          for index in 0..<8 {
            let depth = result[index * 8..<index * 8 + 4].withUnsafeBytes { $0.loadUnaligned(as: Float.self) }
            #expect(abs(depth - 0.25) < 1e-4)
            #expect(result[index * 8 + 4] == stencils[index])
          }
          #expect(rig.takeError() == GL.NO_ERROR)
        }
      }
    }

    @Test(arguments: EngineRig.Kind.allCases)
    func `blits can blend by the source's alpha`(kind: EngineRig.Kind) throws {
      try EngineRig.with(kind) { rig in
        let source = try rig.texture2D(.R8G8B8A8_UNORM, 2, 1)
        let destination = try rig.texture2D(.R8G8B8A8_UNORM, 4, 1)
        try rig.put([255, 0, 0, 51, 0, 255, 0, 255], into: source)
        try rig.put([0, 0, 255, 255, 0, 0, 255, 255, 0, 0, 255, 255, 0, 0, 255, 255], into: destination)
        try blit(
          rig, side(source, box(0, 0, 0, 2, 1)), to: side(destination, box(0, 0, 0, 2, 1)), alphaBlend: true)
        let result = try rig.get(destination)
        // 0.2 of the source and 0.8 of what was there; 255 * (0.04 + 0.8) of alpha.
        let expected: [UInt8] = [51, 0, 204, 214, 0, 255, 0, 255, 0, 0, 255, 255, 0, 0, 255, 255]
        #expect(zip(result, expected).allSatisfy { abs(Int($0) - Int($1)) <= 1 }, "\(result)")
        // The next blit does not.
        try blit(rig, side(source, box(0, 0, 0, 2, 1)), to: side(destination, box(0, 0, 0, 4, 1)))
        #expect(try Array(rig.get(destination)[..<4]) == [255, 0, 0, 51])
        #expect(rig.takeError() == GL.NO_ERROR)
      }
    }

    @Test(arguments: EngineRig.Kind.allCases)
    func `clearing surfaces and resolving samples`(kind: EngineRig.Kind) throws {
      try EngineRig.with(kind) { rig in
        guard rig.host.formats[.R8G8B8A8_UNORM].flags.contains(.multisample) else { return }
        let samples = try rig.make(.texture2D, .R8G8B8A8_UNORM, width: 8, height: 8, samples: 4, bind: .renderTarget)
        func clear(_ color: [Float], _ rectangle: Region) throws {
          try rig.blits.clearSurface(
            ClearSurfaceRequest(
              texture: samples.textureName, textureTarget: samples.glTarget, entry: samples.entry, level: 0,
              firstLayer: 0, layerCount: 1, clearsColor: true, clearsDepth: false, clearsStencil: false,
              value: ClearValue(color: InlineArray { color[$0].bitPattern }), rectangle: rectangle), rig.scratch)
        }
        try clear([1, 0, 0, 1], box(0, 0, 0, 8, 8))
        try clear([0, 1, 0, 1], box(2, 4, 0, 3, 2))
        let resolved = try rig.texture2D(.R8G8B8A8_UNORM, 8, 8)
        try blit(rig, side(samples, box(0, 0, 0, 8, 8)), to: side(resolved, box(0, 0, 0, 8, 8)))
        let texels = try rig.get(resolved)
        for y in 0..<8 {
          for x in 0..<8 {
            let isInside = (2..<5).contains(x) && (4..<6).contains(y)
            #expect(texel(texels, 8, x, y) == (isInside ? [0, 255, 0, 255] : [255, 0, 0, 255]))
          }
        }
        // A scaled resolve into another format: drawn where the host has no scaled resolves.
        let half = try rig.texture2D(.B8G8R8A8_UNORM, 4, 4)
        try blit(rig, side(samples, box(0, 0, 0, 8, 8)), to: side(half, box(0, 0, 0, 4, 4)))
        let small = try rig.get(half)
        #expect(texel(small, 4, 0, 0) == [0, 0, 255, 255])
        #expect(rig.takeError() == GL.NO_ERROR)
      }
    }

    @Test(arguments: EngineRig.Kind.allCases)
    func `surfaces of other kinds are cleared too`(kind: EngineRig.Kind) throws {
      try EngineRig.with(kind) { rig in
        func clear(
          _ resource: GLResource, _ value: ClearValue, layers: Int, depth: Bool = false, stencil: Bool = false
        ) throws {
          try rig.blits.clearSurface(
            ClearSurfaceRequest(
              texture: resource.textureName, textureTarget: resource.glTarget, entry: resource.entry, level: 0,
              firstLayer: 1, layerCount: layers, clearsColor: !depth && !stencil, clearsDepth: depth,
              clearsStencil: stencil, value: value, rectangle: box(0, 0, 0, 2, 2)), rig.scratch)
        }
        let integers = try rig.make(
          .array2D, .R32G32B32A32_SINT, width: 2, height: 2, arraySize: 4, bind: .renderTarget)
        try clear(integers, ClearValue(color: [UInt32(bitPattern: -5), 6, 7, 8]), layers: 2)
        let values = try rig.get(integers).withUnsafeBytes { Array($0.bindMemory(to: Int32.self)) }
        #expect(values[..<16].allSatisfy { $0 == 0 } && values[48...].allSatisfy { $0 == 0 })
        #expect(Array(values[16..<20]) == [-5, 6, 7, 8] && Array(values[44..<48]) == [-5, 6, 7, 8])
        if !rig.host.isES {
          let depth = try rig.make(.array2D, .S8_UINT_Z24_UNORM, width: 2, height: 2, arraySize: 3, bind: .depthStencil)
          try clear(depth, ClearValue(depth: 1, stencil: 0x1ff), layers: 1, stencil: true)
          #expect(try rig.get(depth)[16..<20] == [255, 0, 0, 0])
          try clear(depth, ClearValue(depth: 1, stencil: 0), layers: 2, depth: true)
          #expect(try rig.get(depth)[16..<20] == [255, 255, 255, 255] && rig.get(depth)[32..<36] == [0, 255, 255, 255])
        }
        #expect(rig.takeError() == GL.NO_ERROR)
      }
    }

    @Test(arguments: EngineRig.Kind.allCases)
    func `hostile blits`(kind: EngineRig.Kind) throws {
      try EngineRig.with(kind) { rig in
        let texture = try rig.make(.array2D, .R8G8B8A8_UNORM, width: 16, height: 16, arraySize: 2, lastLevel: 2)
        let cube = try rig.make(.cube, .R8G8B8A8_UNORM, width: 16, height: 16, arraySize: 6)
        let buffer = try rig.make(.buffer, .R8_UNORM, width: 64)
        let custom = try rig.make(.buffer, .R8_UNORM, width: 64, bind: .custom)
        let fine = side(texture, box(0, 0, 0, 4, 4))
        #expect(fault { try blit(rig, side(buffer, box(0, 0, 0, 4, 1)), to: fine) } == .illegalResource)
        #expect(fault { try blit(rig, fine, to: side(custom, box(0, 0, 0, 4, 1))) } == .illegalResource)
        var unknown = fine
        for number in [UInt32(0), 512, .max, 166] {
          unknown.format = number
          #expect(fault { try blit(rig, unknown, to: fine) } == .illegalFormat)
          #expect(fault { try blit(rig, fine, to: unknown) } == .illegalFormat)
        }
        #expect(fault { try blit(rig, side(cube, box(0, 0, 5, 4, 4, 2)), to: fine) } == .cubeFaceOutOfRange)
        for bad in [
          side(texture, box(0, 0, 2, 4, 4)), side(texture, box(0, 0, -1, 4, 4)), side(texture, box(0, 0, 0, 4, 4, 3)),
          side(texture, box(0, 0, 0, 4, 4, -1)), side(texture, box(0, 0, 0, 4, 4, Int(Int32.max))),
          side(texture, box(0, 0, 0, 4, 4), level: 3), side(texture, box(0, 0, 0, 4, 4), level: .max),
        ] {
          #expect(fault { try blit(rig, bad, to: fine) } == .blitAreaOutOfRange)
          #expect(fault { try blit(rig, fine, to: bad) } == .blitAreaOutOfRange)
        }
        // Coordinates outside are GL's to clip.
        let (low, high) = (Int(Int32.min), Int(Int32.max))
        for wild in [
          box(low, low, 0, low, low), box(high, high, 0, high, high), box(low, low, 0, high, high),
          box(0, 0, 0, 0, 4), box(-8, -8, 0, 32, 32), box(high, 0, 0, low, 1),
        ] {
          #expect(fault { try blit(rig, side(texture, wild), to: side(cube, box(0, 0, 1, 4, 4))) } == nil)
          #expect(fault { try blit(rig, fine, to: side(cube, wild)) } == nil)
          #expect(fault { try blit(rig, fine, to: side(cube, wild), mask: .red, scissor: wild) } == nil)
          #expect(
            fault { try blit(rig, side(texture, wild), to: side(cube, wild), mask: .green, isLinear: true) } == nil)
        }
        _ = rig.takeError()
      }
    }
  }
}
