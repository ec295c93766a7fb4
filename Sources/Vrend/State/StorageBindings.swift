import CEpoxy
import GLDriver
import WireFormat

/// Shader buffers, images and atomic counter buffers. Kept apart from the hot state: few guests use them.
struct StorageBindings: ~Copyable {
  var buffers = Buffer<BufferRange>(repeating: BufferRange(), count: 6 * ProtocolLimits.shaderBuffers)
  var images = Buffer<ImageBinding?>(repeating: nil, count: 6 * ProtocolLimits.images)
  var atomics = Buffer<BufferRange>(repeating: BufferRange(), count: ProtocolLimits.atomicBuffers)
}

/// One bound shader image.
final class ImageBinding {
  let resource: GLResource
  let texture: GLuint
  let level: GLint
  let isLayered: Bool
  let layer: GLint
  let access: GLenum
  let internalFormat: GLenum
  private let ownsTexture: Bool
  private let releaseQueue: GLReleaseQueue

  /// nil when the host has no images of this format, about which the guest cannot know: they load zeros and take no
  /// stores.
  ///
  /// - Throws: ILLEGAL_FORMAT, ILLEGAL_RESOURCE or a bounds fault.
  init?(_ wire: WireImage, resource: GLResource, host: HostGL, releaseQueue: GLReleaseQueue) throws(CommandFault) {
    guard let format = PixelFormat(wire: wire.format) else {
      throw CommandFault(.illegalFormat, .format, wire.format)
    }
    let entry = host.formats[format]
    guard entry.blockBytes > 0 else { throw CommandFault(.illegalFormat, .format, wire.format) }
    guard entry.imageInternalFormat != 0 else { return nil }
    self.resource = resource
    self.releaseQueue = releaseQueue
    internalFormat = entry.imageInternalFormat
    access =
      switch wire.access {
      case 1: GL.READ_ONLY
      case 2: GL.WRITE_ONLY
      default: GL.READ_WRITE
      }
    if resource.shape.isBuffer {
      texture = try Self.bufferTexture(wire, resource, entry, host)
      ownsTexture = true
      (level, isLayered, layer) = (0, false, 0)
      return
    }
    guard resource.textureName != 0 else { throw CommandFault(.illegalResource, .wrongStorage, wire.resource) }
    let first = Int(wire.layersOrOffset.bits(0, 16))
    let last = Int(wire.layersOrOffset.bits(16, 16))
    guard resource.shape.hasLevel(wire.level), first <= last,
      last < resource.shape.levelLayers(Int(wire.level))
    else { throw CommandFault(.resourceOutOfRange, .bounds, wire.resource) }
    let layers = resource.shape.levelLayers(Int(wire.level))
    level = GLint(wire.level)
    let isArray = layers > 1
    isLayered = isArray && !(first == last)
    let isProperRange = isLayered && last - first + 1 < layers && resource.shape.target != .texture3D
    if isProperRange, resource.isImmutable, host.features.contains(.textureView),
      let view = TextureView.make(
        resource: resource, target: resource.glTarget,
        internalFormat: host.formats[resource.shape.format].internalFormat, levels: 0...resource.shape.lastLevel,
        layers: first...last)
    {
      texture = view
      ownsTexture = true
      layer = 0
    } else {
      texture = resource.textureName
      ownsTexture = false
      layer = isLayered ? 0 : GLint(first)
    }
  }

  deinit {
    if ownsTexture { releaseQueue.release(texture: texture) }
  }

  private static func bufferTexture(
    _ wire: WireImage, _ resource: GLResource, _ entry: FormatEntry, _ host: HostGL
  ) throws(CommandFault) -> GLuint {
    guard resource.bufferName != 0 else { throw CommandFault(.illegalResource, .wrongStorage, wire.resource) }
    let width = resource.shape.width
    let offset = Int(wire.layersOrOffset)
    guard offset <= width, Int(wire.levelOrSize) <= width - offset, wire.levelOrSize > 0 else {
      throw CommandFault(.resourceOutOfRange, .bounds, wire.resource)
    }
    var name: GLuint = 0
    epoxy_glGenTextures(1, &name)
    epoxy_glBindTexture(GL.TEXTURE_BUFFER, name)
    if host.features.contains(.textureBufferRange) {
      epoxy_glTexBufferRange(
        GL.TEXTURE_BUFFER, entry.imageInternalFormat, resource.bufferName, offset, Int(wire.levelOrSize))
    } else {
      epoxy_glTexBuffer(GL.TEXTURE_BUFFER, entry.imageInternalFormat, resource.bufferName)
    }
    epoxy_glBindTexture(GL.TEXTURE_BUFFER, 0)
    return name
  }
}

