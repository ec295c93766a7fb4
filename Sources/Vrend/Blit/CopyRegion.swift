import CEpoxy
import GLDriver
import VirtioGPU
import WireFormat

/// RESOURCE_COPY_REGION: bits move without conversion (virgl-commands 17).
extension BlitEngine {
  /// - Throws: the context error to raise; nothing was copied then.
  package func copyRegion(_ request: CopyRequest, _ scratch: ContextScratch) throws(ContextError) {
    let source = request.source
    let destination = request.destination
    guard source.isBuffer == destination.isBuffer else { throw .illegalResource }
    guard source.shape.hasLevel(request.sourceLevel) else { throw .illegalCommandBuffer }
    guard destination.shape.hasLevel(request.destinationLevel) else { throw .resourceOutOfRange }
    let sourceLevel = Int(request.sourceLevel)
    let destinationLevel = Int(request.destinationLevel)
    guard source.shape.contains(request.box, level: sourceLevel) else { throw .illegalCommandBuffer }
    let target = destinationBox(request)
    guard destination.shape.contains(target, level: destinationLevel) else { throw .resourceOutOfRange }
    guard !request.box.isEmpty else { return }
    if source.isBuffer { return try copyBuffer(request) }
    guard source.isTexture, destination.isTexture else { throw .illegalResource }

    let isSameOrder = sameImageOrder(source, destination)
    if hasCopyImage, isSameOrder, host.formats.canCopyImage(from: source.format, to: destination.format),
      source.samples == destination.samples, source.isTopDown == destination.isTopDown
    {
      let from = glRegion(source, request.box)
      let to = glRegion(destination, target)
      copyImage(source, sourceLevel, from, to: destination, destinationLevel, x: to.x, y: to.y, z: to.z)
      return
    }
    let isRenderable =
      source.entry.flags.contains(.render) && destination.entry.flags.contains(.render)
      && !source.shape.isCompressed && !destination.shape.isCompressed
    if isRenderable, isSameOrder, host.formats.canCopyValues(from: source.format, to: destination.format) {
      setSRGB(false)
      blitLayers(
        BlitPlan(
          source: BlitPlan.Side(source, level: sourceLevel, box: request.box),
          destination: BlitPlan.Side(destination, level: destinationLevel, box: target), layers: request.box.depth,
          bits: GL.COLOR_BUFFER_BIT, isLinear: false, scissor: nil), scratch)
      return
    }
    copyThroughMemory(source, sourceLevel, request.box, destination, destinationLevel, target, scratch)
  }

  /// Where the box arrives, in texels of the destination: blocks and texels count each other's number.
  private func destinationBox(_ request: CopyRequest) -> Region {
    let from = request.source.shape
    let to = request.destination.shape
    var box = request.box
    box.x = request.x
    box.y = request.y
    box.z = request.z
    if from.isCompressed && !to.isCompressed {
      box.width = from.blocksAcross(max(0, box.width))
      box.height = from.blocksDown(max(0, box.height))
    } else if !from.isCompressed && to.isCompressed {
      // Texels of the source become blocks; the last ones may hang over the destination's edge.
      let level = Int(min(request.destinationLevel, UInt32(to.lastLevel)))
      let width = max(0, box.width) &* to.blockWidth
      let height = max(0, box.height) &* to.blockHeight
      let right = box.x &+ width &- to.levelWidth(level)
      let bottom = box.y &+ height &- to.levelHeight(level)
      box.width = right > 0 && right < to.blockWidth ? width &- right : width
      box.height = bottom > 0 && bottom < to.blockHeight ? height &- bottom : height
    }
    return box
  }

  /// X-formats of imported images have other internal formats than those made here.
  private func sameImageOrder(_ a: GLResource, _ b: GLResource) -> Bool {
    a.isExternalImage == b.isExternalImage || a.entry.flags.contains(.hasAlpha) && b.entry.flags.contains(.hasAlpha)
  }

  // MARK: Buffers

