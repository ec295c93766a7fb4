import GLDriver
import Testing
import VirtioGPU
import WireFormat

@testable import Vrend

/// The checks of virgl-resources 5.1, and the arithmetic behind a transfer, without a host.
struct TransferPlanTests {
  private func shape(
    _ target: TextureTarget, width: Int, height: Int = 1, depth: Int = 1, layers: Int = 1, lastLevel: Int = 0,
    samples: Int = 0, block: (Int, Int, Int) = (1, 1, 4)
  ) -> ResourceShape {
    ResourceShape(
      target: target, format: .R8G8B8A8_UNORM, width: width, height: height, depth: depth, arraySize: layers,
      lastLevel: lastLevel, samples: samples, blockWidth: block.0, blockHeight: block.1, blockBytes: block.2)
  }

  private func box(_ x: Int, _ y: Int, _ z: Int, _ w: Int, _ h: Int, _ d: Int) -> Region {
    Region(x: x, y: y, z: z, width: w, height: h, depth: d)
  }

  private func fault(_ shape: ResourceShape, _ request: TransferRequest, memory: Int) -> TransferFault? {
    do throws(TransferFault) {
      _ = try TransferPlan(shape, request, memorySize: memory)
      return nil
    } catch {
      return error
    }
  }

  @Test func `strides default to the level's`() throws {
    let shape = shape(.array2D, width: 64, height: 32, layers: 3, lastLevel: 2)
    let plan = try TransferPlan(
      shape, TransferRequest(level: 1, region: box(4, 2, 1, 8, 3, 2), offset: 100), memorySize: 100_000)
    #expect(plan.stride == 32 * 4 && plan.layerStride == 32 * 4 * 16)
    #expect(plan.rowBytes == 32 && plan.rows == 3 && plan.layers == 2)
    #expect(plan.extent == 2048 + 2 * 128 + 32)
    #expect(!plan.isTight)
  }

  @Test func `the last row needs no padding`() {
    let shape = shape(.texture2D, width: 16, height: 16)
    let request = TransferRequest(level: 0, stride: 100, region: box(0, 0, 0, 16, 16, 1), offset: 7)
    let needed = 7 + 15 * 100 + 64
    #expect(fault(shape, request, memory: needed) == nil)
    #expect(fault(shape, request, memory: needed - 1) == .memoryTooSmall)
  }

  @Test func `blocks count, not texels`() throws {
    let shape = shape(.texture2D, width: 10, height: 10, block: (4, 4, 8))
    let plan = try TransferPlan(shape, TransferRequest(level: 0, region: box(4, 4, 0, 6, 6, 1)), memorySize: 1000)
    #expect(plan.rowBytes == 16 && plan.rows == 2 && plan.stride == 24)
    #expect(fault(shape, TransferRequest(level: 0, region: box(1, 0, 0, 4, 4, 1)), memory: 1000) == .outsideLevel)
  }

  @Test func `boxes outside the level are refused`() {
    let shape = shape(.array2D, width: 64, height: 32, layers: 3, lastLevel: 2)
    let outside = [
      box(-1, 0, 0, 1, 1, 1), box(0, -1, 0, 1, 1, 1), box(0, 0, -1, 1, 1, 1), box(0, 0, 0, -1, 1, 1),
      box(0, 0, 0, 1, -1, 1), box(0, 0, 0, 1, 1, -1), box(10, 0, 0, -5, 1, 1), box(60, 0, 0, 5, 1, 1),
      box(0, 30, 0, 1, 3, 1), box(0, 0, 2, 1, 1, 2), box(0, 0, 3, 1, 1, 1), box(65, 0, 0, 0, 0, 0),
      box(Int(Int32.max), 0, 0, Int(Int32.max), 1, 1), box(Int(Int32.min), 0, 0, 1, 1, 1),
      box(0, 0, 0, Int(UInt32.max), Int(UInt32.max), Int(UInt32.max)),
    ]
    for region in outside {
      #expect(fault(shape, TransferRequest(level: 0, region: region), memory: .max) == .outsideLevel)
    }
    #expect(fault(shape, TransferRequest(level: 3, region: box(0, 0, 0, 1, 1, 1)), memory: .max) == .outsideLevel)
    #expect(fault(shape, TransferRequest(level: .max, region: box(0, 0, 0, 1, 1, 1)), memory: .max) == .outsideLevel)
    #expect(fault(shape, TransferRequest(level: 2, region: box(0, 0, 0, 17, 1, 1)), memory: .max) == .outsideLevel)
    #expect(fault(shape, TransferRequest(level: 0, region: box(64, 32, 3, 0, 0, 0)), memory: 0) == nil)
  }

  @Test func `strides and offsets that lie are refused`() {
    let shape = shape(.texture3D, width: 64, height: 64, depth: 64)
    let region = box(0, 0, 0, 64, 64, 64)
    func request(stride: UInt32, layer: UInt32 = 0, offset: UInt64 = 0) -> TransferRequest {
      TransferRequest(level: 0, stride: stride, layerStride: layer, region: region, offset: offset)
    }
    #expect(fault(shape, request(stride: 255), memory: .max) == .badStride)
    #expect(fault(shape, request(stride: 256, layer: 256 * 64 - 1), memory: .max) == .badStride)
    #expect(fault(shape, request(stride: .max), memory: 1 << 30) == .memoryTooSmall)
    #expect(fault(shape, request(stride: 256, layer: .max), memory: 1 << 30) == .memoryTooSmall)
    #expect(fault(shape, request(stride: 0, offset: .max), memory: 1 << 30) == .memoryTooSmall)
    #expect(fault(shape, request(stride: 0, offset: 1 << 63), memory: 1 << 30) == .memoryTooSmall)
    #expect(fault(shape, request(stride: 0, offset: 1), memory: 64 * 64 * 64 * 4) == .memoryTooSmall)
    #expect(fault(shape, request(stride: 0), memory: 64 * 64 * 64 * 4) == nil)
  }

