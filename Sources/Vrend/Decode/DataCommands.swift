import CEpoxy
import GLDriver
import VirtioGPU
import WireFormat

/// Commands that move data between guest memory and resources, or describe resources to the guest.
extension VrendContext {
  /// RESOURCE_INLINE_WRITE: the packet itself is the source.
  @inline(never)
  func inlineWrite(_ command: ResourceInlineWrite, _ payload: Span<UInt32>) throws(CommandFault) {
    let resource = try resources.require(command.transfer.resource)
    let words = payload.extracting(ResourceInlineWrite.dataOffset..<payload.count)
    try transferring(.inlineWrite, resource) { () throws(TransferFault) in
      try words.withUnsafeBytes { (bytes) throws(TransferFault) in
        try renderer.transfers.inlineWrite(
          resource, TransferRequest(command.transfer), bytes, current.scratch)
      }
    }
  }

  /// TRANSFER3D: the resource's own backing.
  @inline(never)
  func transfer(_ command: Transfer3D) throws(CommandFault) {
    let resource = try resources.require(command.transfer.resource)
    let request = TransferRequest(command.transfer, offset: command.offset)
    try transferring(.transfer, resource) { () throws(TransferFault) in
      if command.isToHost {
        try renderer.transfers.toHost(resource, request, from: resource.backing, current.scratch)
      } else {
        try renderer.transfers.fromHost(resource, request, into: resource.backing, current.scratch)
      }
    }
  }

  /// COPY_TRANSFER3D: the backing of a staging resource.
  @inline(never)
  func transfer(_ command: CopyTransfer3D) throws(CommandFault) {
    let resource = try resources.require(command.transfer.resource)
    let staging = try resources.require(command.staging)
    let request = TransferRequest(command.transfer, offset: command.stagingOffset)
    try transferring(command.isFromHost ? .copyFromHost : .copyToHost, staging) { () throws(TransferFault) in
      if command.isFromHost {
        try renderer.transfers.fromHost(resource, request, into: staging.backing, current.scratch)
      } else {
        try renderer.transfers.toHost(resource, request, from: staging.backing, current.scratch)
      }
    }
  }

  /// Runs a transfer and turns its fault into the command's.
  @inline(__always)
  private func transferring(
    _ origin: TransferFault.Origin, _ named: GLResource, _ body: () throws(TransferFault) -> Void
  ) throws(CommandFault) {
    do throws(TransferFault) {
      try body()
    } catch {
      throw CommandFault(error.contextError(origin), error.reason, named.id.rawValue)
    }
    absorbClobbers()
  }

  /// PIPE_RESOURCE_CREATE: makes storage and parks it under the guest's blob id.
  @inline(never)
  func park(_ command: PipeResourceCreate) throws(CommandFault) {
    guard command.blobID != 0, parked.count < Self.parkedLimit else {
      throw CommandFault(.illegalCommandBuffer, .limit, command.blobID)
    }
    // Guests send an internal format number here; a buffer is bytes whatever it says.
    let isBuffer = command.target == UInt32(TextureTarget.buffer.rawValue)
    let arguments = ResourceCreateArguments(
      handle: 0, target: command.target, format: isBuffer ? 64 : command.format, bind: command.bind,
      width: command.width, height: command.height, depth: command.depth, arraySize: command.arraySize,
      lastLevel: command.lastLevel, sampleCount: command.samples, flags: command.flags)
    do throws(Fault) {
      parked[command.blobID] = try renderer.allocator.makeStorage(arguments)
    } catch {
      log.error("context \(id.rawValue): \(error.what) (\(error.value))")
      throw CommandFault(.illegalResource, .value, command.blobID)
    }
    absorbClobbers()
  }

