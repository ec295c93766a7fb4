import CEpoxy
import GLDriver
import VirtioGPU
import WireFormat

/// Copies, blits and clears of resources that do not go through the guest's own pipeline state: RESOURCE_COPY_REGION,
/// BLIT, CLEAR_TEXTURE and CLEAR_SURFACE (virgl-semantics 11, virgl-commands 16, 17, 47, 62).
///
/// One per renderer. Every call needs a context of the share group current and takes that context's scratch objects;
/// `transfers.clobbers` collects what it changed there. Transform feedback must be paused, and conditional rendering
/// too unless the command honours it.
package final class BlitEngine {
  package let host: HostGL
  package let transfers: TransferEngine
  let hasSRGBControl: Bool
  let hasScaledResolve: Bool
  let isES: Bool
  /// Shaders can write stencil values; else they are put together from bits.
  let exportsStencil: Bool
  let programs: BlitPrograms

  /// - Parameter exportsStencil: nil = as the host can.
  package init(
    host: HostGL, transfers: TransferEngine, releaseQueue: GLReleaseQueue, exportsStencil: Bool? = nil
  ) {
    self.exportsStencil = exportsStencil ?? host.features.contains(.stencilExport)
    self.host = host
    self.transfers = transfers
    hasSRGBControl = host.features.contains(.srgbWriteControl)
    hasScaledResolve = host.features.contains(.scaledMultisampleBlit)
    isES = host.isES
    programs = BlitPrograms(host: host, releaseQueue: releaseQueue)
  }

  var hasCopyImage: Bool { transfers.abilities.contains(.copyImage) }
  var hasTextureView: Bool { transfers.abilities.contains(.textureView) }
  var hasClearTexture: Bool { transfers.abilities.contains(.clearTexture) }

  /// Encoding and decoding at sRGB attachments. On hosts without the switch the attachment decides alone.
  func setSRGB(_ isOn: Bool) {
    guard hasSRGBControl else { return }
    if isOn { epoxy_glEnable(GL.FRAMEBUFFER_SRGB) } else { epoxy_glDisable(GL.FRAMEBUFFER_SRGB) }
    transfers.clobbers.insert(.framebufferSRGB)
  }

  /// A box in guest rows as GL rows of a level: the two differ for Y_0_TOP resources.
  func glRegion(_ resource: GLResource, _ region: Region) -> Region {
    guard resource.isTopDown else { return region }
    var flipped = region
    flipped.y = resource.height &- region.y &- region.height
    return flipped
  }

  /// glCopyImageSubData of one level's box; coordinates are GL's.
  func copyImage(
    _ source: GLResource, _ sourceLevel: Int, _ box: Region, to destination: GLResource, _ destinationLevel: Int,
    x: Int, y: Int, z: Int
  ) {
    epoxy_glCopyImageSubData(
      source.textureName, source.glTarget, GLint(truncatingIfNeeded: sourceLevel), GLint(truncatingIfNeeded: box.x),
      GLint(truncatingIfNeeded: box.y), GLint(truncatingIfNeeded: box.z), destination.textureName,
      destination.glTarget, GLint(truncatingIfNeeded: destinationLevel), GLint(truncatingIfNeeded: x),
      GLint(truncatingIfNeeded: y), GLint(truncatingIfNeeded: z), GLsizei(truncatingIfNeeded: box.width),
      GLsizei(truncatingIfNeeded: box.height), GLsizei(truncatingIfNeeded: box.depth))
  }
}
