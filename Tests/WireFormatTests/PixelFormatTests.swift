import Testing
import WireFormat

struct PixelFormatTests {
  @Test func `every number is safe and unknown ones have no description`() {
    var known = 0
    for number in UInt32(0)..<512 {
      let format = PixelFormat(wire: number)
      #expect(format?.index == Int(number))
      guard let description = format?.layoutDescription else { continue }
      known += 1
      #expect(description.blockWidth >= 1 && description.blockHeight >= 1)
    }
    #expect(known == 469)
    #expect(PixelFormat(wire: 512) == nil)
    #expect(PixelFormat(wire: .max) == nil)
    for number in [UInt16(73), 78, 86, 307, 309, 310, 482, 511] {
      #expect(PixelFormat(known: number).layoutDescription == nil)
    }
  }

  @Test func `the channels of a plain format fill its block`() {
    for number in UInt16(0)..<512 {
      guard let description = PixelFormat(known: number).layoutDescription, description.isPlain else { continue }
      var bits = 0
      for index in 0..<4 { bits += Int(description.channel(index).bits) }
      // Shared R/G/B labels count once; formats are whole bytes.
      #expect(bits == Int(description.blockBytes) * 8, "format \(number)")
    }
  }

  @Test func `BGRA is described in memory order`() throws {
    let description = try #require(PixelFormat.B8G8R8A8_UNORM.layoutDescription)
    #expect(description.swizzle == ComponentSwizzle(.z, .y, .x, .w))
    #expect(description.channelCount == 4 && description.hasAlpha)
    #expect(description.channel0 == FormatChannel(kind: .unsigned, isNormalized: true, bits: 8))
    #expect(description.rowBytes(10) == 40)
    let x = try #require(PixelFormat.B8G8R8X8_UNORM.layoutDescription)
    #expect(!x.hasAlpha && x.channel3.kind == .void && x.channel(ofComponent: 3) == nil)
  }

  @Test func `compressed sizes round up to blocks`() throws {
    let description = try #require(PixelFormat.DXT1_RGBA.layoutDescription)
    #expect(description.isCompressed && description.blockBytes == 8)
    #expect(description.blocksAcross(5) == 2 && description.blocksDown(4) == 1)
    #expect(description.rowBytes(1) == 8 && description.rowBytes(0) == 0)
    let astc = try #require(PixelFormat.ASTC_12x10_SRGB.layoutDescription)
    #expect(astc.blockWidth == 12 && astc.blockHeight == 10 && astc.isSRGB)
    #expect(astc.rowBytes(.max) == 357_913_942 * 16)
  }

  @Test func `traits tell the kinds apart`() throws {
    let zs = try #require(PixelFormat.S8_UINT_Z24_UNORM.layoutDescription)
    #expect(zs.traits == [.depth, .stencil] && zs.isDepthOrStencil && !zs.hasRed)
    let uint = try #require(PixelFormat.R32_UINT.layoutDescription)
    #expect(uint.isPureInteger && uint.channel0.isPureInteger && !uint.hasGreen)
    #expect(try #require(PixelFormat.Y8_U8V8_420_UNORM.layoutDescription).traits.contains(.yuv))
    #expect(try #require(PixelFormat.R16_FLOAT.layoutDescription).traits == .float)
    let luminance = try #require(PixelFormat.L8A8_UNORM.layoutDescription)
    #expect(luminance.swizzle == ComponentSwizzle(.x, .x, .x, .y))
  }

  @Test func `swizzles compose`() {
    let alpha = ComponentSwizzle(.zero, .zero, .zero, .x)
    #expect(ComponentSwizzle(.w, .w, .w, .one).composed(over: alpha) == ComponentSwizzle(.x, .x, .x, .one))
    #expect(ComponentSwizzle.identity.composed(over: alpha) == alpha)
  }

  @Test func `masks hold every format`() {
    var mask = FormatMask()
    for number in UInt16(0)..<512 {
      mask.insert(PixelFormat(known: number))
      #expect(mask.contains(PixelFormat(known: number)))
      #expect(mask.count == 1)
      mask.remove(PixelFormat(known: number))
    }
    mask.insert(.R8G8B8A8_UNORM)
    #expect(mask.words[2] == 1 << 3)
  }
}
