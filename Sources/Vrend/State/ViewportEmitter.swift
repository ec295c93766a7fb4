import CEpoxy
import GLDriver
import WireFormat

/// A viewport and depth range as GL has them.
struct EffectiveViewport: Equatable {
  var x: Float
  var y: Float
  var width: Float
  var height: Float
  var near: Float
  var far: Float

  /// A value that no guest viewport equals, so that the first emission always happens.
  static var unknown: EffectiveViewport {
    EffectiveViewport(x: 0, y: 0, width: -1, height: -1, near: 0, far: 1)
  }

  /// From Gallium's scale and translation. GL has no negative height: the caller mirrors y instead.
  init(_ viewport: WireViewport, halfZ: Bool) {
    func finite(_ value: Float) -> Float { value.isFinite ? value : 0 }
    let width = abs(finite(viewport.scaleX)) * 2
    let height = abs(finite(viewport.scaleY)) * 2
    x = finite(viewport.translateX) - width / 2
    y = finite(viewport.translateY) - height / 2
    self.width = width
    self.height = height
    let scale = finite(viewport.scaleZ)
    let translate = finite(viewport.translateZ)
    near = halfZ ? translate : translate - scale
    far = translate + scale
  }

  private init(x: Float, y: Float, width: Float, height: Float, near: Float, far: Float) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
    self.near = near
    self.far = far
  }
}

extension SubContextState {
  /// SET_VIEWPORT_STATE. Only slot 0 decides whether rendering is mirrored, for all slots.
  mutating func apply(_ command: SetViewportState, _ payload: Span<UInt32>) {
    for index in 0..<command.slots.count {
      viewports[command.slots.start &+ index] = command.viewport(index, payload)
    }
    viewportCount = max(viewportCount, command.slots.start &+ command.slots.count)
    dirty.insert(.viewports)
    if command.slots.start == 0, command.slots.count > 0 {
      let factor: Float = viewports[0].scaleY < 0 ? -1 : 1
      if factor != yFactor {
        yFactor = factor
        dirty.insert(.helperUniforms)
      }
    }
  }

  mutating func emitViewports() {
    let halfZ = boundRasterizer?.state.clipHalfZ ?? false
    let wanted = EffectiveViewport(viewports[0], halfZ: halfZ)
    if wanted != emittedViewports[0] { emitFirstViewport(wanted) }
    guard viewportCount > 1, host.features.contains(.viewportArray) else { return }
    for index in 1..<viewportCount {
      let wanted = EffectiveViewport(viewports[index], halfZ: halfZ)
      guard wanted != emittedViewports[index] else { continue }
      epoxy_glViewportIndexedf(GLuint(index), wanted.x, wanted.y, wanted.width, wanted.height)
      emitIndexedDepthRange(GLuint(index), wanted)
      emittedViewports[index] = wanted
    }
  }

  private mutating func emitFirstViewport(_ wanted: EffectiveViewport) {
    let old = emittedViewports[0]
    if wanted.x != old.x || wanted.y != old.y || wanted.width != old.width || wanted.height != old.height {
      // The unindexed call sets every viewport.
      epoxy_glViewport(pixels(wanted.x), pixels(wanted.y), pixels(wanted.width), pixels(wanted.height))
      for index in 1..<16 { emittedViewports[index] = .unknown }
    }
    if wanted.near != old.near || wanted.far != old.far {
      if host.isES {
        epoxy_glDepthRangef(wanted.near, wanted.far)
      } else {
        epoxy_glDepthRange(Double(wanted.near), Double(wanted.far))
      }
      for index in 1..<16 { emittedViewports[index] = .unknown }
    }
    emittedViewports[0] = wanted
  }

  private func emitIndexedDepthRange(_ index: GLuint, _ viewport: EffectiveViewport) {
    if host.isES {
      epoxy_glDepthRangeIndexedfOES(index, viewport.near, viewport.far)
    } else {
      epoxy_glDepthRangeIndexed(index, Double(viewport.near), Double(viewport.far))
    }
  }

  private func pixels(_ value: Float) -> GLint { GLint(max(-1_000_000, min(1_000_000, value))) }

  /// SET_SCISSOR_STATE.
  mutating func apply(_ command: SetScissorState, _ payload: Span<UInt32>) {
    for index in 0..<command.slots.count {
      scissors[command.slots.start &+ index] = command.scissor(index, payload)
    }
    scissorCount = max(scissorCount, command.slots.start &+ command.slots.count)
    dirty.insert(.scissors)
  }

  mutating func emitScissors() {
    let first = scissors[0]
    if first != emittedScissors[0] {
      epoxy_glScissor(first.minX, first.minY, first.width, first.height)
      // The unindexed call sets every scissor.
      for index in 0..<16 { emittedScissors[index] = first }
    }
    guard scissorCount > 1, host.features.contains(.viewportArray) else { return }
    for index in 1..<scissorCount where scissors[index] != emittedScissors[index] {
      let scissor = scissors[index]
      epoxy_glScissorIndexed(GLuint(index), scissor.minX, scissor.minY, scissor.width, scissor.height)
      emittedScissors[index] = scissor
    }
  }
}
