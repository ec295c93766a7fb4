/// One GLSL text and what the program linker must know about it.
package struct TranslatedShader: Sendable {
  /// The text, ending with a NUL byte.
  package var source: ContiguousArray<UInt8>
  package var reflection: Reflection

  package init(source: ContiguousArray<UInt8>, reflection: Reflection) {
    self.source = source
    self.reflection = reflection
  }
}

/// The names and numbers of one translated shader. Names are NUL-terminated ASCII, made by `NamePolicy`.
package struct Reflection: Hashable, Sendable {
  package typealias Name = ContiguousArray<UInt8>

  /// A variable that goes to a numbered place.
  package struct Binding: Hashable, Sendable {
    package var name: Name
    /// The guest's slot (sampler, uniform block, attribute, colour output).
    package var slot: UInt8
    /// Array elements, for consecutive slots; 1 for a plain variable.
    package var count: UInt8

    package init(name: Name, slot: UInt8, count: UInt8) {
      self.name = name
      self.slot = slot
      self.count = count
    }
  }

  /// Vertex shaders: attribute names by location. Bind them before linking unless `attributesAreExplicit`.
  package var attributes: [Binding] = []
  package var attributesAreExplicit = false

  /// `uniform uvec4 name[rows]` of the guest's constant buffer 0, nil when there is none: upload with glUniform4uiv.
  /// When `constantsAreBlock` it is a std140 uniform block of that name with `rows` × 16 bytes instead.
  package var constants: Name?
  package var constantRows: UInt32 = 0
  package var constantsAreBlock = false

  /// std140 blocks of the guest's uniform buffers, ascending slots; element k of an array of blocks is slot + k, and
  /// its block is named "name[k]".
  package var uniformBlocks: [Binding] = []

  /// Sampler uniforms, ascending slots, arrays over consecutive slots.
  package var samplers: [Binding] = []
  /// The used sampler slots: the union of `samplers`. Texture units count these in ascending order.
  package var samplerMask: UInt32 = 0
  /// Used sampler slots read with a shadow target: the texture's own swizzle must be identity.
  package var shadowSamplers: UInt32 = 0

  /// `uniform ivec2 name[n]`: per used sampler in ascending order, its number of levels and samples; hosts without the
  /// queries only. nil when not needed.
  package var samplerInfo: Name?

  /// Used image slots; the unit of slot i is `layout(binding = key.link.firstImageUnit + i)`.
  package var imageMask: UInt32 = 0
  /// Used storage-buffer slots counted from the lowest declared; the binding of slot i is
  /// `key.link.firstStorageBinding + i`.
  package var storageMask: UInt32 = 0
  /// Used atomic-counter buffers, explicit `layout(binding = slot)`.
  package var atomicMask: UInt32 = 0

  package var usesHelperBlock = false
  package var usesAdjustY = false
  package var usesAlphaReference = false
  package var usesDrawIDBase = false
  package var usesTessLevels = false

  /// Fragment shaders: colour outputs by location. Bind them before linking unless `outputsAreExplicit`; with
  /// `dualSource` slot 0 and 1 are index 0 and 1 of location 0.
  package var outputs: [Binding] = []
  package var outputsAreExplicit = false
  package var dualSource = false

  /// Names for glTransformFeedbackVaryings in order, skip and next-buffer markers included; empty for no capture.
  package var captured: [Name] = []

  /// `captured` without the markers, for hosts that know none.
  package var capturedVariables: [Name] { captured.filter { !$0.starts(with: "gl_".utf8) } }
  /// What is captured goes to more than one buffer.
  package var capturesToSeveral: Bool { captured.contains { $0.starts(with: "gl_NextBuffer".utf8) } }

  package init() {}
}
