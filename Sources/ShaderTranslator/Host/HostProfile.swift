/// What the host's GL offers to generated shaders: immutable, filled once per GL context from its capabilities.
///
/// Every decision about the dialect is taken from this value and nothing else, so two contexts with equal
/// profiles produce equal texts.
package struct HostProfile: Hashable, Sendable {
  /// The family of the shading language.
  package enum Flavour: UInt8, Sendable {
    case desktopCore
    case desktopCompatibility
    case es
  }

  package var flavour: Flavour

  /// The highest version of the shading language, as in `#version`: 140, 330, 460; for ES 300, 310, 320.
  package var glslVersion: UInt16

  /// The extensions of `GLSLExtension` that the context exposes.
  package var extensions: ExtensionSet

  package var limits: HostLimits

  package init(flavour: Flavour, glslVersion: UInt16, extensions: ExtensionSet, limits: HostLimits = HostLimits()) {
    self.flavour = flavour
    self.glslVersion = glslVersion
    self.extensions = extensions
    self.limits = limits
  }

  package var isES: Bool { flavour == .es }

  /// Doubles are computed on pairs of words: the language has none, but the wide products that this needs.
  package var emulatesDoubles: Bool { !has(.doubles) && has(.bitfieldFunctions) }

  /// Whether `feature` is there, in the core version or by an extension.
  package func has(_ feature: GLSLFeature) -> Bool {
    feature.means(on: self) != .missing
  }
}

/// The numbers of a GL context that bound generated shaders. The defaults are the minima of GL 3.3 or, for later
/// features, of the version that introduced them.
package struct HostLimits: Hashable, Sendable {
  /// GL_MAX_DRAW_BUFFERS, at most 8 are used.
  package var drawBuffers: UInt8 = 8
  /// GL_MAX_DUAL_SOURCE_DRAW_BUFFERS.
  package var dualSourceDrawBuffers: UInt8 = 1
  /// GL_MAX_UNIFORM_BLOCK_SIZE in bytes.
  package var uniformBlockSize: UInt32 = 16384
  /// GL_MAX_CLIP_DISTANCES; the sum of clip and cull distances.
  package var clipDistances: UInt8 = 8
  /// GL_MAX_PATCH_VERTICES.
  package var patchVertices: UInt32 = 32
  /// GL_MAX_GEOMETRY_OUTPUT_VERTICES.
  package var geometryOutputVertices: UInt32 = 256
  /// GL_MAX_GEOMETRY_SHADER_INVOCATIONS.
  package var geometryInvocations: UInt32 = 32
  /// GL_MAX_COMPUTE_WORK_GROUP_SIZE.
  package var workGroupWidth: UInt32 = 1024
  package var workGroupHeight: UInt32 = 1024
  package var workGroupDepth: UInt32 = 64
  /// GL_MAX_COMPUTE_WORK_GROUP_INVOCATIONS.
  package var workGroupInvocations: UInt32 = 1024
  /// GL_MAX_COMPUTE_SHARED_MEMORY_SIZE in bytes.
  package var sharedMemory: UInt32 = 32768
  /// GL_MAX_SHADER_STORAGE_BUFFER_BINDINGS.
  package var storageBindings: UInt32 = 32
  /// GL_MAX_IMAGE_UNITS.
  package var imageUnits: UInt32 = 32
  /// GL_MAX_ATOMIC_COUNTER_BUFFER_BINDINGS.
  package var atomicBindings: UInt32 = 8
  /// GL_MAX_VERTEX_STREAMS.
  package var vertexStreams: UInt8 = 4

  package init() {}
}
