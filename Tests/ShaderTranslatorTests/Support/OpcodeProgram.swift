import TGSI

@testable import struct TGSI.KeywordTable

/// The smallest program about one use of one instruction, in one stage.
struct OpcodeProgram {
  /// What is special about this use; empty for the plain one.
  var label = ""
  /// Declarations beside those that every program has.
  var declarations: [String] = []
  /// Instructions; what they leave in TEMP[0] is the program's result.
  var body: [String]
  /// The stages it is about; nil: those in which the instruction is legal.
  var only: ShaderStage?

  /// The text, and that of the program without the instruction.
  func texts(in stage: ShaderStage) -> (whole: String, without: String) {
    let frame = Self.frame(stage)
    func text(_ body: [String]) -> String {
      let lines = frame.declarations + Self.common + declarations + body + frame.sink + ["END"]
      return lines.map { $0 + "\n" }.joined()
    }
    return (text(body), text([]))
  }

  private static let common = [
    "DCL CONST[0..4]", "DCL TEMP[0..3]", "DCL ADDR[0]", "IMM[0] UINT32 {0, 1, 2, 4}", "IMM[1] UINT32 {8, 31, 3, 5}",
  ]

  /// What makes a program of the stage, with TEMP[0] as its result.
  private static func frame(_ stage: ShaderStage) -> (declarations: [String], sink: [String]) {
    switch stage {
    case .vertex: (["VERT", "DCL OUT[0], POSITION"], ["MOV OUT[0], TEMP[0]"])
    case .fragment:
      (["FRAG", "DCL IN[0], GENERIC[0], PERSPECTIVE", "DCL OUT[0], COLOR"], ["MOV OUT[0], TEMP[0]"])
    case .geometry:
      (
        [
          "GEOM", "PROPERTY GS_INPUT_PRIMITIVE TRIANGLES", "PROPERTY GS_OUTPUT_PRIMITIVE TRIANGLE_STRIP",
          "PROPERTY GS_MAX_OUTPUT_VERTICES 3", "PROPERTY GS_INVOCATIONS 1", "DCL IN[][0], POSITION",
          "DCL OUT[0], POSITION",
        ], ["MOV OUT[0], TEMP[0]", "EMIT IMM[0].xxxx"]
      )
    case .tessControl:
      (["TESS_CTRL", "PROPERTY TCS_VERTICES_OUT 3", "DCL OUT[0], PATCH"], ["MOV OUT[0], TEMP[0]"])
    case .tessEval:
      (
        [
          "TESS_EVAL", "PROPERTY TES_PRIM_MODE 4", "PROPERTY TES_SPACING 0", "PROPERTY TES_VERTEX_ORDER_CW 0",
          "PROPERTY TES_POINT_MODE 0", "DCL OUT[0], POSITION",
        ], ["MOV OUT[0], TEMP[0]"]
      )
    case .compute:
      (
        [
          "COMP", "PROPERTY CS_FIXED_BLOCK_WIDTH 4", "PROPERTY CS_FIXED_BLOCK_HEIGHT 1",
          "PROPERTY CS_FIXED_BLOCK_DEPTH 1", "DCL MEMORY[0], SHARED", "DCL BUFFER[7]",
        ], ["STORE BUFFER[7], IMM[0].xxxx, TEMP[0]"]
      )
    }
  }
}

extension Opcode {
  /// As texts spell it.
  var mnemonic: String { String(decoding: KeywordTable.shared.spelling(.opcode, rawValue), as: UTF8.self) }

  /// Programs that together show each lowering of the instruction.
  var programs: [OpcodeProgram] {
    switch info.class {
    case .texture where info.isTranslatable, .textureQuery where info.isTranslatable: return texturePrograms
    case .memory where info.isTranslatable: return memoryPrograms
    case .flow: return [OpcodeProgram(body: flowBody)]
    case .interpolation:
      let extra = info.sourceCount > 1 ? ", CONST[0]" : ""
      return [OpcodeProgram(body: ["\(mnemonic) TEMP[0], IN[0]\(extra)"])]
    case .emission: return [OpcodeProgram(body: ["MOV OUT[0], CONST[0]", "\(mnemonic) IMM[0].xxxx"])]
    case .barrier where info.sourceCount > 0:
      return ["IMM[0].yyyy", "IMM[0].zzzz", "IMM[0].wwww", "IMM[1].xxxx", "IMM[1].yyyy"].map {
        OpcodeProgram(label: $0, body: ["\(mnemonic) \($0)"])
      }
    default: break
    }
    switch self {
    case .arl, .arr, .uarl:
      return [OpcodeProgram(body: ["\(mnemonic) ADDR[0].x, CONST[0]", "MOV TEMP[0], CONST[ADDR[0].x+1]"])]
    case .fbfetch: return [OpcodeProgram(body: ["FBFETCH TEMP[0], OUT[0]"])]
    case .clock: return [OpcodeProgram(body: ["CLOCK TEMP[0].xy"])]
    default: return [OpcodeProgram(body: [plain])]
    }
  }

