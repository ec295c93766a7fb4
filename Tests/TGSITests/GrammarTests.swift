import Testing

@testable import TGSI

/// What each form of the text becomes.
@Suite struct GrammarTests {
  private func instruction(_ line: String, _ declarations: String = "") throws -> Instruction {
    let text = """
      FRAG
      DCL IN[0], GENERIC[0], PERSPECTIVE
      DCL OUT[0], COLOR
      DCL CONST[0..7]
      DCL CONST[2][0..3]
      DCL TEMP[0..3]
      DCL TEMP[4..9], ARRAY(1), LOCAL
      DCL ADDR[0..2]
      DCL SAMP[0]
      DCL SAMP[1]
      \(declarations)
      IMM[0] UINT32 {0, 1, 2, 3}
      \(line)
      END
      """
    return try #require(try parse(text).shader.instructions.first)
  }

  @Test func operandsOfAnInstruction() throws {
    let mad = try instruction("  3: MAD_SAT TEMP[2].xyz, -|TEMP[0].xxxx|, IMM[0].wzyy, TEMP[1].xyzz")
    #expect(mad.opcode == .mad && mad.saturate && !mad.precise)
    #expect(mad.destinations[0] == Destination(Register(.temporary, 2), mask: [.x, .y, .z]))
    #expect(
      mad.sources[0]
        == Source(Register(.temporary, 0), swizzle: Swizzle(.x, .x, .x, .x), modifiers: [.absolute, .negate]))
    #expect(mad.sources[1].swizzle == Swizzle(.w, .z, .y, .y))
    #expect(mad.sources[1].swizzle[.x] == .w && mad.sources[1].swizzle[.w] == .y)
  }

  @Test(arguments: ["MAD_SAT_PRECISE", "mad_sat_precise", "Mad_Sat_Precise"])
  func suffixes(_ mnemonic: String) throws {
    let mad = try instruction("\(mnemonic) TEMP[0], TEMP[0], TEMP[1], TEMP[2]")
    #expect(mad.opcode == .mad && mad.saturate && mad.precise)
  }

  @Test func suffixesInTheWrongOrderAreUnknown() {
    #expect(fault("FRAG\nDCL TEMP[0]\nMOV_PRECISE_SAT TEMP[0], TEMP[0]\nEND")?.code == .unknownOpcode)
  }

  @Test func indirectOperands() throws {
    let array = try instruction("MOV TEMP[ADDR[0].x+4](1), TEMP[ADDR[2].y-3](1)")
    #expect(
      array.destinations[0].register
        == Register(.temporary, 4, indirect: AddressOperand(register: 0), arrayID: 1))
    #expect(
      array.sources[0].register
        == Register(.temporary, -3, indirect: AddressOperand(register: 2, component: .y), arrayID: 1))
    let block = try instruction("MOV TEMP[0], CONST[ADDR[1].x+1][ADDR[0]+2].xyzz")
    #expect(
      block.sources[0].register
        == Register(
          .constant, 2, indirect: AddressOperand(register: 0),
          dimension: Dimension(1, indirect: AddressOperand(register: 1))))
  }

  @Test func textureOperands() throws {
    let text = """
      FRAG
      DCL IN[0], GENERIC[0]
      DCL SAMP[3]
      DCL TEMP[0]
      IMM[0] INT32 {-1, 1, 0, 0}
      IMM[1] UINT32 {2, 0, 0, 0}
      TEX TEMP[0], IN[0], SAMP[3], 2D_ARRAY, IMM[0].xyy
      TG4 TEMP[0], IN[0], IMM[1].xxxx, SAMP[3], 2D_ARRAY, IMM[0].xyy, IMM[0].yxx, IMM[0].xxx, IMM[0].zzz
      END
      """
    let shader = try parse(text).shader
    #expect(shader.instructions[0].target == .texture2DArray)
    #expect(shader.instructions[0].sources[1].register == Register(.sampler, 3))
    #expect(
      Array(shader.offsets(of: shader.instructions[0]))
        == [TexelOffset(.immediate, 0, swizzle: Swizzle(.x, .y, .y, .y))])
    #expect(shader.offsets(of: shader.instructions[1]).count == 4)
    #expect(shader.texelOffsets.count == 5)
    #expect(shader.offsets(of: shader.instructions[2]).isEmpty)
  }

  @Test func memoryWordsInAnyOrder() throws {
    let load = try instruction(
      "LOAD TEMP[0], IMAGE[0], TEMP[1], VOLATILE, PIPE_FORMAT_R32_UINT, 2D, COHERENT, STREAM_CACHE_POLICY",
      "DCL IMAGE[0], 2D, PIPE_FORMAT_R32_UINT, WR")
    #expect(load.qualifiers == [.coherent, .volatile])
    #expect(load.target == .texture2D && load.format == .r32Uint)
  }

  @Test func declarations() throws {
    let text = """
      FRAG
      DCL IN[0].xy, GENERIC[3], PERSPECTIVE, CENTROID
      DCL IN[1], COLOR, COLOR
      DCL IN[2..4], ARRAY(2), TEXCOORD[1], LINEAR, SAMPLE, INVARIANT
      DCL OUT[0], COLOR[7]
      DCL SV[0], SAMPLEID
      DCL SVIEW[0], SHADOW2D, FLOAT, FLOAT, FLOAT, FLOAT
      DCL IMAGE[1], BUFFER, PIPE_FORMAT_R32G32B32A32_FLOAT, WR, RAW
      DCL BUFFER[0..3], ATOMIC
      DCL CONST[1][0..3]
      DCL CONST[1..2]
      DCL CONST[0]
      DCL HWATOMIC[2][0..3], ARRAY(1)
      DCL TEMP[0..9], ARRAY(1), LOCAL
      DCL ADDR[0..2]
      END
      """
    let shader = try parse(text).shader
    #expect(shader.inputs.count == 3)
    #expect(shader.inputs[0].usage == [.x, .y])
    #expect(shader.inputs[0].semantic == Semantic(.generic, 3))
    #expect(shader.inputs[0].interpolation == .perspective && shader.inputs[0].location == .centroid)
    #expect(shader.inputs[1].semantic == Semantic(.color) && shader.inputs[1].interpolation == .color)
    #expect(shader.inputs[2].range == RegisterRange(2, 4) && shader.inputs[2].arrayID == 2)
    #expect(shader.inputs[2].invariant)
    #expect(shader.outputs[0].semantic == Semantic(.color, 7))
    #expect(shader.systemValues[0].semantic == Semantic(.sampleID))
    #expect(shader.samplerViews[0].target == .shadow2D && shader.samplerViews[0].returnType == .float)
    #expect(shader.images[0].writable && shader.images[0].raw && shader.images[0].format == .r32g32b32a32Float)
    #expect(shader.buffers[0].atomic && shader.buffers[0].range.count == 4)
    #expect(shader.constants.map(\.buffer) == [1, 0, 0])
    #expect(shader.atomicCounters[0].binding == 2 && shader.atomicCounters[0].arrayID == 1)
    #expect(shader.temporaries[0].isLocal && shader.temporaries[0].arrayID == 1)
    #expect(shader.addresses[0].range == RegisterRange(0, 2))
  }

  @Test func geometryStreamsAndImpliedVertices() throws {
    let text = """
      GEOM
      PROPERTY GS_INPUT_PRIMITIVE TRIANGLES_ADJACENCY
      PROPERTY GS_OUTPUT_PRIMITIVE LINE_STRIP
      PROPERTY GS_MAX_OUTPUT_VERTICES 3
      DCL IN[][0], POSITION
      DCL IN[3][1..2], GENERIC[4]
      DCL OUT[0], GENERIC[0], STREAM(0, 1, 2, 3), INVARIANT
      MOV OUT[0], IN[5][2]
      END
      """
    let shader = try parse(text).shader
    #expect(shader.inputs.map(\.perVertex) == [true, true])
    #expect(shader.inputs[1].range == RegisterRange(1, 2))
    #expect(Component.allCases.map { shader.outputs[0].stream(of: $0) } == [0, 1, 2, 3])
    #expect(shader.properties.geometryInput == .trianglesAdjacency)
    #expect(fault(text.replacing("IN[5][2]", with: "IN[6][2]"))?.code == .dimensionOutOfRange)
  }

  @Test func immediatesKeepTheirBits() throws {
    let text = """
      FRAG
      IMM[0] FLT32 {0x7fc00001, 0x80000000, 0x00000001, 0xFFFFFFFF}
      IMM FLT32 {-1.5, .25, 3., 1e2}
      IMM[2] FLT32 {1e999, -1e999, 0.1, 7}
      IMM[3] INT32 {-2147483648, 2147483647, +5, -0}
      IMM[4] UINT32 {4294967295, 0, 1, 2}
      IMM[5] FLT64 {1.50000000, -inf}
      IMM[6] INT64 {-1, 0x10}
      IMM[7] UINT64 {18446744073709551615, 010}
      IMM[8] UINT32 {9}
      END
      """
    let immediates = try parse(text).shader.immediates.map(\.bits)
    #expect(immediates[0] == [0x7FC0_0001, 0x8000_0000, 1, 0xFFFF_FFFF])
    #expect(immediates[1] == [(-1.5 as Float).bitPattern, 0x3E80_0000, 0x4040_0000, 0x42C8_0000])
    #expect(immediates[2] == [0x7F80_0000, 0xFF80_0000, 0x3DCC_CCCD, 0x40E0_0000])
    #expect(immediates[3] == [0x8000_0000, 0x7FFF_FFFF, 5, 0])
    #expect(immediates[4] == [0xFFFF_FFFF, 0, 1, 2])
    #expect(immediates[5] == [0, 0x3FF8_0000, 0, 0xFFF0_0000])
    #expect(immediates[6] == [0xFFFF_FFFF, 0xFFFF_FFFF, 16, 0])
    #expect(immediates[7] == [0xFFFF_FFFF, 0xFFFF_FFFF, 8, 0])
    #expect(immediates[8] == [9, 0, 0, 0])
  }

  @Test func properties() throws {
    let text = """
      FRAG
      PROPERTY FS_COORD_ORIGIN LOWER_LEFT
      PROPERTY FS_COORD_PIXEL_CENTER INTEGER
      PROPERTY FS_DEPTH_LAYOUT 1
      PROPERTY FS_DEPTH_LAYOUT 2
      PROPERTY NOBODY_KNOWS_THIS (any thing) 5: at all
      PROPERTY NEXT_SHADER FRAG
      PROPERTY VS_PROHIBIT_UCPS 1
      PROPERTY MUL_ZERO_WINS 1
      END
      """
    let properties = try parse(text).shader.properties
    #expect(properties.coordOrigin == .lowerLeft)
    #expect(properties.pixelCenter == .integer)
    #expect(properties.depthLayout == .greater)
    #expect(properties[.nextShader] == 1)
    #expect(properties[.mulZeroWins] == 1)
    #expect(!properties.separable)
    #expect(properties[.separableProgram] == nil)
    #expect(properties.blockSize == (1, 1, 1))
  }

  @Test func spellingsOfOldGuests() throws {
    let text = """
      VERT
      DCL IN[0]
      DCL OUT[0], POSITION
      DCL OUT[1], CULLDIST
      DCL TEMP[0]
      SUB TEMP[0], IN[0], IN[0]
      ABS TEMP[0], TEMP[0]
      XPD TEMP[0].xyz, TEMP[0], IN[0]
      SCS TEMP[0].xy, TEMP[0].xxxx
      DPH NULL, TEMP[0], IN[0]
      MOV OUT[0], TEMP[0]
      MOV OUT[1], TEMP[0]
      END
      """
    let shader = try parse(text).shader
    #expect(shader.instructions.map(\.opcode) == [.sub, .abs, .xpd, .scs, .dph, .mov, .mov, .end])
    #expect(shader.instructions[4].destinations[0].register.file == .null)
  }

  @Test func labelsSayNothing() throws {
    let text = """
      FRAG
      DCL CONST[0]
      4294967295: IF CONST[0].xxxx :4294967295
      7: ELSE :0
      7: ENDIF
      0: BGNLOOP :9
      BRK
      ENDLOOP :1
      END
      """
    #expect(try parse(text).shader.instructions.count == 7)
  }

  @Test func repeatedInterfaceDeclarationsWiden() throws {
    let text = """
      FRAG
      DCL IN[0].xy, GENERIC[0], PERSPECTIVE
      DCL IN[0].zw, GENERIC[0], PERSPECTIVE
      DCL TEMP[0..3]
      DCL TEMP[0..3]
      END
      """
    let shader = try parse(text).shader
    #expect(shader.inputs.count == 1)
    #expect(shader.inputs[0].usage == .all)
  }
}
