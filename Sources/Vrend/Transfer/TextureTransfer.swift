import CEpoxy
import GLDriver
import VirtioGPU

/// Transfers of textures (virgl-resources 5.3 to 5.6): straight between GL and guest memory when GL can express the
/// layout and nothing has to be converted, else strip by strip through the staging area.
extension TransferEngine {
  func upload(_ resource: GLResource, _ plan: TransferPlan, _ memory: GuestMemory) throws(TransferFault) {
    try checkTransferable(resource)
    var cursor = GuestCursor(memory)
    let swaps = prefersOwnSwap(resource)
    if !swaps, isDirect(resource, plan),
      let bytes = cursor.contiguous(at: plan.offset, count: plan.extent)?.baseAddress
    {
      store(
        resource, level: plan.level, plan.region, bytes, rowPitch: plan.stride, layerPitch: plan.layerStride,
        byteCount: plan.extent)
      return
    }
    var walk = StripWalk(rowBytes: plan.rowBytes, rows: plan.rows, layers: plan.layers, limit: stagingBytes)
    while let strip = walk.next() {
      try gather(&cursor, plan, strip, reversed: resource.isTopDown)
      let count = plan.rowBytes &* strip.rows &* strip.layers
      (swaps ? .swapBytes02 : resource.conversion).toHost(staging, count: count)
      store(
        resource, level: plan.level, glRegion(resource, plan, strip), staging, rowPitch: plan.rowBytes,
        layerPitch: plan.rowBytes &* strip.rows, byteCount: count, format: swaps ? GL.RGBA : nil)
    }
  }

  /// A software renderer stores RGBA and exchanges red and blue itself, but three times slower than it takes RGBA
  /// together with an exchange here.
  private func prefersOwnSwap(_ resource: GLResource) -> Bool {
    isSoftware && resource.entry.format == GL.BGRA && resource.entry.type == GL.UNSIGNED_BYTE
      && (resource.entry.internalFormat == GL.RGBA8 || resource.entry.internalFormat == GL.SRGB8_ALPHA8)
  }

  func download(
    _ resource: GLResource, _ plan: TransferPlan, _ memory: GuestMemory, _ scratch: ContextScratch
  ) throws(TransferFault) {
    try checkTransferable(resource)
    if resource.readback == .none {
      // Nothing on this host can have changed the texture except uploads, so the resource's own memory is right.
      guard !resource.entry.isDepthOrStencil, !resource.entry.flags.contains(.render),
        let backing = resource.backing, backing.vectors == memory.vectors
      else { throw .unsupported }
      return
    }
    var cursor = GuestCursor(memory)
    if isDirect(resource, plan), let bytes = cursor.contiguous(at: plan.offset, count: plan.extent)?.baseAddress {
      try fetch(
        resource, level: plan.level, plan.region, bytes, rowPitch: plan.stride, layerPitch: plan.layerStride,
        byteCount: plan.extent, scratch)
      return
    }
    var walk = StripWalk(rowBytes: plan.rowBytes, rows: plan.rows, layers: plan.layers, limit: stagingBytes)
    while let strip = walk.next() {
      let count = plan.rowBytes &* strip.rows &* strip.layers
      try fetch(
        resource, level: plan.level, glRegion(resource, plan, strip), staging, rowPitch: plan.rowBytes,
        layerPitch: plan.rowBytes &* strip.rows, byteCount: count, scratch)
      resource.conversion.fromHost(staging, count: count)
      try scatter(&cursor, plan, strip, reversed: resource.isTopDown)
    }
  }

  /// Texel sizes of the two sides must agree, or GL would run past the rows.
  private func checkTransferable(_ resource: GLResource) throws(TransferFault) {
    guard resource.shape.isCompressed || resource.isClientLayoutExact else { throw .unsupported }
  }

  /// Whether GL can work on guest memory itself, should the bytes lie in one piece.
  private func isDirect(_ resource: GLResource, _ plan: TransferPlan) -> Bool {
    guard resource.conversion == .none, !resource.isTopDown, plan.extent <= Int(GLsizei.max) else { return false }
    if resource.shape.isCompressed || resource.readback == .wholeLevel { return plan.isTight }
    return PixelLayout.isExact(resource, region: plan.region, rowPitch: plan.stride, layerPitch: plan.layerStride)
  }

  /// The strip's texels in GL's orientation. Top-down resources have one level and one layer.
  private func glRegion(_ resource: GLResource, _ plan: TransferPlan, _ strip: Strip) -> Region {
    var region = strip.region(of: plan.region, blockHeight: resource.shape.blockHeight)
    if resource.isTopDown { region.y = resource.height &- region.y &- region.height }
    return region
  }

  private func gather(
    _ cursor: inout GuestCursor, _ plan: TransferPlan, _ strip: Strip, reversed: Bool
  ) throws(TransferFault) {
    let layerBytes = plan.rowBytes &* strip.rows
    for layer in 0..<strip.layers {
      let offset = plan.offset &+ (strip.layer &+ layer) &* plan.layerStride &+ strip.row &* plan.stride
      let area = UnsafeMutableRawBufferPointer(start: staging + layer &* layerBytes, count: layerBytes)
      do {
        if plan.stride == plan.rowBytes && !reversed {
          try cursor.copyOut(from: offset, into: area)
        } else {
          try cursor.copyRowsOut(
            from: offset, stride: plan.stride, rows: strip.rows, rowBytes: plan.rowBytes, into: area,
            destinationStride: reversed ? -plan.rowBytes : plan.rowBytes)
        }
      } catch { throw .noMemory }
    }
  }

  private func scatter(
    _ cursor: inout GuestCursor, _ plan: TransferPlan, _ strip: Strip, reversed: Bool
  ) throws(TransferFault) {
    let layerBytes = plan.rowBytes &* strip.rows
    for layer in 0..<strip.layers {
      let offset = plan.offset &+ (strip.layer &+ layer) &* plan.layerStride &+ strip.row &* plan.stride
      let area = UnsafeRawBufferPointer(start: staging + layer &* layerBytes, count: layerBytes)
      do {
        if plan.stride == plan.rowBytes && !reversed {
          try cursor.copyIn(at: offset, from: area)
        } else {
          try cursor.copyRowsIn(
            at: offset, stride: plan.stride, rows: strip.rows, rowBytes: plan.rowBytes, from: area,
            sourceStride: reversed ? -plan.rowBytes : plan.rowBytes)
        }
      } catch { throw .noMemory }
    }
  }
}
