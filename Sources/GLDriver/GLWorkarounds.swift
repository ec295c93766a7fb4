import Platform

/// Deviations of known hosts, each with its reason. Set from the vendor and renderer strings, never by guests.
package struct GLWorkarounds: OptionSet, Sendable {
  package let rawValue: UInt32
  package init(rawValue: UInt32) { self.rawValue = rawValue }

  /// Guest software refuses to accelerate on a renderer named "llvmpipe", although a virtual GPU on top of it is
  /// what the user asked for: the name is given to guests as "LLVMPIPE".
  package static let renameLLVMPipe = GLWorkarounds(rawValue: 1 << 0)
  /// Mesa's drivers for Intel GPUs map buffer storage cached.
  package static let cachedBufferMappings = GLWorkarounds(rawValue: 1 << 1)
  /// Mesa's drivers for AMD GPUs map buffer storage write-combined.
  package static let writeCombinedBufferMappings = GLWorkarounds(rawValue: 1 << 2)
  /// Renders on the CPU: mappings are cached memory and timing advice is meaningless.
  package static let softwareRenderer = GLWorkarounds(rawValue: 1 << 3)
  /// NVIDIA's proprietary driver: memory information comes in KiB and mapped storage is write-combined.
  package static let nvidiaProprietary = GLWorkarounds(rawValue: 1 << 4)

  package static func detect(vendor: String, renderer: String, version: String) -> GLWorkarounds {
    var found: GLWorkarounds = []
    let isMesa = version.hasWord("Mesa")
    if renderer.hasWord("llvmpipe") { found.formUnion([.renameLLVMPipe, .softwareRenderer, .cachedBufferMappings]) }
    if renderer.hasWord("softpipe") { found.formUnion([.softwareRenderer, .cachedBufferMappings]) }
    if isMesa && vendor.hasWord("Intel") { found.insert(.cachedBufferMappings) }
    if isMesa && (vendor.hasWord("AMD") || vendor.hasWord("X.Org")) { found.insert(.writeCombinedBufferMappings) }
    if vendor.hasWord("NVIDIA") && !isMesa { found.insert(.nvidiaProprietary) }
    return found
  }
}