  @Test func `buffers ignore strides`() throws {
    let shape = shape(.buffer, width: 1000, block: (1, 1, 1))
    let request = TransferRequest(level: 0, stride: 1, layerStride: 1, region: box(900, 0, 0, 100, 1, 1), offset: 7)
    let plan = try BufferTransferPlan(shape, request, memorySize: 107)
    #expect(plan.start == 900 && plan.count == 100 && plan.offset == 7)
  }

  @Test(
    arguments: [
      (0, (900, 0, 0, 101, 1, 1), 0, .outsideLevel), (0, (0, 0, 0, 100, 2, 1), 0, .outsideLevel),
      (0, (0, 0, 0, 100, 1, 2), 0, .outsideLevel), (0, (0, 1, 0, 100, 1, 1), 0, .outsideLevel),
      (0, (-1, 0, 0, 100, 1, 1), 0, .outsideLevel), (0, (10, 0, 0, -5, 1, 1), 0, .outsideLevel),
      (1, (0, 0, 0, 1, 1, 1), 0, .outsideLevel), (.max, (0, 0, 0, 1, 1, 1), 0, .outsideLevel),
      (0, (0, 0, 0, 200, 1, 1), 1, .memoryTooSmall), (0, (0, 0, 0, 1, 1, 1), 200, .memoryTooSmall),
      (0, (0, 0, 0, 0, 1, 1), 201, .memoryTooSmall), (0, (0, 0, 0, 1, 1, 1), .max, .memoryTooSmall),
      (0, (0, 0, 0, 1, 1, 1), 1 << 63, .memoryTooSmall), (0, (0, 0, 0, 200, 1, 1), 0, nil),
      (0, (1000, 1, 1, 0, 0, 0), 200, nil), (0, (0, 0, 0, 200, 0, 1), 200, nil),
    ] as [(UInt32, (Int, Int, Int, Int, Int, Int), UInt64, TransferFault?)])
  func `buffer boxes and offsets that lie are refused`(
    level: UInt32, box: (Int, Int, Int, Int, Int, Int), offset: UInt64, expected: TransferFault?
  ) {
    let region = Region(x: box.0, y: box.1, z: box.2, width: box.3, height: box.4, depth: box.5)
    var found: TransferFault?
    do throws(TransferFault) {
      _ = try BufferTransferPlan(
        shape(.buffer, width: 1000, block: (1, 1, 1)), TransferRequest(level: level, region: region, offset: offset),
        memorySize: 200)
    } catch {
      found = error
    }
    #expect(found == expected)
  }

  @Test func `multisample resources are refused`() {
    let shape = shape(.texture2D, width: 4, height: 4, samples: 4)
    #expect(fault(shape, TransferRequest(level: 0, region: box(0, 0, 0, 1, 1, 1)), memory: 100) == .unsupported)
  }

  @Test func `the context error depends on who asked`() {
    #expect(TransferFault.memoryTooSmall.contextError(.transfer) == .transferBounds)
    #expect(TransferFault.outsideLevel.contextError(.inlineWrite) == .illegalCommandBuffer)
    #expect(TransferFault.outsideLevel.contextError(.copyFromHost) == .resourceOutOfRange)
    #expect(TransferFault.memoryTooSmall.contextError(.copyFromHost) == .illegalCommandBuffer)
    #expect(TransferFault.noMemory.contextError(.copyToHost) == .illegalResource)
  }

  @Test(arguments: [(1, 1), (3, 2), (16, 7), (1000, 2), (1, 7)], [16, 50, 4096])
  func `strips cover a box exactly once`(size: (Int, Int), limit: Int) {
    let (rows, layers) = size
    var seen = Set<Int>()
    var walk = StripWalk(rowBytes: 16, rows: rows, layers: layers, limit: limit)
    while let strip = walk.next() {
      #expect(strip.rows * strip.layers * 16 <= max(16, limit))
      #expect(strip.layers == 1 || strip.rows == rows)
      for layer in strip.layer..<strip.layer + strip.layers {
        for row in strip.row..<strip.row + strip.rows { #expect(seen.insert(layer * rows + row).inserted) }
      }
    }
    #expect(seen.count == rows * layers)
  }

  @Test func `conversions undo themselves`() {
    let texels: [UInt32] = [0x0011_2233, 0xffee_ddcc, 0x0000_03ff, 0x8040_2010]
    for (conversion, first) in [
      (PixelConversion.swapBytes02, UInt32(0x0033_2211)), (.swapTenBitFields, 0x2331_2001), (.shiftDepth, 0x1122_3311),
    ] {
      var changed = texels
      changed.withUnsafeMutableBytes { bytes in
        guard let start = bytes.baseAddress else { return }
        conversion.toHost(start, count: bytes.count)
      }
      #expect(changed[0] == first)
      changed.withUnsafeMutableBytes { bytes in
        guard let start = bytes.baseAddress else { return }
        conversion.fromHost(start, count: bytes.count)
      }
      #expect(changed == texels.map { conversion == .shiftDepth ? $0 & 0xff_ffff : $0 })
    }
  }
}
