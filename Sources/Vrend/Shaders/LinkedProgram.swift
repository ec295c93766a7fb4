import CEpoxy
import GLDriver
import ShaderTranslator
import WireFormat

/// A linked GL program with everything the draw path must know to feed it, and what it was last fed.
///
/// Programs of one sub-context only; uniforms live in the program, so their shadow lives here too.
final class LinkedProgram {
  let name: GLuint

  /// One texture unit that a stage's sampler reads; its index in `textureUnits` is the unit.
  struct TextureUnit {
    var stage: UInt8
    var slot: UInt8
    var isShadow: Bool
  }
  @exclusivity(unchecked) private(set) var textureUnits: ContiguousArray<TextureUnit> = []

  /// One uniform-block binding point; its index in `blockBindings` is the GL binding.
  struct BlockBinding {
    var stage: UInt8
    var slot: UInt8
  }
  @exclusivity(unchecked) private(set) var blockBindings: ContiguousArray<BlockBinding> = []

  /// Per stage: location of the constant array, or -1.
  @exclusivity(unchecked) private(set) var constantLocations = InlineArray<6, GLint>(repeating: -1)
  @exclusivity(unchecked) private(set) var constantRows = InlineArray<6, UInt32>(repeating: 0)
  /// Stages with constants, one bit each.
  @exclusivity(unchecked) private(set) var constantStages: UInt32 = 0
  /// Version of the sub-context's constants that the program holds.
  @exclusivity(unchecked) var emittedConstants = InlineArray<6, UInt64>(repeating: 0)

  @exclusivity(unchecked) private(set) var adjustYLocation: GLint = -1
  @exclusivity(unchecked) private(set) var alphaReferenceLocation: GLint = -1
  @exclusivity(unchecked) private(set) var tessLevelsLocation: GLint = -1
  @exclusivity(unchecked) private(set) var drawIDLocation: GLint = -1
  @exclusivity(unchecked) var emittedAdjustY: Float = 0
  @exclusivity(unchecked) var emittedAlphaReference: Float = 0
  @exclusivity(unchecked) var emittedTessLevels = InlineArray<6, Float>(repeating: 0)
  @exclusivity(unchecked) var emittedDrawID: Int32 = 0

  /// GL binding of the helper block, nil when no stage uses it.
  @exclusivity(unchecked) private(set) var helperBinding: Int?

  /// Masks of what each stage reads.
  @exclusivity(unchecked) private(set) var storageMasks = InlineArray<6, UInt32>(repeating: 0)
  @exclusivity(unchecked) private(set) var storageFirstBindings = InlineArray<6, UInt32>(repeating: 0)
  @exclusivity(unchecked) private(set) var imageMasks = InlineArray<6, UInt32>(repeating: 0)
  @exclusivity(unchecked) private(set) var imageFirstUnits = InlineArray<6, UInt32>(repeating: 0)
  @exclusivity(unchecked) private(set) var atomicMask: UInt32 = 0
  @exclusivity(unchecked) private(set) var readsStorageOrImages = false

  /// Per stage: location of the per-sampler level and sample counts, or -1.
  @exclusivity(unchecked) private(set) var samplerInfoLocations = InlineArray<6, GLint>(repeating: -1)
  @exclusivity(unchecked) private(set) var needsSamplerInfo = false

  private let object: ProgramObject

  /// Finds the places in a program that is linked, and makes it current.
  init(_ link: ProgramLink) {
    object = link.object
    name = object.name
    epoxy_glUseProgram(name)
    // Pipeline order decides the numbering of units and bindings.
    for stage in [0, 1, 2, 3, 4, 5] {
      guard let variant = link.stages[stage] else { continue }
      locate(variant, stage)
    }
    locateShared(link.stages)
  }

  private func locate(_ variant: ShaderVariant, _ stage: Int) {
    let reflection = variant.reflection
    if let constants = reflection.constants {
      if reflection.constantsAreBlock {
        bindBlock(constants, stage: stage, slot: 0)
      } else {
        let location = constants.withGLName { epoxy_glGetUniformLocation(name, $0) }
        constantLocations[stage] = location
        constantRows[stage] = reflection.constantRows
        if location >= 0 { constantStages |= 1 << UInt32(stage) }
      }
    }
    for sampler in reflection.samplers {
      let location = sampler.name.withGLName { epoxy_glGetUniformLocation(name, $0) }
      let firstUnit = textureUnits.count
      for element in 0..<Int(sampler.count) {
        let slot = sampler.slot &+ UInt8(truncatingIfNeeded: element)
        textureUnits.append(
          TextureUnit(
            stage: UInt8(stage), slot: slot, isShadow: reflection.shadowSamplers.bit(UInt32(slot & 31))))
      }
      guard location >= 0 else { continue }
      let units = (0..<Int(sampler.count)).map { GLint(firstUnit + $0) }
      epoxy_glUniform1iv(location, GLsizei(units.count), units)
    }
    for block in reflection.uniformBlocks {
      if block.count == 1 {
        bindBlock(block.name, stage: stage, slot: block.slot)
      } else {
        for element in 0..<Int(block.count) {
          var elementName = Reflection.Name(block.name.dropLast())
          elementName.append(contentsOf: "[\(element)]".utf8)
          elementName.append(0)
          bindBlock(elementName, stage: stage, slot: block.slot &+ UInt8(truncatingIfNeeded: element))
        }
      }
    }
    storageMasks[stage] = reflection.storageMask
    storageFirstBindings[stage] = UInt32(variant.key.link.firstStorageBinding)
    imageMasks[stage] = reflection.imageMask
    imageFirstUnits[stage] = UInt32(variant.key.link.firstImageUnit)
    atomicMask |= reflection.atomicMask
    if reflection.storageMask | reflection.imageMask | reflection.atomicMask != 0 { readsStorageOrImages = true }
    if let info = reflection.samplerInfo {
      samplerInfoLocations[stage] = info.withGLName { epoxy_glGetUniformLocation(name, $0) }
      needsSamplerInfo = true
    }
  }

  private func bindBlock(_ blockName: Reflection.Name, stage: Int, slot: UInt8) {
    let index = blockName.withGLName { epoxy_glGetUniformBlockIndex(name, $0) }
    let binding = blockBindings.count
    blockBindings.append(BlockBinding(stage: UInt8(stage), slot: slot))
    if index != GL.INVALID_INDEX { epoxy_glUniformBlockBinding(name, index, GLuint(binding)) }
  }

  private func locateShared(_ stages: borrowing StageVariants) {
    func location(_ uniform: StaticString, _ isUsed: (Reflection) -> Bool) -> GLint {
      for stage in 0..<6 {
        guard let variant = stages[stage], isUsed(variant.reflection) else { continue }
        return uniform.withGLName { epoxy_glGetUniformLocation(name, $0) }
      }
      return -1
    }
    adjustYLocation = location(HelperUniforms.adjustY) { $0.usesAdjustY }
    alphaReferenceLocation = location(HelperUniforms.alphaReference) { $0.usesAlphaReference }
    tessLevelsLocation = location(HelperUniforms.tessLevels) { $0.usesTessLevels }
    drawIDLocation = location(HelperUniforms.drawIDBase) { $0.usesDrawIDBase }
    for stage in 0..<6 {
      guard let variant = stages[stage], variant.reflection.usesHelperBlock else { continue }
      let index = HelperBlock.name.withGLName { epoxy_glGetUniformBlockIndex(name, $0) }
      if index != GL.INVALID_INDEX {
        helperBinding = blockBindings.count
        epoxy_glUniformBlockBinding(name, index, GLuint(blockBindings.count))
      }
      break
    }
  }
}
