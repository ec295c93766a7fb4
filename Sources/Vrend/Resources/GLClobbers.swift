/// GL state of the current context that a transfer, copy, blit or clear left different from how it found it.
///
/// The engines collect these in their `clobbers`; the owner of the GL state cache takes them with `takeClobbers()` and
/// re-emits what they name before it relies on it. What is not named is as before. Always left at GL's default: every
/// pixel-store parameter, and no buffer bound to PIXEL_PACK or PIXEL_UNPACK (both are also expected at entry).
/// Never relied on by anybody, so not reported: bindings of ARRAY_BUFFER, COPY_READ_BUFFER, COPY_WRITE_BUFFER and of
/// the reserved (last) texture unit.
package struct GLClobbers: OptionSet, Sendable {
  package let rawValue: UInt32
  package init(rawValue: UInt32) { self.rawValue = rawValue }

  package static let drawFramebuffer = GLClobbers(rawValue: 1 << 0)
  package static let readFramebuffer = GLClobbers(rawValue: 1 << 1)
  /// The active texture unit (now the reserved one).
  package static let activeTexture = GLClobbers(rawValue: 1 << 2)
  /// Scissor test enable and every box.
  package static let scissor = GLClobbers(rawValue: 1 << 3)
  package static let framebufferSRGB = GLClobbers(rawValue: 1 << 4)
  /// Colour, depth and stencil write masks.
  package static let writeMasks = GLClobbers(rawValue: 1 << 5)
  package static let rasterizerDiscard = GLClobbers(rawValue: 1 << 6)
  /// Everything a draw depends on: program, vertex array, viewport, enables of tests, blending, culling, polygon mode,
  /// clip control, sampler of the reserved unit, transform feedback excepted (it must be paused at entry).
  package static let drawState = GLClobbers(rawValue: 1 << 7)
  /// Blend equations and factors.
  package static let blendFunctions = GLClobbers(rawValue: 1 << 8)
  /// Stencil functions, references and operations.
  package static let stencilFunctions = GLClobbers(rawValue: 1 << 9)
}
