import CEpoxy
import GLDriver
import WireFormat

/// The rasterizer state that is values rather than switches, as GL has it.
struct EffectiveRasterizer: Equatable {
  var pointSize: Float
  var lineWidth: Float
  var offsetUnits: Float
  var offsetScale: Float
  var offsetClamp: Float
  var cullFace: UInt32
  var fillFront: UInt32
  var fillBack: UInt32
  var clipPlanes: UInt32
  var clipHalfZ: Bool
  var flatShadeFirst: Bool
  var spriteCoordMode: Bool
  var flatShade: Bool
  var lineStipple: UInt32

  static var initial: EffectiveRasterizer {
    EffectiveRasterizer(
      pointSize: 1, lineWidth: 1, offsetUnits: 0, offsetScale: 0, offsetClamp: 0, cullFace: 2, fillFront: 0,
      fillBack: 0, clipPlanes: 0, clipHalfZ: false, flatShadeFirst: false, spriteCoordMode: true,
      flatShade: false, lineStipple: 0xffff)
  }
}

extension SubContextState {
  /// Brings the bound rasterizer to GL. Handle 0 leaves GL as it is, as a guest may unbind between draws.
  mutating func emitRasterizer() {
    guard let state = boundRasterizer?.state else { return }
    emitRasterizerSwitches(state)
    emitRasterizerValues(state)
    if !host.isES { emitDesktopRasterizer(state) }
  }

  private mutating func emitRasterizerSwitches(_ state: CreateRasterizer) {
    var wanted: GLCapabilities = []
    if state.discard { wanted.insert(.rasterizerDiscard) }
    if !state.depthClip { wanted.insert(.depthClamp) }
    if state.cullFace != 0 { wanted.insert(.cullFace) }
    if state.scissor { wanted.insert(.scissorTest) }
    if state.offsetFill { wanted.insert(.polygonOffsetFill) }
    if state.offsetLine { wanted.insert(.polygonOffsetLine) }
    if state.offsetPoint { wanted.insert(.polygonOffsetPoint) }
    if state.multisample { wanted.formUnion([.multisample, .sampleMask]) }
    if state.forcePerSample { wanted.insert(.sampleShading) }
    if state.pointSizePerVertex { wanted.insert(.programPointSize) }
    if state.lineSmooth { wanted.insert(.lineSmooth) }
    if state.polygonSmooth { wanted.insert(.polygonSmooth) }
    if state.lineStipple { wanted.insert(.lineStipple) }
    if state.polygonStipple { wanted.insert(.polygonStipple) }
    if state.lightTwoSide { wanted.insert(.vertexProgramTwoSide) }
    if state.pointQuadRasterization { wanted.insert(.pointSprite) }
    shadow.switchCapabilities(
      wanted,
      among: [
        .rasterizerDiscard, .depthClamp, .cullFace, .scissorTest, .polygonOffsetFill, .polygonOffsetLine,
        .polygonOffsetPoint, .multisample, .sampleMask, .sampleShading, .programPointSize, .lineSmooth,
        .polygonSmooth, .lineStipple, .polygonStipple, .vertexProgramTwoSide, .pointSprite,
      ])
  }

  private mutating func emitRasterizerValues(_ state: CreateRasterizer) {
    if state.cullFace != 0, state.cullFace != shadow.rasterizer.cullFace {
      epoxy_glCullFace(Translate.cullFace(state.cullFace))
      shadow.rasterizer.cullFace = state.cullFace
    }
    let lineWidth = state.lineWidth > 0 ? state.lineWidth : 1
    if lineWidth != shadow.rasterizer.lineWidth {
      epoxy_glLineWidth(lineWidth)
      shadow.rasterizer.lineWidth = lineWidth
    }
    if state.offsetFill || state.offsetLine || state.offsetPoint,
      state.offsetUnits != shadow.rasterizer.offsetUnits || state.offsetScale != shadow.rasterizer.offsetScale
        || state.offsetClamp != shadow.rasterizer.offsetClamp
    {
      if host.features.contains(.polygonOffsetClamp) {
        epoxy_glPolygonOffsetClampEXT(state.offsetScale, state.offsetUnits, state.offsetClamp)
      } else {
        epoxy_glPolygonOffset(state.offsetScale, state.offsetUnits)
      }
      shadow.rasterizer.offsetUnits = state.offsetUnits
      shadow.rasterizer.offsetScale = state.offsetScale
      shadow.rasterizer.offsetClamp = state.offsetClamp
    }
    if state.clipHalfZ != shadow.rasterizer.clipHalfZ, host.features.contains(.clipControl) {
      epoxy_glClipControl(GL.LOWER_LEFT, state.clipHalfZ ? GL.ZERO_TO_ONE : GL.NEGATIVE_ONE_TO_ONE)
      shadow.rasterizer.clipHalfZ = state.clipHalfZ
    }
    if !host.isES || host.features.contains(.cullDistance) { emitClipPlanes(state.clipPlaneEnable) }
  }

