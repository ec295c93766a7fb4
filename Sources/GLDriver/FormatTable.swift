import CEpoxy
import WireFormat

/// What the host can do with each of the wire's formats. Built once while probing, constant afterwards, free to use on
/// any thread. Look-ups cannot fail: unknown formats have an entry with no flags.
package final class FormatTable: Sendable {
  private let entries: [FormatEntry]
  private let vertexFormats: [VertexAttributeFormat]
  let isES: Bool

  /// Formats usable for textures of any kind.
  package let samplerMask: FormatMask
  /// Formats usable as colour attachments.
  package let renderMask: FormatMask
  /// Formats usable as depth or stencil attachments.
  package let depthStencilMask: FormatMask
  /// Formats that can be read back directly.
  package let readbackMask: FormatMask
  /// Formats of multisample textures.
  package let multisampleMask: FormatMask
  /// Formats the display path can show.
  package let scanoutMask: FormatMask

  /// Both arrays have 512 entries.
  init(entries: [FormatEntry], vertexFormats: [VertexAttributeFormat], isES: Bool) {
    precondition(entries.count == PixelFormat.limit && vertexFormats.count == PixelFormat.limit)
    self.entries = entries
    self.vertexFormats = vertexFormats
    self.isES = isES
    func mask(_ flag: FormatFlags) -> FormatMask {
      var mask = FormatMask()
      for number in 0..<UInt16(PixelFormat.limit) where entries[Int(number)].flags.contains(flag) {
        mask.insert(PixelFormat(known: number))
      }
      return mask
    }
    samplerMask = mask(.sampler)
    renderMask = mask(.render)
    depthStencilMask = mask(.depthStencil)
    readbackMask = mask(.readback)
    multisampleMask = mask(.multisample)
    scanoutMask = mask(.scanout)
  }

  /// O(1), never fails.
  package subscript(format: PixelFormat) -> FormatEntry { entries[format.index] }

  /// How the format is fetched as a vertex attribute; `isValid` is false when it cannot be. O(1).
  package func vertexAttribute(_ format: PixelFormat) -> VertexAttributeFormat { vertexFormats[format.index] }
}
