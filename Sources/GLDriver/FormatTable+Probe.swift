import CEpoxy
import WireFormat

extension FormatTable {
  /// Asks the current context about every format that has a GL mapping, in about a thousand GL calls.
  static func probe(
    flavour: GLFlavour, features: GLFeatures, external: ExternalFormatSupport
  ) -> FormatTable {
    var entries = [FormatEntry](repeating: FormatEntry(), count: PixelFormat.limit)
    var vertexFormats = [VertexAttributeFormat](repeating: VertexAttributeFormat(), count: PixelFormat.limit)
    for number in 0..<UInt16(PixelFormat.limit) {
      let format = PixelFormat(known: number)
      if let description = format.layoutDescription {
        entries[format.index] = FormatEntry(description: description)
        if external.scanout?.contains(format) ?? true { entries[format.index].flags.insert(.scanout) }
        if external.sampling.contains(format) { entries[format.index].flags.formUnion([.sampler, .externalOnly]) }
      }
    }
    FormatBindingTable.forEachVertexFormat { vertexFormats[$0.index] = $1 }

    var prober = FormatProber(isES: flavour == .es, features: features)
    prober.begin()
    for binding in FormatBindingTable.bindings(for: flavour) {
      let index = binding.pixelFormat.index
      // A native form that worked comes first and keeps its place.
      guard entries[index].internalFormat == 0, let description = binding.pixelFormat.layoutDescription
      else { continue }
      entries[index].probe(binding, description: description, prober: &prober)
    }
    for index in entries.indices where entries[index].isCreatable {
      let isCompressed = entries[index].flags.contains(.compressed)
      entries[index].flags.formUnion(prober.storageFlags(entries[index].internalFormat, isCompressed: isCompressed))
    }
    prober.end()

    addBufferFormats(&entries, features: features)
    // Format 0 stands for "no attachment": multisampling without attachments.
    if features.contains(.textureMultisample) { entries[0].flags.insert(.multisample) }
    return FormatTable(entries: entries, vertexFormats: vertexFormats, isES: flavour == .es)
  }

  private static func addBufferFormats(_ entries: inout [FormatEntry], features: GLFeatures) {
    guard features.contains(.textureBuffer) else { return }
    FormatBindingTable.forEachBufferFormat { entries[$0.index].bufferInternalFormat = $1 }
    for index in entries.indices {
      if entries[index].bufferInternalFormat == 0 {
        entries[index].bufferInternalFormat = entries[index].internalFormat
      }
      if InternalFormatUse.isBufferTexture(entries[index].bufferInternalFormat, features: features) {
        entries[index].flags.insert(.bufferTexture)
      } else {
        entries[index].bufferInternalFormat = 0
      }
    }
  }
}

extension FormatEntry {
  /// What follows from the wire format alone.
  init(description: FormatDescription) {
    self.init()
    blockBytes = description.blockBytes
    blockWidth = description.blockWidth
    blockHeight = description.blockHeight
    // Buffer textures are read in memory order, whatever the order of the wire format's channels.
    if description.isPlain, !description.isDepthOrStencil { bufferSwizzle = description.swizzle }
    if description.isCompressed { flags.insert(.compressed) }
    if description.hasAlpha { flags.insert(.hasAlpha) }
    if description.isSRGB { flags.insert(.srgb) }
    if description.isPureInteger { flags.insert(.pureInteger) }
    if description.traits.contains(.depth) { flags.insert(.hasDepth) }
    if description.traits.contains(.stencil) { flags.insert(.hasStencil) }
    if description.isPureInteger, description.channel0.kind == .signed { flags.insert(.signedInteger) }
  }

  /// Tries the binding on the host and, when textures can be made of it, takes it over.
  fileprivate mutating func probe(
    _ binding: FormatBinding, description: FormatDescription, prober: inout FormatProber
  ) {
    guard binding.gate.isOpen(prober.features) else { return }
    let isCompressed = description.isCompressed
    var found: FormatFlags = [.sampler]
    if isCompressed {
      if !prober.isES { found.insert(.readback) }
    } else {
      guard prober.makeTexture(binding) else { return }
      found.formUnion(prober.attachmentFlags(binding, description: description))
    }
    if !prober.isES, !isCompressed { found.insert(.textureRectangle) }

    internalFormat = binding.internalFormat
    format = binding.format
    type = binding.type
    swizzle = binding.swizzle
    viewClass = ViewClass(internalFormat: binding.internalFormat)
    if prober.features.contains(.images),
      InternalFormatUse.isImage(binding.internalFormat, features: prober.features, isES: prober.isES) {
      imageInternalFormat = binding.internalFormat
      found.insert(.image)
    }
    if binding.swizzle == ComponentSwizzle(.zero, .zero, .zero, .x) { found.insert(.emulatedAlpha) }
    if binding.pixelFormat == .Z24X8_UNORM { found.insert(.shiftsDepthBy8) }
    if prober.isES {
      switch binding.pixelFormat {
      case .B8G8R8A8_UNORM, .B8G8R8X8_UNORM, .B8G8R8A8_SRGB, .B8G8R8X8_SRGB: found.insert(.needsByteSwapBGRA)
      default: break
      }
    }
    flags.formUnion(found)
  }
}
