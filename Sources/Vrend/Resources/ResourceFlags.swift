/// What a resource may be used for (`VIRGL_BIND_*`, virgl-resources 2.1). Bits 2, 9, 10, 12, 13 and 23 have no
/// meaning; bits 24 and up are hints for the guest's allocator.
@frozen
package struct BindFlags: OptionSet, Hashable, Sendable {
  package let rawValue: UInt32
  @inlinable package init(rawValue: UInt32) { self.rawValue = rawValue }

  @inlinable package static var depthStencil: BindFlags { BindFlags(rawValue: 1 << 0) }
  @inlinable package static var renderTarget: BindFlags { BindFlags(rawValue: 1 << 1) }
  @inlinable package static var samplerView: BindFlags { BindFlags(rawValue: 1 << 3) }
  @inlinable package static var vertexBuffer: BindFlags { BindFlags(rawValue: 1 << 4) }
  @inlinable package static var indexBuffer: BindFlags { BindFlags(rawValue: 1 << 5) }
  @inlinable package static var constantBuffer: BindFlags { BindFlags(rawValue: 1 << 6) }
  @inlinable package static var displayTarget: BindFlags { BindFlags(rawValue: 1 << 7) }
  @inlinable package static var commandArguments: BindFlags { BindFlags(rawValue: 1 << 8) }
  @inlinable package static var streamOutput: BindFlags { BindFlags(rawValue: 1 << 11) }
  @inlinable package static var shaderBuffer: BindFlags { BindFlags(rawValue: 1 << 14) }
  @inlinable package static var queryBuffer: BindFlags { BindFlags(rawValue: 1 << 15) }
  @inlinable package static var cursor: BindFlags { BindFlags(rawValue: 1 << 16) }
  /// A buffer in host system memory whose contents are visible in the backing.
  @inlinable package static var custom: BindFlags { BindFlags(rawValue: 1 << 17) }
  @inlinable package static var scanout: BindFlags { BindFlags(rawValue: 1 << 18) }
  /// Guest memory only: source and destination of COPY_TRANSFER3D.
  @inlinable package static var staging: BindFlags { BindFlags(rawValue: 1 << 19) }
  @inlinable package static var shared: BindFlags { BindFlags(rawValue: 1 << 20) }
  @inlinable package static var preferEmulatedBGRA: BindFlags { BindFlags(rawValue: 1 << 21) }
  @inlinable package static var linear: BindFlags { BindFlags(rawValue: 1 << 22) }

  /// A texture must have one of these (virgl-resources 2.2, rule 8).
  static var textureUses: BindFlags { [.samplerView, .depthStencil, .renderTarget, .cursor, .shared, .linear] }
}

/// Creation flags (`VIRGL_RESOURCE_FLAG_*` and `VIRGL_RESOURCE_Y_0_TOP`).
@frozen
package struct ResourceFlags: OptionSet, Hashable, Sendable {
  package let rawValue: UInt32
  @inlinable package init(rawValue: UInt32) { self.rawValue = rawValue }

  /// Row 0 of guest memory is the top row, but the GL texture is kept bottom-up.
  @inlinable package static var y0Top: ResourceFlags { ResourceFlags(rawValue: 1 << 0) }
  @inlinable package static var mapPersistent: ResourceFlags { ResourceFlags(rawValue: 1 << 1) }
  @inlinable package static var mapCoherent: ResourceFlags { ResourceFlags(rawValue: 1 << 2) }

  static var known: ResourceFlags { [.y0Top, .mapPersistent, .mapCoherent] }
}