  /// PIPE_RESOURCE_SET_TYPE: a typed resource stays as it is; others become textures where the display imports
  /// dma-bufs (the capability is not advertised elsewhere).
  func setType(_ command: PipeResourceSetType, _ payload: Span<UInt32>) throws(CommandFault) {
    guard let resource = resources.untyped(command.resource) else {
      throw CommandFault(.illegalResource, .unknownResource, command.resource)
    }
    guard resources.find(command.resource) == nil else { return }
    do throws(Fault) {
      resource.typed = try renderer.makeTyped(resource, command, payload)
    } catch {
      log.error("context \(id.rawValue): \(error.what) (\(error.value))")
      throw CommandFault(.illegalResource, .unsupported, command.resource)
    }
    guard renderer.makeCurrent(current) else { throw CommandFault(.unknown, .outOfMemory, current.id) }
  }

  /// GET_MEMORY_INFO: six numbers in KiB at the start of the buffer's memory.
  @inline(never)
  func writeMemoryInfo(_ id: UInt32) throws(CommandFault) {
    let resource = try resources.require(id)
    let info = HostMemoryInfo.read(host: renderer.host)
    try withUnsafeBytes(of: info) { (bytes) throws(CommandFault) in
      do throws(Fault) {
        try resource.write(bytes, at: 0)
      } catch {
        throw CommandFault(.illegalResource, .bounds, id)
      }
    }
  }

  /// GET_PIPE_RESOURCE_LAYOUT: 80 bytes, all zero for storage without a layout to tell.
  @inline(never)
  func writeLayout(_ command: GetPipeResourceLayout) throws(CommandFault) {
    let output = try resources.require(command.output)
    let layout = renderer.layout(of: try resources.require(command.resource)) ?? ImageLayout()
    guard renderer.makeCurrent(current) else { throw CommandFault(.unknown, .outOfMemory, current.id) }
    let planes = layout.planes
    let answer: InlineArray<10, UInt64> = [
      layout.modifier, UInt64(layout.planeCount),
      planes[0].offset, planes[0].extent, planes[1].offset, planes[1].extent,
      planes[2].offset, planes[2].extent, planes[3].offset, planes[3].extent,
    ]
    let fault: CommandFault? = answer.span.withUnsafeBytes { bytes in
      do throws(Fault) {
        try output.write(bytes, at: 0)
        return nil
      } catch {
        return CommandFault(.illegalResource, .bounds, command.output)
      }
    }
    if let fault { throw fault }
  }
}

extension PlaneLayout {
  /// Stride and size as they follow each other in the answer, on a little-endian machine.
  fileprivate var extent: UInt64 { UInt64(stride) | UInt64(size) << 32 }
}

extension TransferFault {
  /// The same for the log of a command.
  fileprivate var reason: CommandFault.Reason {
    switch self {
    case .noMemory: .wrongStorage
    case .outsideLevel, .badStride, .memoryTooSmall: .bounds
    case .unsupported: .unsupported
    case .outOfMemory: .outOfMemory
    }
  }
}

/// The answer to GET_MEMORY_INFO, in KiB: total and available device memory, total and available staging
/// memory, evicted memory and the number of evictions.
private enum HostMemoryInfo {
  static func read(host: HostGL) -> (UInt32, UInt32, UInt32, UInt32, UInt32, UInt32) {
    if host.features.contains(.nvxMemoryInfo) {
      return (
        integer(GL.GPU_MEMORY_INFO_DEDICATED_VIDMEM_NVX), integer(GL.GPU_MEMORY_INFO_CURRENT_AVAILABLE_VIDMEM_NVX),
        0, 0, integer(GL.GPU_MEMORY_INFO_EVICTED_MEMORY_NVX), integer(GL.GPU_MEMORY_INFO_EVICTION_COUNT_NVX)
      )
    }
    return (0, 0, 0, 0, 0, 0)
  }

  private static func integer(_ name: GLenum) -> UInt32 {
    var value: GLint = 0
    epoxy_glGetIntegerv(name, &value)
    return UInt32(clamping: value)
  }
}
