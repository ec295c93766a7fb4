import WireFormat

/// A blend state. Binding refers to it; the emitter compares its values with what GL has.
final class BlendObject: GuestObject, GuestObjectKind {
  static var objectKind: ObjectKind { .blend }
  let state: CreateBlend

  init(_ state: CreateBlend) {
    self.state = state
    super.init(kind: .blend)
  }
}

/// A rasterizer state.
final class RasterizerObject: GuestObject, GuestObjectKind {
  static var objectKind: ObjectKind { .rasterizer }
  let state: CreateRasterizer

  init(_ state: CreateRasterizer) {
    self.state = state
    super.init(kind: .rasterizer)
  }
}

/// A depth, stencil and alpha-test state.
final class DepthStencilAlphaObject: GuestObject, GuestObjectKind {
  static var objectKind: ObjectKind { .depthStencilAlpha }
  let state: CreateDepthStencilAlpha

  init(_ state: CreateDepthStencilAlpha) {
    self.state = state
    super.init(kind: .depthStencilAlpha)
  }
}