extension SubContextState {
  /// SET_SHADER_BUFFERS.
  mutating func apply(
    _ command: SetShaderBuffers, _ payload: Span<UInt32>, _ resources: borrowing ResourceMap
  ) throws(CommandFault) {
    guard host.features.contains(.shaderStorageBuffer) else { return }
    for index in 0..<command.slots.count {
      let slot = command.stage * ProtocolLimits.shaderBuffers + command.slots.start + index
      storage.buffers[slot] = try checkedRange(command.range(index, payload), resources)
    }
    dirty.insert(.shaderBuffers)
    if command.stage == 5 { isComputeDirty = true }
  }

  /// SET_ATOMIC_BUFFERS.
  mutating func apply(
    _ command: SetAtomicBuffers, _ payload: Span<UInt32>, _ resources: borrowing ResourceMap
  ) throws(CommandFault) {
    guard host.features.contains(.atomicCounters) else { return }
    for index in 0..<command.slots.count {
      storage.atomics[command.slots.start + index] = try checkedRange(command.range(index, payload), resources)
    }
    dirty.insert(.atomicBuffers)
  }

  private func checkedRange(
    _ wire: WireBufferRange, _ resources: borrowing ResourceMap
  ) throws(CommandFault) -> BufferRange {
    guard wire.resource != 0 else { return BufferRange() }
    let resource = try resources.requireBuffer(wire.resource)
    let width = resource.shape.width
    guard Int(wire.offset) <= width, Int(wire.length) <= width - Int(wire.offset) else {
      throw CommandFault(.shaderBufferRange, .bounds, wire.resource)
    }
    return BufferRange(resource: resource, offset: wire.offset, length: wire.length)
  }

  /// SET_SHADER_IMAGES.
  mutating func apply(
    _ command: SetShaderImages, _ payload: Span<UInt32>, _ resources: borrowing ResourceMap
  ) throws(CommandFault) {
    guard host.features.contains(.images) else {
      throw CommandFault(.illegalCommandBuffer, .unsupported)
    }
    for index in 0..<command.slots.count {
      let slot = command.stage * ProtocolLimits.images + command.slots.start + index
      let wire = command.image(index, payload)
      if wire.resource == 0 {
        storage.images[slot] = nil
      } else {
        let resource = try resources.require(wire.resource)
        storage.images[slot] = try ImageBinding(wire, resource: resource, host: host, releaseQueue: releaseQueue)
      }
    }
    dirty.insert(.images)
  }

  /// Binds shader buffers, images and atomic counters at the numbers the program's stages use.
  ///
  /// Emitted before every draw of such a program: these programs are rare, and buffers written by
  /// shaders make shadows of little use.
  @inline(never)
  mutating func emitStorageAndImages(_ program: LinkedProgram) {
    for stage in 0..<6 {
      emitStorageBuffers(program, stage)
      emitImages(program, stage)
    }
    var atomics = program.atomicMask
    while atomics != 0 {
      let slot = atomics.trailingZeroBitCount
      atomics &= atomics &- 1
      bind(storage.atomics[slot & 31], GL.ATOMIC_COUNTER_BUFFER, GLuint(slot))
    }
  }

  private func emitStorageBuffers(_ program: LinkedProgram, _ stage: Int) {
    var rest = program.storageMasks[stage]
    while rest != 0 {
      let slot = rest.trailingZeroBitCount
      rest &= rest &- 1
      bind(
        storage.buffers[stage * ProtocolLimits.shaderBuffers + slot], GL.SHADER_STORAGE_BUFFER,
        program.storageFirstBindings[stage] &+ GLuint(slot))
    }
  }

  private func bind(_ range: BufferRange, _ target: GLenum, _ binding: GLuint) {
    let (offset, length) = range.clamped
    if let resource = range.resource, length > 0 {
      epoxy_glBindBufferRange(target, binding, resource.bufferName, offset, length)
    } else {
      epoxy_glBindBufferBase(target, binding, 0)
    }
  }

  private func emitImages(_ program: LinkedProgram, _ stage: Int) {
    var rest = program.imageMasks[stage]
    while rest != 0 {
      let slot = rest.trailingZeroBitCount
      rest &= rest &- 1
      let unit = program.imageFirstUnits[stage] &+ GLuint(slot)
      guard let image = storage.images[stage * ProtocolLimits.images + slot] else {
        epoxy_glBindImageTexture(unit, 0, 0, 0, 0, GL.READ_ONLY, GL.R32UI)
        continue
      }
      epoxy_glBindImageTexture(
        unit, image.texture, image.level, image.isLayered ? 1 : 0, image.layer, image.access, image.internalFormat)
    }
  }
}