  private mutating func emitClipPlanes(_ wanted: UInt32) {
    var differing = shadow.rasterizer.clipPlanes ^ wanted
    while differing != 0 {
      let index = UInt32(differing.trailingZeroBitCount)
      differing &= differing &- 1
      let plane = GL.CLIP_DISTANCE0 &+ index
      if wanted.bit(index) { epoxy_glEnable(plane) } else { epoxy_glDisable(plane) }
    }
    shadow.rasterizer.clipPlanes = wanted
  }

  private mutating func emitDesktopRasterizer(_ state: CreateRasterizer) {
    // With a per-vertex size GL ignores this one; a size of 0 is a guest that leaves it unset.
    if !state.pointSizePerVertex, state.pointSize > 0, state.pointSize != shadow.rasterizer.pointSize {
      epoxy_glPointSize(state.pointSize)
      shadow.rasterizer.pointSize = state.pointSize
    }
    emitPolygonMode(state)
    if state.flatShadeFirst != shadow.rasterizer.flatShadeFirst {
      epoxy_glProvokingVertex(state.flatShadeFirst ? GL.FIRST_VERTEX_CONVENTION : GL.LAST_VERTEX_CONVENTION)
      shadow.rasterizer.flatShadeFirst = state.flatShadeFirst
    }
    // The row order of framebuffers inverts the wire value (virgl-commands, 6.2).
    if state.spriteCoordMode != shadow.rasterizer.spriteCoordMode {
      epoxy_glPointParameteri(
        GL.POINT_SPRITE_COORD_ORIGIN, GLint(state.spriteCoordMode ? GL.UPPER_LEFT : GL.LOWER_LEFT))
      shadow.rasterizer.spriteCoordMode = state.spriteCoordMode
    }
    guard host.isCompat else { return }
    if state.flatShade != shadow.rasterizer.flatShade {
      epoxy_glShadeModel(state.flatShade ? GL.FLAT : GL.SMOOTH)
      shadow.rasterizer.flatShade = state.flatShade
    }
    let stipple = state.stippleAndClip & 0xff_ffff
    if state.lineStipple, stipple != shadow.rasterizer.lineStipple {
      epoxy_glLineStipple(GLint(state.lineStippleFactor), GLushort(truncatingIfNeeded: state.lineStipplePattern))
      shadow.rasterizer.lineStipple = stipple
    }
  }

  /// Core profiles know one mode for both faces: the front's is taken when they differ.
  private mutating func emitPolygonMode(_ state: CreateRasterizer) {
    let back = host.isCompat ? state.fillBack : state.fillFront
    guard state.fillFront != shadow.rasterizer.fillFront || back != shadow.rasterizer.fillBack else { return }
    if state.fillFront == back {
      epoxy_glPolygonMode(GL.FRONT_AND_BACK, Translate.polygonMode(state.fillFront))
    } else {
      epoxy_glPolygonMode(GL.FRONT, Translate.polygonMode(state.fillFront))
      epoxy_glPolygonMode(GL.BACK, Translate.polygonMode(back))
    }
    shadow.rasterizer.fillFront = state.fillFront
    shadow.rasterizer.fillBack = back
  }

  /// The winding GL must take for front faces: normal framebuffers keep row 0 at the bottom of GL's
  /// window, which mirrors the guest's idea of it (virgl-semantics, section 2).
  mutating func emitFrontFace() {
    let isCCW = (boundRasterizer?.state.frontCCW ?? false) != !framebuffer.originUpperLeft
    guard isCCW != shadow.isFrontCCW else { return }
    epoxy_glFrontFace(isCCW ? GL.CCW : GL.CW)
    shadow.isFrontCCW = isCCW
  }
}
