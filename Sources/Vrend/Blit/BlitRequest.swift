import WireFormat

/// What a BLIT writes (wire bits 0…5).
@frozen
package struct BlitMask: OptionSet, Sendable {
  package let rawValue: UInt32
  @inlinable package init(rawValue: UInt32) { self.rawValue = rawValue }

  package static let red = BlitMask(rawValue: 1)
  package static let green = BlitMask(rawValue: 2)
  package static let blue = BlitMask(rawValue: 4)
  package static let alpha = BlitMask(rawValue: 8)
  package static let depth = BlitMask(rawValue: 16)
  package static let stencil = BlitMask(rawValue: 32)
  package static let color: BlitMask = [.red, .green, .blue, .alpha]

  /// The components that a format stores.
  init(storedBy format: FormatDescription) {
    var mask: BlitMask = []
    if format.hasRed { mask.insert(.red) }
    if format.hasGreen { mask.insert(.green) }
    if format.hasBlue { mask.insert(.blue) }
    if format.hasAlpha { mask.insert(.alpha) }
    if format.traits.contains(.depth) { mask.insert(.depth) }
    if format.traits.contains(.stencil) { mask.insert(.stencil) }
    self = mask
  }
}

/// A BLIT whose resources have been looked up; all numbers are still the guest's.
package struct BlitRequest {
  package struct Side {
    package var resource: GLResource
    package var level: UInt32
    /// The wire number of the format to view the resource with.
    package var format: UInt32
    /// Extents may be negative: the picture is mirrored.
    package var box: Region

    package init(resource: GLResource, level: UInt32, format: UInt32, box: Region) {
      self.resource = resource
      self.level = level
      self.format = format
      self.box = box
    }

    /// One end of the wire's command.
    package init(_ side: BlitSide, resource: GLResource) {
      self.init(resource: resource, level: side.level, format: side.format, box: Region(side.box))
    }
  }

  package var mask: BlitMask
  package var isLinear: Bool
  /// In destination space: x, y, width and height only. nil = no scissor.
  package var scissor: Region?
  package var alphaBlend: Bool
  /// Conditional rendering is in effect and the command honours it. The caller has paused it otherwise.
  package var isConditional: Bool
  package var destination: Side
  package var source: Side

  package init(
    mask: BlitMask, isLinear: Bool, scissor: Region? = nil, alphaBlend: Bool = false, isConditional: Bool = false,
    destination: Side, source: Side
  ) {
    self.mask = mask
    self.isLinear = isLinear
    self.scissor = scissor
    self.alphaBlend = alphaBlend
    self.isConditional = isConditional
    self.destination = destination
    self.source = source
  }
}

/// RESOURCE_COPY_REGION with its resources looked up; all numbers are still the guest's.
package struct CopyRequest {
  package var destination: GLResource
  package var destinationLevel: UInt32
  package var x: Int
  package var y: Int
  package var z: Int
  package var source: GLResource
  package var sourceLevel: UInt32
  /// In texels of the source; bytes for buffers.
  package var box: Region

  package init(
    destination: GLResource, destinationLevel: UInt32, x: UInt32, y: UInt32, z: UInt32, source: GLResource,
    sourceLevel: UInt32, box: WireBox
  ) {
    self.destination = destination
    self.destinationLevel = destinationLevel
    self.x = Int(x)
    self.y = Int(y)
    self.z = Int(z)
    self.source = source
    self.sourceLevel = sourceLevel
    self.box = Region(box)
  }
}
