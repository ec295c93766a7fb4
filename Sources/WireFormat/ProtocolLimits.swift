/// Table sizes of the protocol: indices beyond them are refused while decoding
/// (virgl-commands, section 4).
@frozen
public enum ProtocolLimits {
  @inlinable public static var vertexElements: Int { 32 }
  @inlinable public static var vertexBuffers: Int { 32 }
  @inlinable public static var colorBuffers: Int { 8 }
  @inlinable public static var constantBuffers: Int { 32 }
  @inlinable public static var samplerViews: Int { 128 }
  /// Slots that can carry a GL sampler; views beyond are accepted and never sampled.
  @inlinable public static var samplers: Int { 32 }
  @inlinable public static var shaderBuffers: Int { 32 }
  @inlinable public static var images: Int { 32 }
  @inlinable public static var atomicBuffers: Int { 32 }
  @inlinable public static var viewports: Int { 16 }
  @inlinable public static var streamOutBuffers: Int { 4 }
  @inlinable public static var streamOutDeclarations: Int { 64 }
  @inlinable public static var clipPlanes: Int { 8 }
  @inlinable public static var stages: Int { 6 }
}
