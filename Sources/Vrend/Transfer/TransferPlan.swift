/// A transfer of a texture after every check: where each row of blocks lies in guest memory.
///
/// Made only by `init(…) throws`, which proves (virgl-resources 5.1, in 64 bits) that the region lies inside the
/// level and that all bytes named here lie inside the memory. Rows count blocks, not texels.
struct TransferPlan {
  let level: Int
  let region: Region
  /// Byte offset of the first row in the memory.
  let offset: Int
  /// Bytes moved per row of blocks.
  let rowBytes: Int
  /// Rows of blocks per layer.
  let rows: Int
  /// Bytes from one row to the next, and from one layer to the next.
  let stride: Int
  let layerStride: Int

  var layers: Int { region.depth }
  var isEmpty: Bool { region.isEmpty }

  /// Bytes from the first row's start to the last row's end.
  var extent: Int { (layers &- 1) &* layerStride &+ (rows &- 1) &* stride &+ rowBytes }

  /// Whether the rows of the memory follow each other without gaps.
  var isTight: Bool { (rows == 1 || stride == rowBytes) && (layers == 1 || layerStride == rows &* rowBytes) }

  /// - Parameter memorySize: bytes of the memory.
  init(_ shape: ResourceShape, _ request: TransferRequest, memorySize: Int) throws(TransferFault) {
    guard !shape.isMultisample else { throw .unsupported }
    guard shape.hasLevel(request.level) else { throw .outsideLevel }
    level = Int(request.level)
    region = request.region
    guard shape.contains(region, level: level) else { throw .outsideLevel }

    guard let offset = Int(exactly: request.offset), offset <= memorySize else { throw .memoryTooSmall }
    self.offset = offset
    rowBytes = shape.rowBytes(region.width)
    rows = shape.blocksDown(region.height)

    stride = request.stride == 0 ? shape.rowBytes(shape.levelWidth(level)) : Int(request.stride)
    guard stride >= rowBytes else { throw .badStride }
    if request.layerStride == 0 {
      layerStride = stride &* shape.blocksDown(shape.levelHeight(level))
    } else {
      layerStride = Int(request.layerStride)
      guard layerStride >= stride &* rows else { throw .badStride }
    }

    if region.isEmpty { return }
    // Every factor is below 2^38 and layers below 2^15, so check the one product that could leave 64 bits.
    let (layersBytes, overflow) = (region.depth &- 1).multipliedReportingOverflow(by: layerStride)
    guard !overflow, layersBytes <= memorySize else { throw .memoryTooSmall }
    let last = layersBytes &+ (rows &- 1) &* stride &+ rowBytes
    guard last <= memorySize &- offset else { throw .memoryTooSmall }
  }
}

/// A transfer of a buffer after the same checks: its bytes lie in one run on both sides, and it has one level.
struct BufferTransferPlan {
  /// First byte in the buffer.
  let start: Int
  let count: Int
  /// First byte in the memory.
  let offset: Int

  /// - Parameter memorySize: bytes of the memory.
  init(_ shape: ResourceShape, _ request: TransferRequest, memorySize: Int) throws(TransferFault) {
    let region = request.region
    guard request.level == 0, region.isInside(width: shape.width, height: 1, depth: 1) else { throw .outsideLevel }
    start = region.x
    // Guests leave anything in the strides.
    count = region.isEmpty ? 0 : region.width
    guard let offset = Int(exactly: request.offset), offset <= memorySize, count <= memorySize &- offset else {
      throw .memoryTooSmall
    }
    self.offset = offset
  }
}
