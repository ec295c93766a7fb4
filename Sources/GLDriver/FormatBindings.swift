import CEpoxy
import WireFormat

/// The compression extension that a format needs; the raw values are the digits of the generated table.
enum FormatGate: UInt8 {
  case none, s3tc, s3tcSRGB, rgtc, bptc, etc2, astc

  func isOpen(_ features: GLFeatures) -> Bool {
    switch self {
    case .none: true
    case .s3tc: features.contains(.compressionS3TC)
    case .s3tcSRGB: features.contains(.compressionS3TCsRGB)
    case .rgtc: features.contains(.compressionRGTC)
    case .bptc: features.contains(.compressionBPTC)
    case .etc2: features.contains(.compressionETC2)
    case .astc: features.contains(.compressionASTC)
    }
  }
}

/// How one wire format is stored in GL, before the host was asked.
struct FormatBinding {
  var pixelFormat: PixelFormat
  var internalFormat: GLenum
  var format: GLenum
  var type: GLenum
  var gate: FormatGate
  var swizzle: ComponentSwizzle
}

/// Reads the rows of `FormatBindingTable`: fields of hexadecimal digits between single spaces.
private struct TableReader {
  private let text: UnsafeBufferPointer<UInt8>
  private var position = 0

  init(_ table: StaticString) {
    text = UnsafeBufferPointer(start: table.utf8Start, count: table.utf8CodeUnitCount)
  }

  var isAtEnd: Bool { position >= text.count }

  /// The next character, past the separator behind it.
  mutating func character() -> UInt8 {
    let byte = position < text.count ? text[position] : 0
    position += 2
    return byte
  }

  /// A number of `digits` hexadecimal digits, past the separator behind it.
  mutating func number(digits: Int) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<digits where position < text.count {
      let byte = text[position]
      value = value << 4 | UInt32(byte > 0x39 ? byte &- 0x37 : byte &- 0x30)
      position += 1
    }
    position += 1
    return value
  }

  /// Four raw characters as a little-endian word, past the separator behind them.
  mutating func word() -> UInt32 {
    var value: UInt32 = 0
    for byte in 0..<4 where position < text.count {
      value |= UInt32(text[position]) << UInt32(byte * 8)
      position += 1
    }
    position += 1
    return value
  }
}

extension FormatBindingTable {
  /// The bindings of a host: a compatibility profile prefers what it stores natively.
  static func bindings(for flavour: GLFlavour) -> [FormatBinding] {
    switch flavour {
    case .es: textureBindings(textureES)
    case .core: textureBindings(texture)
    case .compat:
      textureBindings(textureCompat) + textureBindings(texture)
    }
  }

  private static func textureBindings(_ table: StaticString) -> [FormatBinding] {
    var reader = TableReader(table)
    var bindings: [FormatBinding] = []
    bindings.reserveCapacity(160)
    while !reader.isAtEnd {
      let number = reader.number(digits: 3)
      let (internalFormat, format, type) =
        (reader.number(digits: 4), reader.number(digits: 4), reader.number(digits: 4))
      let gate = FormatGate(rawValue: reader.character() &- 0x30) ?? .none
      let swizzle = emulation(reader.character())
      guard let pixelFormat = PixelFormat(wire: number) else { continue }
      bindings.append(
        FormatBinding(
          pixelFormat: pixelFormat, internalFormat: internalFormat, format: format, type: type, gate: gate,
          swizzle: swizzle))
    }
    return bindings
  }

  private static func emulation(_ digit: UInt8) -> ComponentSwizzle {
    switch digit {
    case UInt8(ascii: "1"): ComponentSwizzle(.x, .x, .x, .one)
    case UInt8(ascii: "2"): ComponentSwizzle(.zero, .zero, .zero, .x)
    case UInt8(ascii: "3"): ComponentSwizzle(.x, .y, .z, .one)
    default: .identity
    }
  }

  /// Internal formats of buffer textures where they are not the texture's.
  static func forEachBufferFormat(_ body: (PixelFormat, GLenum) -> Void) {
    var reader = TableReader(buffer)
    while !reader.isAtEnd {
      let number = reader.number(digits: 3)
      let internalFormat = reader.number(digits: 4)
      if let pixelFormat = PixelFormat(wire: number) { body(pixelFormat, internalFormat) }
    }
  }

  static func forEachVertexFormat(_ body: (PixelFormat, VertexAttributeFormat) -> Void) {
    var reader = TableReader(vertex)
    while !reader.isAtEnd {
      let number = reader.number(digits: 3)
      var attribute = VertexAttributeFormat()
      attribute.type = reader.number(digits: 4)
      let size = reader.character()
      attribute.size = size == UInt8(ascii: "B") ? GLint(bitPattern: GL.BGRA) : GLint(size &- 0x30)
      let mode = reader.character()
      attribute.isNormalized = mode == UInt8(ascii: "n")
      attribute.isInteger = mode == UInt8(ascii: "i")
      if let pixelFormat = PixelFormat(wire: number) { body(pixelFormat, attribute) }
    }
  }

  static func forEachFourCC(_ body: (PixelFormat, DRMFourCC) -> Void) {
    var reader = TableReader(fourcc)
    while !reader.isAtEnd {
      let number = reader.number(digits: 3)
      let code = reader.word()
      if let pixelFormat = PixelFormat(wire: number) { body(pixelFormat, DRMFourCC(rawValue: code)) }
    }
  }
}
