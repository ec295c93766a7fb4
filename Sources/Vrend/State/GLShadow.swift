import CEpoxy
import GLDriver
import WireFormat

/// What one GL context holds, as far as this library has set it. Emitters compare with it and call
/// GL only for differences; that is why a draw that changed nothing costs one GL call.
///
/// Objects are compared by the serial numbers of their owners, never by GL names: GL gives a freed
/// name to the next object.
struct GLShadow {
  let availableCapabilities: GLCapabilities
  private(set) var capabilities: GLCapabilities = .initial

  /// Blending as GL has it, after the surfaces' formats were taken into account. While `blendIsUniform` only target 0
  /// counts.
  var blendTargets = InlineArray<8, BlendTarget>(repeating: .initial)
  /// All targets are as target 0.
  var blendIsUniform = true
  var blendColor: (Float, Float, Float, Float) = (0, 0, 0, 0)
  var logicOp: UInt32 = 12
  var depthWrite = true
  /// GL_LESS is compare function 1.
  var depthFunction: UInt32 = 1
  var stencilFront = EffectiveStencil.initial
  var stencilBack = EffectiveStencil.initial
  var alphaFunction: UInt32 = 7
  var alphaReference: Float = 0
  var rasterizer = EffectiveRasterizer.initial
  var isFrontCCW = true
  var sampleMask: UInt32 = ~0
  var minSampleShading: Float = 0
  var restartIndex: UInt32 = 0
  var patchVertices: UInt32 = 3
  var patchLevels = InlineArray<6, Float>(repeating: 1)
  var activeTexture: UInt32 = 0
  var program: GLuint = 0
  /// Serial of the bound vertex elements; 0 = the empty vertex array, ~0 = unknown.
  var vertexArray: UInt64 = ~0
  var drawFramebuffer: GLuint = 0
  var readFramebuffer: GLuint = 0

  init(host: HostGL) { availableCapabilities = GLCapabilities.available(on: host) }

  /// Switches exactly the members of `mask` to their value in `wanted`.
  @inline(__always)
  mutating func switchCapabilities(_ wanted: GLCapabilities, among mask: GLCapabilities) {
    let differing = (capabilities.rawValue ^ wanted.rawValue) & mask.rawValue & availableCapabilities.rawValue
    if differing != 0 { flip(differing) }
  }

  @inline(never)
  private mutating func flip(_ differing: UInt32) {
    var rest = differing
    while rest != 0 {
      let index = rest.trailingZeroBitCount
      rest &= rest &- 1
      let name = GLCapabilities.enumerator(index)
      if capabilities.rawValue & (1 &<< UInt32(index)) != 0 {
        epoxy_glDisable(name)
      } else {
        epoxy_glEnable(name)
      }
    }
    capabilities.rawValue ^= differing
  }

  /// Switches these off whatever the shadow says: somebody else changed them.
  mutating func forceOff(_ members: GLCapabilities) {
    capabilities.formUnion(members.intersection(availableCapabilities))
    switchCapabilities([], among: members)
  }

  @inline(__always)
  mutating func selectTextureUnit(_ unit: UInt32) {
    guard unit != activeTexture else { return }
    epoxy_glActiveTexture(GL.TEXTURE0 &+ unit)
    activeTexture = unit
  }

  @inline(__always)
  mutating func useProgram(_ name: GLuint) {
    guard name != program else { return }
    epoxy_glUseProgram(name)
    program = name
  }

  @inline(__always)
  mutating func bindVertexArray(_ name: GLuint, serial: UInt64) {
    guard serial != vertexArray else { return }
    epoxy_glBindVertexArray(name)
    vertexArray = serial
  }

  /// Binds the framebuffer for drawing and reading.
  @inline(__always)
  mutating func bindFramebuffer(_ name: GLuint) {
    guard name != drawFramebuffer || name != readFramebuffer else { return }
    epoxy_glBindFramebuffer(GL.FRAMEBUFFER, name)
    drawFramebuffer = name
    readFramebuffer = name
  }
}
