import WireFormat

/// A blend state. Binding refers to it; the emitter compares its values with what GL has.
final class BlendObject: GuestObject, GuestObjectKind {
  static var objectKind: ObjectKind { .blend }
  let state: CreateBlend
  /// The first target blends with the fragment shader's second colour.
  let usesSecondSource: Bool

  init(_ state: CreateBlend) {
    self.state = state
    let target = state.targets[0]
    usesSecondSource =
      target.isEnabled
      && (Translate.isSecondSource(target.colorSource) || Translate.isSecondSource(target.colorDestination)
        || Translate.isSecondSource(target.alphaSource) || Translate.isSecondSource(target.alphaDestination))
    super.init(kind: .blend)
  }
}

/// A rasterizer state.
final class RasterizerObject: GuestObject, GuestObjectKind {
  static var objectKind: ObjectKind { .rasterizer }
  let state: CreateRasterizer
  /// The part of the state that shader variants depend on; equal digests, equal variants.
  let shaderDigest: UInt64
  /// Variants depend on what kind of primitive is rasterized.
  var shaderDependsOnPrimitive: Bool { shaderDigest & (1 << 2 | 1 << 3) != 0 }

  init(_ state: CreateRasterizer) {
    self.state = state
    var digest = UInt64(state.clipPlaneEnable & 0xff) << 8
    if state.flatShade { digest |= 1 << 0 }
    if state.lightTwoSide { digest |= 1 << 1 }
    if state.polygonStipple { digest |= 1 << 2 }
    if state.pointQuadRasterization { digest |= 1 << 3 | UInt64(state.spriteCoordEnable) << 32 }
    shaderDigest = digest
    super.init(kind: .rasterizer)
  }
}

/// A depth, stencil and alpha-test state.
final class DepthStencilAlphaObject: GuestObject, GuestObjectKind {
  static var objectKind: ObjectKind { .depthStencilAlpha }
  let state: CreateDepthStencilAlpha
  /// The alpha test that a fragment shader must do: 7 (always) is none.
  let alphaFunction: UInt32

  init(_ state: CreateDepthStencilAlpha) {
    self.state = state
    alphaFunction = state.alphaTest ? state.alphaFunction : 7
    super.init(kind: .depthStencilAlpha)
  }
}

/// BIND_OBJECT: what each kind of object makes dirty.
extension SubContextState {
  @inline(__always)
  mutating func bind(_ blend: BlendObject?) {
    guard blend !== boundBlend else { return }
    let usesSecondSource = blend?.usesSecondSource ?? false
    boundBlend = blend
    dirty.insert(.blend)
    if host.isES { updateEmulatedLogicOp() }
    guard usesSecondSource != programInputs.usesSecondSource else { return }
    programInputs.usesSecondSource = usesSecondSource
    dirty.insert(.shaders)
  }

  @inline(__always)
  mutating func bind(_ rasterizer: RasterizerObject?) {
    guard rasterizer !== boundRasterizer else { return }
    let digest = rasterizer?.shaderDigest ?? 0
    boundRasterizer = rasterizer
    dirty.insert(.rasterizer)
    if minSamples > 1 { dirty.insert(.sampleShading) }
    guard digest != programInputs.rasterizer else { return }
    programInputs.rasterizer = digest
    dirty.insert(.shaders)
  }

  @inline(__always)
  mutating func bind(_ depthStencilAlpha: DepthStencilAlphaObject?) {
    guard depthStencilAlpha !== boundDepthStencilAlpha else { return }
    let function = depthStencilAlpha?.alphaFunction ?? 7
    boundDepthStencilAlpha = depthStencilAlpha
    dirty.formUnion([.depthAlpha, .stencil, .helperUniforms])
    guard function != programInputs.alphaFunction else { return }
    programInputs.alphaFunction = function
    dirty.insert(.shaders)
  }

  @inline(__always)
  mutating func bind(_ elements: VertexElements?) {
    guard elements !== boundVertexElements else { return }
    let integers = elements?.integerAttributes ?? 0
    let exchanged = elements?.redBlueSwapped ?? 0
    boundVertexElements = elements
    dirty.insert(.vertexElements)
    guard integers != programInputs.integerAttributes || exchanged != programInputs.exchangedAttributes else { return }
    programInputs.integerAttributes = integers
    programInputs.exchangedAttributes = exchanged
    dirty.insert(.shaders)
  }
}
