import GLDriver

/// The entry points that transfers, copies and blits may use; each has a fallback that is older than it.
package struct EngineAbilities: OptionSet, Sendable {
  package let rawValue: UInt32
  package init(rawValue: UInt32) { self.rawValue = rawValue }

  /// Objects are changed by name (GL 4.5), so nothing is bound.
  package static let directStateAccess = EngineAbilities(rawValue: 1 << 0)
  package static let getTextureSubImage = EngineAbilities(rawValue: 1 << 1)
  package static let clearTexture = EngineAbilities(rawValue: 1 << 2)
  package static let clearBuffer = EngineAbilities(rawValue: 1 << 3)
  package static let copyImage = EngineAbilities(rawValue: 1 << 4)
  package static let textureView = EngineAbilities(rawValue: 1 << 5)

  /// What the host has.
  package init(_ host: HostGL) {
    var found: EngineAbilities = []
    if !host.isES, host.version >= GLVersion(4, 5) { found.insert(.directStateAccess) }
    if host.features.contains(.getTextureSubImage) { found.insert(.getTextureSubImage) }
    if host.features.contains(.clearTexture) { found.insert(.clearTexture) }
    if host.features.contains(.clearBufferObject) { found.insert(.clearBuffer) }
    if host.features.contains(.copyImage) { found.insert(.copyImage) }
    if host.features.contains(.textureView) { found.insert(.textureView) }
    self = found
  }
}
