import TGSI

/// Every identifier of generated texts, made from stages, semantics and numbers only: neighbouring stages agree by
/// construction, and no byte of the guest's text reaches GLSL.
///
/// Two-letter stage prefixes (`vs tc te gs fs cs`) keep the stages of a program apart. A varying has the name of the
/// stage that *writes* it, so a consumer must know the stage before it, a producer nothing.
enum NamePolicy {
  static func prefix(_ stage: PipelineStage) -> StaticString {
    switch stage {
    case .none, .vertex: "vs"
    case .tessControl: "tc"
    case .tessEvaluation: "te"
    case .geometry: "gs"
    case .fragment: "fs"
    case .compute: "cs"
    }
  }

  static func infix(_ kind: Varying.Kind) -> StaticString {
    switch kind {
    case .generic: "_g"
    case .texcoord: "_t"
    case .colour: "_c"
    case .backColour: "_b"
    case .fog: "_f"
    case .patch: "_p"
    case .clipVertex: "_v"
    }
  }

  /// The kinds of resource names: prefix, infix, slot number.
  enum Resource {
    case constants, uniformBlock, uniformMember, sampler, image, imageWriteSide, storageBlock, storageMember
    case storageSignedBlock, storageSignedMember, samplerInfo, fragmentOutput, sharedMemory, sharedMemorySigned

    var infix: StaticString {
      switch self {
      case .constants: "_const"
      case .uniformBlock: "_block"
      case .uniformMember: "_ubo"
      case .sampler: "_samp"
      case .image: "_img"
      case .imageWriteSide: "_wimg"
      case .storageBlock: "_buffer"
      case .storageMember: "_ssbo"
      case .storageSignedBlock: "_sbuffer"
      case .storageSignedMember: "_sssbo"
      case .samplerInfo: "_sampinfo"
      case .fragmentOutput: "_out"
      case .sharedMemory: "_shared"
      case .sharedMemorySigned: "_sshared"
      }
    }
  }

  /// Bytes of a name with the terminating NUL, for the reflection.
  static func name(_ stage: PipelineStage, _ resource: Resource, _ slot: Int? = nil) -> Reflection.Name {
    var text = TextBuffer(capacity: 24)
    text.append(prefix(stage))
    text.append(resource.infix)
    if let slot { text.append(decimal: slot) }
    return text.finished()
  }

  static func name(_ varying: Varying, of stage: PipelineStage) -> Reflection.Name {
    var text = TextBuffer(capacity: 24)
    text.append(varying: varying, of: stage)
    return text.finished()
  }

  static func attribute(_ index: Int) -> Reflection.Name { numbered("in_", index) }
  static func captured(_ index: Int) -> Reflection.Name { numbered("xfb", index) }
  static func skip(_ components: Int) -> Reflection.Name { numbered("gl_SkipComponents", components) }

  static var nextBuffer: Reflection.Name {
    var text = TextBuffer(capacity: 24)
    text.append("gl_NextBuffer")
    return text.finished()
  }

  private static func numbered(_ stem: StaticString, _ index: Int) -> Reflection.Name {
    var text = TextBuffer(capacity: 24)
    text.append(stem)
    text.append(decimal: index)
    return text.finished()
  }
}

extension TextBuffer {
  mutating func append(varying: Varying, of stage: PipelineStage) {
    append(NamePolicy.prefix(stage))
    append(NamePolicy.infix(varying.kind))
    append(decimal: Int(varying.index))
  }

  mutating func append(_ resource: NamePolicy.Resource, _ stage: PipelineStage, _ slot: Int) {
    append(NamePolicy.prefix(stage))
    append(resource.infix)
    append(decimal: slot)
  }
}
