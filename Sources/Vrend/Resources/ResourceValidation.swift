import VirtioGPU
import WireFormat
import GLDriver

/// Which resources a guest may create (virgl-resources 2.2), and why not the others.
///
/// Stricter than the C library where the specification asks for it: levels, layers, byte sizes and sample counts are
/// bounded here and not left to GL, and the size rules hold for externally allocated resources as well.
package struct ValidatedResource: Sendable {
  package let shape: ResourceShape
  package let bind: BindFlags
  package let flags: ResourceFlags

  /// - Parameters:
  ///   - entry: what the host does with `arguments.format`.
  package init(
    _ arguments: ResourceCreateArguments, entry: FormatEntry, limits: ResourceLimits
  ) throws(Fault) {
    guard let target = UInt8(exactly: arguments.target).flatMap(TextureTarget.init(rawValue:)) else {
      throw Fault(.invalidArgument, "resource target", UInt64(arguments.target))
    }
    guard let format = PixelFormat(wire: arguments.format) else {
      throw Fault(.invalidArgument, "resource format", UInt64(arguments.format))
    }
    bind = BindFlags(rawValue: arguments.bind)
    flags = ResourceFlags(rawValue: arguments.flags)
    guard flags.isSubset(of: .known) else {
      throw Fault(.invalidArgument, "resource flags", UInt64(arguments.flags))
    }
    if flags.contains(.y0Top), target != .texture2D, target != .rect {
      throw Fault(.invalidArgument, "Y_0_TOP on a target other than 2D", UInt64(arguments.target))
    }

    if target == .buffer {
      shape = try Self.bufferShape(arguments, format, bind, limits)
    } else {
      guard flags.isSubset(of: .y0Top) else { throw Fault(.invalidArgument, "persistent mapping of a texture") }
      var arguments = arguments
      // Layers of targets that have none: some guests leave the field 0.
      if arguments.arraySize == 0, !target.hasLayers { arguments.arraySize = 1 }
      try Self.checkTexture(arguments, target, bind, entry, limits)
      shape = ResourceShape(
        target: target, format: format, width: Int(arguments.width), height: Int(arguments.height),
        depth: Int(arguments.depth), arraySize: Int(arguments.arraySize), lastLevel: Int(arguments.lastLevel),
        samples: arguments.sampleCount > 1 ? Int(arguments.sampleCount) : 0,
        blockWidth: Int(max(1, entry.blockWidth)), blockHeight: Int(max(1, entry.blockHeight)),
        blockBytes: Int(entry.blockBytes))
      guard shape.totalBytes <= limits.maxTextureBytes else {
        throw Fault(.outOfMemory, "texture too large", UInt64(shape.totalBytes))
      }
    }
  }

  /// Buffers are bytes, whatever their format: guests send numbers here that are none of ours.
  private static func bufferShape(
    _ arguments: ResourceCreateArguments, _ format: PixelFormat, _ bind: BindFlags, _ limits: ResourceLimits
  ) throws(Fault) -> ResourceShape {
    let width = Int(arguments.width)
    guard width > 0, width <= limits.maxBufferBytes else {
      throw Fault(.invalidArgument, "buffer size", UInt64(arguments.width))
    }
    guard arguments.height <= 1, arguments.depth <= 1, arguments.arraySize <= 1, arguments.lastLevel == 0,
      arguments.sampleCount <= 1
    else { throw Fault(.invalidArgument, "buffer with more than one dimension") }
    if bind == .queryBuffer, !limits.hasQueryBuffers { throw Fault(.unsupported, "query buffers") }
    if bind == .commandArguments, !limits.hasIndirectDraw { throw Fault(.unsupported, "indirect draw buffers") }
    return ResourceShape(
      target: .buffer, format: format, width: width, height: 1, depth: 1, arraySize: 1, lastLevel: 0, samples: 0,
      blockWidth: 1, blockHeight: 1, blockBytes: 1)
  }

  private static func checkTexture(
    _ a: ResourceCreateArguments, _ target: TextureTarget, _ bind: BindFlags, _ entry: FormatEntry,
    _ limits: ResourceLimits
  ) throws(Fault) {
    guard entry.blockBytes > 0, entry.isCreatable else {
      throw Fault(.invalidArgument, "format cannot be a texture on this host", UInt64(a.format))
    }
    guard !bind.isDisjoint(with: .textureUses) else {
      throw Fault(.invalidArgument, "texture without a use", UInt64(a.bind))
    }
    guard a.width > 0, a.height > 0, a.depth > 0, a.arraySize > 0 else {
      throw Fault(.invalidArgument, "texture without extent")
    }
    try checkExtent(a, target, limits)
    try checkLayers(a, target, limits)
    try checkLevels(a, target)
    try checkSamples(a, target, entry, limits)
    if entry.flags.contains(.compressed) {
      // Rows of blocks can be put upside down, the texels inside them cannot.
      guard !ResourceFlags(rawValue: a.flags).contains(.y0Top) else {
        throw Fault(.invalidArgument, "Y_0_TOP with a compressed format", UInt64(a.format))
      }
      let isLegal =
        switch target {
        // GL has no compressed rectangle textures; they are kept as 2D.
        case .texture2D, .rect, .cube, .array2D, .cubeArray: true
        case .texture3D: entry.viewClass.allowsVolumes || entry.viewClass.isASTC && limits.hasASTCVolumes
        case .buffer, .texture1D, .array1D: false
        }
      guard isLegal else { throw Fault(.invalidArgument, "compressed format on this target", UInt64(a.target)) }
    }
    if entry.isDepthOrStencil, target == .texture3D {
      throw Fault(.invalidArgument, "depth format on a 3D texture", UInt64(a.format))
    }
  }

  private static func checkExtent(
    _ a: ResourceCreateArguments, _ target: TextureTarget, _ limits: ResourceLimits
  ) throws(Fault) {
    let limit =
      switch target {
      case .texture3D: limits.maxTexture3D
      case .cube, .cubeArray: limits.maxTextureCube
      case .buffer, .texture1D, .texture2D, .rect, .array1D, .array2D: limits.maxTexture2D
      }
    guard a.width <= limit, a.height <= limit, a.depth <= limit else {
      throw Fault(.invalidArgument, "texture larger than the host's limit", UInt64(max(a.width, a.height, a.depth)))
    }
    switch target {
    case .texture1D, .array1D:
      guard a.height == 1, a.depth == 1 else { throw Fault(.invalidArgument, "1D texture with height or depth") }
    case .cube, .cubeArray:
      guard a.width == a.height, a.depth == 1 else { throw Fault(.invalidArgument, "cube that is not square") }
    case .buffer, .texture2D, .rect, .array2D:
      guard a.depth == 1 else { throw Fault(.invalidArgument, "2D texture with depth", UInt64(a.depth)) }
    case .texture3D: break
    }
  }

  private static func checkLayers(
    _ a: ResourceCreateArguments, _ target: TextureTarget, _ limits: ResourceLimits
  ) throws(Fault) {
    let isLegal =
      switch target {
      case .cube: a.arraySize == 6
      case .cubeArray: limits.hasCubeArrays && a.arraySize % 6 == 0 && a.arraySize <= limits.maxArrayLayers
      case .array1D, .array2D:
        a.arraySize <= limits.maxArrayLayers && (limits.hasTextureArrays || a.arraySize == 1)
      case .buffer, .texture1D, .texture2D, .texture3D, .rect: a.arraySize == 1
      }
    guard isLegal else { throw Fault(.invalidArgument, "array size", UInt64(a.arraySize)) }
  }

  private static func checkLevels(_ a: ResourceCreateArguments, _ target: TextureTarget) throws(Fault) {
    guard a.lastLevel > 0 else { return }
    let largest = target == .texture3D ? max(a.width, a.height, a.depth) : max(a.width, a.height)
    let deepest = UInt32.bitWidth - 1 - largest.leadingZeroBitCount
    guard target != .rect, a.lastLevel <= deepest, a.lastLevel < ResourceLimits.maxLevels else {
      throw Fault(.invalidArgument, "last level", UInt64(a.lastLevel))
    }
    guard !ResourceFlags(rawValue: a.flags).contains(.y0Top) else {
      throw Fault(.invalidArgument, "Y_0_TOP with mip levels")
    }
  }

  private static func checkSamples(
    _ a: ResourceCreateArguments, _ target: TextureTarget, _ entry: FormatEntry, _ limits: ResourceLimits
  ) throws(Fault) {
    guard a.sampleCount > 1 else { return }
    guard limits.hasMultisampleTextures, entry.flags.contains(.multisample), a.lastLevel == 0,
      target == .texture2D || target == .array2D, a.sampleCount <= limits.maxSamples
    else { throw Fault(.invalidArgument, "sample count", UInt64(a.sampleCount)) }
  }
}

extension TextureTarget {
  /// Layers or faces are part of the shape.
  fileprivate var hasLayers: Bool {
    switch self {
    case .cube, .array1D, .array2D, .cubeArray: true
    case .buffer, .texture1D, .texture2D, .texture3D, .rect: false
    }
  }
}

extension ViewClass {
  /// Compressed formats that GL accepts for 3D textures without further extensions: BPTC only.
  fileprivate var allowsVolumes: Bool { self == .bptcUnorm || self == .bptcFloat }
}
