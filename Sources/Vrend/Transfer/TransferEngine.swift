import CEpoxy
import GLDriver
import Glibc
import VirtioGPU
import WireFormat

/// Moves data between guest memory and resources: the virtio transfers, TRANSFER3D, RESOURCE_INLINE_WRITE and
/// COPY_TRANSFER3D (virgl-resources 5).
///
/// One per renderer. Every call needs a context of the share group current and takes that context's scratch objects.
/// All checks come before the first byte moves. GL errors of the host are left to the caller's error policy.
package final class TransferEngine {
  let isES: Bool
  let isSoftware: Bool
  let abilities: EngineAbilities
  let hasDirectStateAccess: Bool
  /// GL_TEXTURE0 + n of the last unit, which nobody else uses.
  let reservedUnit: GLenum
  /// Host memory that rows pass through when GL cannot take them where they are. Never grows: boxes are cut to fit.
  let staging: UnsafeMutableRawPointer
  let stagingBytes: Int

  /// What the calls since the last `takeClobbers()` changed in the current context.
  @exclusivity(unchecked) package var clobbers: GLClobbers = []

  /// Bytes of the staging area: large enough to keep GL's cost per call small, small enough for the L2 cache.
  private static let preferredStagingBytes = 512 << 10

  /// - Parameter abilities: what may be used of the host; fewer only to try the fallbacks.
  /// - Throws: `outOfMemory` when the staging area cannot be had.
  package init(host: HostGL, abilities: EngineAbilities? = nil) throws(Fault) {
    isES = host.isES
    isSoftware = host.workarounds.contains(.softwareRenderer)
    self.abilities = abilities ?? EngineAbilities(host)
    hasDirectStateAccess = self.abilities.contains(.directStateAccess)
    let units = max(1, host.limits.maxCombinedTextureImageUnits)
    reservedUnit = GL.TEXTURE0 + GLenum(truncatingIfNeeded: units - 1)
    // One row of the widest texture must fit: 16 bytes is the largest texel.
    stagingBytes = max(Self.preferredStagingBytes, Int(host.limits.maxTextureSize) * 16)
    guard let memory = aligned_alloc(64, (stagingBytes + 63) & ~63) else {
      throw Fault(.outOfMemory, "transfer staging area", UInt64(stagingBytes))
    }
    staging = memory
  }

  deinit { free(staging) }

  /// Returns what changed since the last call, and starts over.
  package func takeClobbers() -> GLClobbers {
    let taken = clobbers
    clobbers = []
    return taken
  }

  /// Guest memory into a resource.
  ///
  /// - Parameters:
  ///   - memory: the caller's memory, or the resource's backing; nil when there is none.
  package func toHost(
    _ resource: GLResource, _ transfer: TransferRequest, from memory: GuestMemory?, _ scratch: ContextScratch
  ) throws(TransferFault) {
    guard let memory else { return try withoutMemory(resource) }
    guard resource.isBuffer else {
      let plan = try TransferPlan(resource.shape, transfer, memorySize: memory.byteCount)
      if resource.isTexture, !plan.isEmpty { try upload(resource, plan, memory) }
      return
    }
    let plan = try BufferTransferPlan(resource.shape, transfer, memorySize: memory.byteCount)
    guard plan.count > 0 else { return }
    if resource.kind == .buffer {
      return try writeBuffer(resource, at: plan.start, plan.count, from: memory, at: plan.offset)
    }
    try withMemory(of: resource) { (own) throws(TransferFault) in
      try copyMemory(from: memory, plan.offset, to: own, plan.start, plan.count)
    }
  }

  /// A resource's content into guest memory.
  ///
  /// - Parameters:
  ///   - memory: the caller's memory, or the resource's backing; nil when there is none.
  package func fromHost(
    _ resource: GLResource, _ transfer: TransferRequest, into memory: GuestMemory?, _ scratch: ContextScratch
  ) throws(TransferFault) {
    guard let memory else { return try withoutMemory(resource) }
    guard resource.isBuffer else {
      let plan = try TransferPlan(resource.shape, transfer, memorySize: memory.byteCount)
      if resource.isTexture, !plan.isEmpty { try download(resource, plan, memory, scratch) }
      return
    }
    let plan = try BufferTransferPlan(resource.shape, transfer, memorySize: memory.byteCount)
    guard plan.count > 0 else { return }
    if resource.kind == .buffer {
      return try readBuffer(resource, at: plan.start, plan.count, into: memory, at: plan.offset)
    }
    try withMemory(of: resource) { (own) throws(TransferFault) in
      try copyMemory(from: own, plan.start, to: memory, plan.offset, plan.count)
    }
  }

  /// RESOURCE_INLINE_WRITE: the source is the packet itself.
  package func inlineWrite(
    _ resource: GLResource, _ transfer: TransferRequest, _ bytes: UnsafeRawBufferPointer, _ scratch: ContextScratch
  ) throws(TransferFault) {
    if resource.kind == .buffer {
      let plan = try BufferTransferPlan(resource.shape, transfer, memorySize: bytes.count)
      guard plan.count > 0 else { return }
      return subData(resource.bufferName, plan.start, plan.count, bytes.baseAddress?.advanced(by: plan.offset))
    }
    // The source is only read; a scatter list has no const form.
    let source = UnsafeMutableRawBufferPointer(mutating: bytes)
    try Self.withGuestMemory(source) { (memory) throws(TransferFault) in
      try toHost(resource, transfer, from: memory, scratch)
    }
  }

  /// Without memory a transfer of an imported image has nothing to do; for all others it is a mistake.
  private func withoutMemory(_ resource: GLResource) throws(TransferFault) {
    guard resource.isExternalImage || resource.kind == .externalOnly else { throw .noMemory }
  }

  /// Lends the first `count` bytes of the staging area, zeroed.
  func withZeroes(_ count: Int, _ body: (UnsafeRawBufferPointer) -> Void) {
    let count = min(count, stagingBytes)
    memset(staging, 0, count)
    body(UnsafeRawBufferPointer(start: staging, count: count))
  }

  /// How texels of this format and shape come back.
  func readbackPath(_ entry: FormatEntry, _ shape: ResourceShape) -> ReadbackPath {
    guard !shape.isBuffer, !shape.isMultisample else { return .none }
    // Reading a framebuffer is 4 to 20 times faster on NVIDIA's driver, and the same on a software renderer.
    if !isSoftware, !isES, entry.flags.contains(.render) { return .framebuffer }
    if abilities.contains(.getTextureSubImage) { return .subImage }
    if entry.flags.isDisjoint(with: .attachment) { return isES ? .none : .wholeLevel }
    return isES && !entry.flags.contains(.readback) ? .none : .framebuffer
  }
}

