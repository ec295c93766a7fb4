import GLDriver
import Platform
import VirtioGPU
import WindowSystems
import WireFormat

/// How images lie in memory: those that are there, and those an allocation would get.
extension VrendRenderer {
  /// The layout of a resource's storage; no planes when it has none to tell. nil: there is no storage, or nobody knows
  /// yet what is in it. May leave the renderer's own context current.
  package func layout(of resource: Resource) -> ImageLayout? {
    guard (resource.typed ?? resource) is GLResource else { return nil }
    guard let (egl, texture) = becomeReadyToExport(resource), var image = exportImage(egl, texture) else {
      return ImageLayout()
    }
    defer { image.closeDescriptors() }
    return ImageLayout(image.layout)
  }

  /// What an allocation with these arguments would get.
  ///
  /// - Throws: `unsupported` without a buffer allocator, `invalidArgument` for what no allocation accepts.
  package func layout(ofAllocation request: LayoutRequest) throws(Fault) -> ImageLayout {
    guard let buffers = winsys.buffers else { throw Fault(.unsupported, "no buffer allocator") }
    guard let format = PixelFormat(wire: request.format), let code = DRMFourCC(format) else {
      throw Fault(.invalidArgument, "no buffer of this format can be allocated", UInt64(request.format))
    }
    let limit = allocator.limits.maxTexture2D
    guard 1...limit ~= Int(request.width), 1...limit ~= Int(request.height) else {
      throw Fault(.invalidArgument, "a buffer of this size", UInt64(max(request.width, request.height)))
    }
    let found = layouts.find(request) {
      buffers.probe(
        width: request.width, height: request.height, format: code,
        uses: GBMDevice.Uses(BindFlags(rawValue: request.bind))
      ).map(ImageLayout.init)
    }
    guard let found else { throw Fault(.invalidArgument, "no such buffer can be allocated", UInt64(request.bind)) }
    return found
  }
}

/// Answers to layout requests: an answer costs an allocation, and guests ask the same again and again.
struct LayoutCache {
  /// Answers kept; the cache starts over beyond that, so that a guest cannot make it grow.
  private static let limit = 256
  private var answers: [LayoutRequest: ImageLayout?] = [:]

  mutating func find(_ request: LayoutRequest, probe: () -> ImageLayout?) -> ImageLayout? {
    if let known = answers[request] { return known }
    if answers.count >= Self.limit { answers.removeAll(keepingCapacity: true) }
    let answer = probe()
    answers[request] = .some(answer)
    return answer
  }
}

extension GBMDevice.Uses {
  /// Sharing means that the other side may know linear layouts only.
  init(_ bind: BindFlags) {
    self.init()
    if !bind.isDisjoint(with: [.renderTarget, .depthStencil, .samplerView]) { insert(.rendering) }
    if bind.contains(.scanout) { insert(.scanout) }
    if bind.contains(.cursor) { insert(.cursor) }
    if !bind.isDisjoint(with: [.linear, .shared]) { insert(.linear) }
  }
}

extension ImageLayout {
  init(_ layout: DMABufLayout) {
    self.init()
    planeCount = UInt32(layout.planeCount)
    modifier = layout.modifier
    for plane in 0..<layout.planeCount {
      planes[plane].offset = UInt64(layout.planes[plane].offset)
      planes[plane].stride = layout.planes[plane].stride
      planes[plane].size = UInt32(clamping: layout.planes[plane].size)
    }
  }
}
