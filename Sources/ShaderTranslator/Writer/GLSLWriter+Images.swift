import TGSI

/// Loads, stores, atomics and sizes of images.
extension GLSLWriter {
  func image(_ register: Register) throws(TranslationFault) -> ImagePlan {
    let slot = Int(register.index)
    guard let image = plan.images.first(where: { (Int($0.slot)..<Int($0.slot) + Int($0.count)).contains(slot) }) else {
      throw .unsupported(.imageAccess)
    }
    return image
  }

  private mutating func append(image: ImagePlan, _ register: Register, isWrite: Bool = false) {
    text.append(isWrite && image.hasWriteSide ? .imageWriteSide : .image, plan.stage, Int(image.slot))
    append(element: Int(register.index) - Int(image.slot), of: Int(image.count), register.indirect)
  }

  private mutating func append(imageCoordinate source: Source, _ image: ImagePlan) {
    switch image.target {
    case .buffer: append(source: source, at: Components(0), as: .int)
    case .texture1D where !image.widens: append(source: source, at: Components(0), as: .int)
    case .texture1D:
      text.append("ivec2(")
      append(source: source, at: Components(0), as: .int)
      text.append(", 0)")
    case .texture1DArray where image.widens:
      text.append("ivec3(")
      append(source: source, at: Components(0), as: .int)
      text.append(", 0, ")
      append(source: source, at: Components(1), as: .int)
      text.append(")")
    case .texture2D, .rect, .texture1DArray: append(source: source, at: Components(first: 2), as: .int)
    case .texture2DMSAA:
      append(source: source, at: Components(first: 2), as: .int)
      text.append(", ")
      append(source: source, at: Components(3), as: .int)
    case .texture2DArrayMSAA:
      append(source: source, at: Components(first: 3), as: .int)
      text.append(", ")
      append(source: source, at: Components(3), as: .int)
    default: append(source: source, at: Components(first: 3), as: .int)
    }
  }

  mutating func writeImage(
    _ instruction: Instruction, _ image: ImagePlan, _ register: Register
  ) throws(TranslationFault) {
    switch instruction.opcode {
    case .store:
      text.append("imageStore(")
      append(image: image, register, isWrite: true)
      text.append(", ")
      append(imageCoordinate: instruction.sources[0], image)
      text.append(", ")
      append(source: instruction.sources[1], at: Components(first: 4), as: image.type)
      text.append(");\n")
    case .load:
      let result = Result(instruction, image.type)
      guard begin(result) else { return }
      text.append("imageLoad(")
      append(image: image, register)
      text.append(", ")
      append(imageCoordinate: instruction.sources[1], image)
      text.append(").")
      append(components: result.components)
      end(result)
    case .resq: writeImageSize(instruction, image, register)
    default:
      guard let name = atomicName(instruction.opcode) else { throw .unsupported(.imageAccess) }
      writeAtomic(instruction, image.type) { writer in
        writer.text.append("imageAtomic")
        writer.text.append(name)
        writer.text.append("(")
        writer.append(image: image, register)
        writer.text.append(", ")
        writer.append(imageCoordinate: instruction.sources[1], image)
      }
    }
  }

  private mutating func writeImageSize(_ instruction: Instruction, _ image: ImagePlan, _ register: Register) {
    let result = Result(instruction, .int)
    guard begin(result) else { return }
    text.append("ivec4(imageSize(")
    append(image: image, register)
    text.append(")")
    let dimensions: Int
    switch image.target {
    case .buffer, .texture1D:
      if image.widens { text.append(".x") }
      dimensions = 1
    case .texture1DArray:
      if image.widens { text.append(".xz") }
      dimensions = 2
    case .texture3D, .texture2DArray, .cubeArray, .texture2DArrayMSAA: dimensions = 3
    default: dimensions = 2
    }
    for _ in dimensions..<3 { text.append(", 0") }
    text.append(", 1).")
    append(components: result.components)
    end(result)
  }
}
