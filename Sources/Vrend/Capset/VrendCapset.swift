import GLDriver
import Platform
import ShaderTranslator
import WireFormat

/// Derives the capability sets from the host's GL and the renderer's abilities. Pure: the same inputs give the same
/// bytes, which guests rely on (the bytes are part of their shader cache's key).
package enum VrendCapset {
  /// The content of capability set 2; its `v1` is capability set 1.
  package static func fill(host: HostGL, policy: CapsetPolicy) -> CapsetV2 {
    var builder = CapsetBuilder(host: host, policy: policy)
    builder.fillV1()
    builder.fillRastering()
    builder.fillShaderLimits()
    builder.fillTextures()
    builder.fillStorage()
    builder.fillCompute()
    builder.fillRendererName()
    builder.caps.capabilities = builder.capabilityBits()
    builder.caps.capabilitiesV2 = builder.capabilityBitsV2()
    return builder.caps
  }

  package static func fill(host: HostGL, abilities: RendererAbilities) -> CapsetV2 {
    fill(host: host, policy: CapsetPolicy(abilities: abilities))
  }
}

/// The inputs and the set under construction; its parts are in the extensions of this folder.
struct CapsetBuilder {
  /// Size of the guest's tables of shader buffers and images per stage.
  static let shaderSlotLimit = 32
  /// Guests clamp to 32 samplers per stage, old ones to 128; not the host's number of texture units.
  static let textureSamplers: UInt32 = 32

  let host: HostGL
  let policy: CapsetPolicy
  var caps = CapsetV2()
  /// ES has no doubles, but the translator's functions for them.
  let emulatesDoubles: Bool

  init(host: HostGL, policy: CapsetPolicy) {
    self.host = host
    self.policy = policy
    emulatesDoubles = host.isES && policy.abilities.contains(.doubles) && HostProfile(host).emulatesDoubles
  }

  var limits: GLLimits { host.limits }

  /// The host has the feature and the renderer the ability.
  func has(_ feature: GLFeatures, _ ability: RendererAbilities = []) -> Bool {
    host.features.isSuperset(of: feature) && policy.abilities.isSuperset(of: ability)
  }

  var hasGeometry: Bool { has(.geometryShader, .geometryShaders) }
  var hasTessellation: Bool { has(.tessellation, .tessellation) }
  var hasShaderBuffers: Bool { has(.shaderStorageBuffer, .shaderBuffers) }
  var hasImages: Bool { has(.images, .images) }
  var hasStreamOutput: Bool { has(.transformFeedback, .streamOutput) }
  /// Guests lower atomic counters to shader buffers when there are none, which suits hosts whose counters can only
  /// step by one: every ES host, and GL 4.3 without the extension. A guest with counters takes arithmetic for granted.
  var hasAtomicCounters: Bool {
    has(.atomicCounters, .atomicCounters) && (has(.atomicCounterOps) || !(host.isES || hasShaderBuffers))
  }
  /// GL 3.2 and older lack what the translator needs for compute shaders.
  var hasCompute: Bool {
    has(.computeShader, .compute) && (host.isES || host.version >= GLVersion(3, 3))
  }

  /// A stage takes part at all; stages in the wire's order.
  func hasStage(_ stage: Int) -> Bool {
    switch stage {
    case 0, 1: true
    case 2: hasGeometry
    case 3, 4: hasTessellation
    default: hasCompute
    }
  }

  mutating func fillRendererName() {
    caps.renderer =
      host.workarounds.contains(.renameLLVMPipe)
      ? Self.replacing("llvmpipe", by: "LLVMPIPE", in: host.renderer) : host.renderer
    caps.featureLevel = policy.featureLevel
    if policy.abilities.contains(.video) { caps.video = policy.video }
    if let fromWinsys = policy.videoMemoryMiB {
      caps.maxVideoMemory = fromWinsys
    } else {
      caps.maxVideoMemory = UInt32(clamping: limits.dedicatedVideoMemoryKiB / 1024)
    }
  }

  /// Replaces the first occurrence.
  static func replacing(_ word: String, by replacement: String, in text: String) -> String {
    guard let offset = text.utf8Offset(of: word) else { return text }
    var bytes = Array(text.utf8)
    bytes.replaceSubrange(offset..<(offset + word.utf8.count), with: Array(replacement.utf8))
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// A GL limit as the wire has it: negative answers of a confused host count as 0.
@inline(__always)
func wire(_ limit: Int32) -> UInt32 { UInt32(clamping: limit) }

/// The same with an upper bound.
@inline(__always)
func wire(_ limit: Int32, atMost bound: Int) -> UInt32 { min(wire(limit), UInt32(clamping: bound)) }
