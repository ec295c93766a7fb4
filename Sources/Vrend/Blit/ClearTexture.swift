import CEpoxy
import GLDriver
import VirtioGPU
import WireFormat

/// CLEAR_TEXTURE: every texel of a box becomes the one given.
extension BlitEngine {
  /// - Parameter texel: 16 bytes of which the first block's worth counts, in guest memory layout.
  /// - Throws: the context error to raise, with EINVAL; nothing was cleared then.
  package func clearTexture(
    _ resource: GLResource, level: UInt32, region: Region, texel: InlineArray<4, UInt32>, _ scratch: ContextScratch
  ) throws(ContextError) {
    guard resource.isTexture else { throw .illegalResource }
    guard resource.shape.hasLevel(level), resource.shape.contains(region, level: Int(level)) else {
      throw .resourceOutOfRange
    }
    guard !region.isEmpty else { return }
    let region = glRegion(resource, region)
    if hasClearTexture, !resource.shape.isCompressed, resource.isClientLayoutExact {
      clearByGL(resource, Int(level), region, texel)
    } else if !resource.shape.isMultisample {
      clearByUpload(resource, Int(level), region, texel)
    }
  }

  private func clearByGL(_ resource: GLResource, _ level: Int, _ region: Region, _ texel: InlineArray<4, UInt32>) {
    var value = texel
    withUnsafeMutableBytes(of: &value) { bytes in
      guard let start = bytes.baseAddress else { return }
      resource.conversion.toHost(start, count: resource.shape.blockBytes)
      let rows = resource.layersAreRows
      epoxy_glClearTexSubImage(
        resource.textureName, GLint(truncatingIfNeeded: level), GLint(truncatingIfNeeded: region.x),
        GLint(truncatingIfNeeded: rows ? region.z : region.y), GLint(truncatingIfNeeded: rows ? 0 : region.z),
        GLsizei(truncatingIfNeeded: region.width), GLsizei(truncatingIfNeeded: rows ? region.depth : region.height),
        GLsizei(truncatingIfNeeded: rows ? 1 : region.depth), resource.entry.format, resource.entry.type, start)
    }
  }

  private func clearByUpload(_ resource: GLResource, _ level: Int, _ region: Region, _ texel: InlineArray<4, UInt32>) {
    let shape = resource.shape
    guard shape.isCompressed || resource.isClientLayoutExact, shape.blockBytes <= 16 else { return }
    let rowBytes = shape.rowBytes(region.width)
    let rows = shape.blocksDown(region.height)
    let filled = min(transfers.stagingBytes, rowBytes &* rows &* region.depth)
    var value = texel
    withUnsafeMutableBytes(of: &value) { bytes in
      guard let start = bytes.baseAddress else { return }
      resource.conversion.toHost(start, count: shape.blockBytes)
      for block in 0..<filled / shape.blockBytes {
        (transfers.staging + block &* shape.blockBytes).copyMemory(from: start, byteCount: shape.blockBytes)
      }
    }
    var walk = StripWalk(rowBytes: rowBytes, rows: rows, layers: region.depth, limit: transfers.stagingBytes)
    while let strip = walk.next() {
      transfers.store(
        resource, level: level, strip.region(of: region, blockHeight: shape.blockHeight), transfers.staging,
        rowPitch: rowBytes, layerPitch: rowBytes &* strip.rows, byteCount: rowBytes &* strip.rows &* strip.layers)
    }
  }
}
