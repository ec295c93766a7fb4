import CEpoxy
import GLDriver
import WireFormat

/// One face's stencil state as GL has it.
struct EffectiveStencil: Equatable {
  /// Functions, operations and masks, packed as on the wire; bit 0 is not used.
  var face: StencilFace
  var reference: UInt8

  /// Always pass, keep, all mask bits: a new GL context's state.
  static var initial: EffectiveStencil {
    EffectiveStencil(face: StencilFace(7 << 1 | 0xff << 13 | 0xff << 21), reference: 0)
  }
}

extension SubContextState {
  /// Brings depth test, depth mask and (compatibility hosts) alpha test to GL.
  mutating func emitDepthAlpha() {
    let state = boundDepthStencilAlpha?.state ?? CreateDepthStencilAlpha()
    var wanted: GLCapabilities = []
    if state.depthTest { wanted.insert(.depthTest) }
    if state.alphaTest { wanted.insert(.alphaTest) }
    shadow.switchCapabilities(wanted, among: [.depthTest, .alphaTest])
    // A switched-off depth test also stops depth writes, so the mask matters only with the test.
    if state.depthTest {
      if state.depthWrite != shadow.depthWrite {
        epoxy_glDepthMask(state.depthWrite ? 1 : 0)
        shadow.depthWrite = state.depthWrite
      }
      if state.depthFunction != shadow.depthFunction {
        epoxy_glDepthFunc(Translate.compareFunction(state.depthFunction))
        shadow.depthFunction = state.depthFunction
      }
    }
    if state.alphaTest, host.isCompat,
      state.alphaFunction != shadow.alphaFunction || state.alphaReference != shadow.alphaReference
    {
      epoxy_glAlphaFunc(Translate.compareFunction(state.alphaFunction), state.alphaReference)
      shadow.alphaFunction = state.alphaFunction
      shadow.alphaReference = state.alphaReference
    }
  }

  /// Brings the stencil test with its reference values to GL.
  mutating func emitStencil() {
    let state = boundDepthStencilAlpha?.state ?? CreateDepthStencilAlpha()
    let enabled = state.front.isEnabled
    shadow.switchCapabilities(enabled ? .stencilTest : [], among: .stencilTest)
    guard enabled else { return }
    let twoSided = state.back.isEnabled
    let front = EffectiveStencil(face: state.front, reference: stencilReference.front)
    let back =
      twoSided
      ? EffectiveStencil(face: state.back, reference: stencilReference.back) : front
    if front == back {
      guard front != shadow.stencilFront || back != shadow.stencilBack else { return }
      emitStencilFace(front, GL.FRONT_AND_BACK, from: shadow.stencilFront, and: shadow.stencilBack)
    } else {
      emitStencilFace(front, GL.FRONT, from: shadow.stencilFront, and: shadow.stencilFront)
      emitStencilFace(back, GL.BACK, from: shadow.stencilBack, and: shadow.stencilBack)
    }
    shadow.stencilFront = front
    shadow.stencilBack = back
  }

  private func emitStencilFace(
    _ wanted: EffectiveStencil, _ face: GLenum, from first: EffectiveStencil, and second: EffectiveStencil
  ) {
    let differing =
      (wanted.face.rawValue ^ first.face.rawValue) | (wanted.face.rawValue ^ second.face.rawValue)
    let newReference = wanted.reference != first.reference || wanted.reference != second.reference
    if differing & (0b111 << 1 | 0xff << 13) != 0 || newReference {
      epoxy_glStencilFuncSeparate(
        face, Translate.compareFunction(wanted.face.function), GLint(wanted.reference), wanted.face.valueMask)
    }
    if differing & (0b1_1111_1111 << 4) != 0 {
      epoxy_glStencilOpSeparate(
        face, Translate.stencilOp(wanted.face.failOp), Translate.stencilOp(wanted.face.depthFailOp),
        Translate.stencilOp(wanted.face.depthPassOp))
    }
    if differing & (0xff << 21) != 0 {
      epoxy_glStencilMaskSeparate(face, wanted.face.writeMask)
    }
  }
}