/// The region and memory layout of a transfer; all numbers are the guest's and unproven.
@frozen
package struct TransferRequest: Sendable {
  package var level: UInt32
  /// Bytes per row of blocks; 0 = derived from the level.
  package var stride: UInt32
  /// Bytes per layer; 0 = derived from the level.
  package var layerStride: UInt32
  package var region: Region
  /// Bytes into the memory.
  package var offset: UInt64

  @inlinable
  package init(level: UInt32, stride: UInt32 = 0, layerStride: UInt32 = 0, region: Region, offset: UInt64 = 0) {
    self.level = level
    self.stride = stride
    self.layerStride = layerStride
    self.region = region
    self.offset = offset
  }

  /// A transfer of the virtio control queue.
  @inlinable
  package init(_ transfer: Transfer) {
    let box = transfer.box
    self.init(
      level: transfer.level, stride: transfer.stride, layerStride: transfer.layerStride,
      region: Region(
        x: Int(box.x), y: Int(box.y), z: Int(box.z), width: Int(box.width), height: Int(box.height),
        depth: Int(box.depth)),
      offset: transfer.offset)
  }

  /// A transfer inside the command stream.
  @inlinable
  package init(_ transfer: WireTransfer, offset: UInt32 = 0) {
    self.init(
      level: transfer.level, stride: transfer.stride, layerStride: transfer.layerStride, region: Region(transfer.box),
      offset: UInt64(offset))
  }
}