  private func copyBuffer(_ request: CopyRequest) throws(ContextError) {
    let source = request.source
    let destination = request.destination
    let count = request.box.width
    let from = request.box.x
    let to = request.x
    do {
      switch (source.kind == .buffer, destination.kind == .buffer) {
      case (true, true):
        copyBufferObjects(source.bufferName, from, destination.bufferName, to, count)
      case (true, false):
        try transfers.withMemory(of: destination) { (memory) throws(TransferFault) in
          guard memory.contains(offset: to, count: count) else { throw .memoryTooSmall }
          try transfers.readBuffer(source, at: from, count, into: memory, at: to)
        }
      case (false, true):
        try transfers.withMemory(of: source) { (memory) throws(TransferFault) in
          guard memory.contains(offset: from, count: count) else { throw .memoryTooSmall }
          try transfers.writeBuffer(destination, at: to, count, from: memory, at: from)
        }
      case (false, false):
        try transfers.withMemory(of: source) { (sourceMemory) throws(TransferFault) in
          try transfers.withMemory(of: destination) { (targetMemory) throws(TransferFault) in
            try transfers.copyMemory(from: sourceMemory, from, to: targetMemory, to, count)
          }
        }
      }
    } catch {
      throw error == .noMemory ? .illegalResource : .resourceOutOfRange
    }
  }

  /// GL refuses overlapping ranges of one buffer, so those take a detour.
  private func copyBufferObjects(_ source: GLuint, _ from: Int, _ destination: GLuint, _ to: Int, _ count: Int) {
    let overlaps = source == destination && abs(from &- to) < count
    epoxy_glBindBuffer(GL.COPY_READ_BUFFER, source)
    epoxy_glBindBuffer(GL.COPY_WRITE_BUFFER, destination)
    guard overlaps else {
      epoxy_glCopyBufferSubData(GL.COPY_READ_BUFFER, GL.COPY_WRITE_BUFFER, from, to, count)
      return
    }
    guard from != to else { return }
    var detour: GLuint = 0
    epoxy_glGenBuffers(1, &detour)
    epoxy_glBindBuffer(GL.COPY_WRITE_BUFFER, detour)
    epoxy_glBufferData(GL.COPY_WRITE_BUFFER, count, nil, GL.STREAM_COPY)
    epoxy_glCopyBufferSubData(GL.COPY_READ_BUFFER, GL.COPY_WRITE_BUFFER, from, 0, count)
    epoxy_glCopyBufferSubData(GL.COPY_WRITE_BUFFER, GL.COPY_READ_BUFFER, 0, to, count)
    epoxy_glBindBuffer(GL.COPY_WRITE_BUFFER, 0)
    epoxy_glDeleteBuffers(1, &detour)
  }

  // MARK: Texels through host memory

  /// The last resort, for everything single-sampled whose blocks have equal sizes: texels leave GL in the guest's
  /// layout of the source format and enter it as the destination's.
  private func copyThroughMemory(
    _ source: GLResource, _ sourceLevel: Int, _ box: Region, _ destination: GLResource, _ destinationLevel: Int,
    _ target: Region, _ scratch: ContextScratch
  ) {
    let from = source.shape
    let to = destination.shape
    guard from.blockBytes == to.blockBytes, !from.isMultisample, !to.isMultisample,
      from.isCompressed || source.isClientLayoutExact, to.isCompressed || destination.isClientLayoutExact
    else { return }
    let rowBytes = from.rowBytes(box.width)
    var walk = StripWalk(
      rowBytes: rowBytes, rows: from.blocksDown(box.height), layers: box.depth, limit: transfers.stagingBytes)
    while let strip = walk.next() {
      let count = rowBytes &* strip.rows &* strip.layers
      let sourceRegion = glRegion(source, strip.region(of: box, blockHeight: from.blockHeight))
      do {
        try transfers.fetch(
          source, level: sourceLevel, sourceRegion, transfers.staging, rowPitch: rowBytes,
          layerPitch: rowBytes &* strip.rows, byteCount: count, scratch)
      } catch { return }
      source.conversion.fromHost(transfers.staging, count: count)
      destination.conversion.toHost(transfers.staging, count: count)
      if source.isTopDown != destination.isTopDown {
        reverseRows(transfers.staging, rowBytes: rowBytes, rows: strip.rows)
      }
      transfers.store(
        destination, level: destinationLevel,
        glRegion(destination, strip.region(of: target, blockHeight: to.blockHeight)), transfers.staging,
        rowPitch: rowBytes, layerPitch: rowBytes &* strip.rows, byteCount: count)
    }
  }

  private func reverseRows(_ bytes: UnsafeMutableRawPointer, rowBytes: Int, rows: Int) {
    for row in 0..<rows / 2 {
      let upper = bytes + row &* rowBytes
      let lower = bytes + (rows &- 1 &- row) &* rowBytes
      for index in 0..<rowBytes {
        let byte = upper.load(fromByteOffset: index, as: UInt8.self)
        upper.storeBytes(of: lower.load(fromByteOffset: index, as: UInt8.self), toByteOffset: index, as: UInt8.self)
        lower.storeBytes(of: byte, toByteOffset: index, as: UInt8.self)
      }
    }
  }
}