  /// Registers for every operand of the table.
  private var plain: String {
    let mask = info.form == .pairs && !info.destinationTypes.contains(.double) ? ".xy" : ""
    let destinations = (0..<info.destinationCount).map { "TEMP[\($0)]\(mask)" }
    let sources = (0..<info.sourceCount).map { "CONST[\($0)]" }
    return mnemonic + " " + (destinations + sources).joined(separator: ", ")
  }

  private var flowBody: [String] {
    switch self {
    case .if, .uif, .endif: ["\(self == .endif ? "IF" : mnemonic) CONST[0]", "MOV TEMP[0], CONST[1]", "ENDIF"]
    case .else: ["IF CONST[0]", "MOV TEMP[0], CONST[1]", "ELSE", "MOV TEMP[0], CONST[2]", "ENDIF"]
    case .bgnloop, .endloop, .brk, .cont:
      ["BGNLOOP", "UIF CONST[0]", "BRK", "ENDIF", "UIF CONST[1]", "CONT", "ENDIF", "MOV TEMP[0], CONST[2]", "ENDLOOP"]
    case .ret: ["UIF CONST[0]", "RET", "ENDIF", "MOV TEMP[0], CONST[1]"]
    case .end: ["MOV TEMP[0], CONST[0]"]
    default: [info.sourceCount > 0 ? "\(mnemonic) CONST[0]" : mnemonic]
    }
  }

  /// One program for each target in fragment shaders; in other stages 2D, or what the instruction is for.
  private var texturePrograms: [OpcodeProgram] {
    let operands = (0..<info.sourceCount - 1).map {
      self == .tg4 && $0 == 1 ? "IMM[0].xxxx" : "CONST[\($0)]"
    }
    let main: TextureTarget =
      switch self {
      case .txqs: .texture2DMSAA
      case .tex2: .shadowCubeArray
      case .txb2, .txl2: .cubeArray
      default: .texture2D
      }
    return TextureTarget.allCases.filter { $0 != .unknown }.map { target in
      let name = String(decoding: KeywordTable.shared.spelling(.target, target.rawValue), as: UTF8.self)
      let view = name.replacing("SHADOW", with: "")
      let body = "\(mnemonic) TEMP[0], \((operands + ["SAMP[0]"]).joined(separator: ", ")), \(name)"
      return OpcodeProgram(
        label: name, declarations: ["DCL SAMP[0]", "DCL SVIEW[0], \(view), FLOAT"], body: [body],
        only: target == main ? nil : .fragment)
    }
  }

  /// Every kind of memory that the instruction works on.
  private var memoryPrograms: [OpcodeProgram] {
    let operands = (1..<info.sourceCount).map { "CONST[\($0)]" }
    func program(
      _ memory: String, _ declaration: String?, words: [String] = [], mask: String = "", only: ShaderStage? = nil
    ) -> OpcodeProgram {
      let all: [String]
      switch self {
      case .store: all = ["\(memory)\(mask)", "CONST[0]", "CONST[1]"]
      default: all = ["TEMP[0]\(mask)", memory] + operands
      }
      let body = mnemonic + " " + (all + words).joined(separator: ", ")
      let declarations = declaration.map { ["DCL \($0)"] } ?? []
      return OpcodeProgram(label: memory, declarations: declarations, body: [body], only: only)
    }
    let buffer = program("BUFFER[0]", "BUFFER[0]", mask: self == .resq ? ".x" : "")
    let format = "PIPE_FORMAT_R32_UINT"
    let image = program("IMAGE[0]", "IMAGE[0], 2D, \(format), WR", words: ["2D", format])
    if self == .resq { return [buffer, image] }
    let shared = program("MEMORY[0]", nil, only: .compute)
    if self == .store { return [buffer, image, shared] }
    let counter = program("HWATOMIC[0][1]", "HWATOMIC[0][0..1]", mask: ".x")
    guard self == .atomuadd else { return [buffer, image, shared, counter] }
    // Steps by one have calls of their own.
    let steps = [("up", "IMM[0].yyyy"), ("down", "IMM[2].xxxx")].map { label, step in
      OpcodeProgram(
        label: "HWATOMIC[0][0] \(label)", declarations: ["IMM[2] INT32 {-1, 0, 0, 0}", "DCL HWATOMIC[0][0]"],
        body: ["ATOMUADD TEMP[0].x, HWATOMIC[0][0], IMM[0].xxxx, \(step)"])
    }
    return [buffer, image, shared, counter] + steps
  }
}

extension FixedList where Element == OpcodeInfo.ValueType {
  fileprivate func contains(_ type: Element) -> Bool { (0..<count).contains { self[$0] == type } }
}
