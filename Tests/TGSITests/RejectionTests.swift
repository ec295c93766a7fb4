import Testing

@testable import TGSI

/// A text that must be refused. `@` marks the byte the fault must point at; it is taken out before parsing.
struct Rejection: CustomTestStringConvertible, Sendable {
  var code: ShaderFault.Code
  var text: String

  init(_ code: ShaderFault.Code, _ text: String) {
    self.code = code
    self.text = text
  }

  var testDescription: String { "\(code): \(text.prefix(70))" }

  /// Parses prefix + text + suffix and compares rule, offset, line and column.
  func check(after prefix: String = "", before suffix: String = "", stage: ShaderStage? = nil) {
    let whole = prefix + text + suffix
    let before = whole.prefix { $0 != "@" }
    let found = fault(String(before) + String(whole.dropFirst(before.count + 1)), stage: stage)
    #expect(found?.code == code, "\(found.map { "\($0.code) \($0)" } ?? "accepted")")
    let line = before.split(separator: "\n", omittingEmptySubsequences: false).count
    let column = before.utf8.count - (before.lastIndex(of: "\n").map { before[...$0].utf8.count } ?? 0) + 1
    #expect(found.map { Int($0.offset) } == before.utf8.count)
    #expect(found.map { Int($0.line) } == line)
    #expect(found.map { Int($0.column) } == column)
  }
}

@Suite struct RejectionTests {
  private static let fragmentHead = """
    FRAG
    DCL IN[0], GENERIC[0], PERSPECTIVE
    DCL OUT[0], COLOR
    DCL CONST[0..7]
    DCL CONST[2][0..3]
    DCL TEMP[0..3]
    DCL TEMP[4..9], ARRAY(1), LOCAL
    DCL ADDR[0]
    DCL SAMP[0]
    DCL SAMP[1]
    DCL IMAGE[0], 2D, PIPE_FORMAT_R32_FLOAT
    DCL IMAGE[1], 2D, PIPE_FORMAT_R32_UINT, WR
    DCL IMAGE[2], 2D, PIPE_FORMAT_NONE, WR
    DCL BUFFER[0]
    DCL HWATOMIC[1][0..3]
    IMM[0] UINT32 {0, 1, 2, 4}

    """

  @Test(arguments: [
    Rejection(.unknownHeader, "@"),
    Rejection(.unknownHeader, "\n \t@"),
    Rejection(.unknownHeader, "@MESH\nEND"),
    Rejection(.unknownHeader, "@VERTEND"),
    Rejection(.wrongStage, "@COMP\nEND"),
    Rejection(.endMissing, "@VERT"),
    Rejection(.endMissing, "VERT @NOP"),
    Rejection(.afterEnd, "VERT END @END"),
    Rejection(.afterEnd, "VERT END @NOP"),
    Rejection(.blankExpected, "VERT@:END"),
    Rejection(.blankExpected, "VERT@\r\nEND"),
    Rejection(.unexpectedByte, "VERT\n@\u{0C}END"),
    Rejection(.unexpectedByte, "VERT @é END"),
    Rejection(.unexpectedByte, "VERT @# no comments END"),
    Rejection(.endMissing, "@VERT PROPERTY UNHEARD_OF 5 END"),
    Rejection(.unexpectedByte, "VERT\nPROPERTY UNHEARD_OF @\r\nEND"),
  ])
  func wholeTexts(_ rejection: Rejection) { rejection.check(stage: .vertex) }

  @Test(arguments: [
    Rejection(.unknownOpcode, "@MOVTEMP[0], TEMP[1]"),
    Rejection(.unknownOpcode, "@FOO TEMP[0], TEMP[1]"),
    Rejection(.unknownOpcode, "@MOV_FOO TEMP[0], TEMP[1]"),
    Rejection(.unknownOpcode, "@MOV_PRECISE_SAT TEMP[0], TEMP[1]"),
    Rejection(.unknownOpcode, "@_SAT TEMP[0], TEMP[1]"),
    Rejection(.unsupportedOpcode, "3: @CAL :5"),
    Rejection(.unsupportedOpcode, "@BGNSUB"),
    Rejection(.unsupportedOpcode, "@SWITCH TEMP[0].xxxx"),
    Rejection(.unsupportedOpcode, "@I64NEG TEMP[0], TEMP[1]"),
    Rejection(.unsupportedOpcode, "@SAMPLE TEMP[0], TEMP[1], SVIEW[0], SAMP[0]"),
    Rejection(.unsupportedOpcode, "@BALLOT TEMP[0], TEMP[1]"),
    Rejection(.colonExpected, "3 @MOV TEMP[0], TEMP[1]"),
    Rejection(.numberTooLarge, "429496729@6: MOV TEMP[0], TEMP[1]"),
    Rejection(.commaExpected, "MOV TEMP[0] @TEMP[1]"),
    Rejection(.commaExpected, "ADD TEMP[0], TEMP[1]\n@END"),
    Rejection(.blankExpected, "MOV@[0], TEMP[1]"),
    Rejection(.tooManyOperands, "MOV TEMP[0], TEMP[1]@, TEMP[2]"),
    Rejection(.tooManyOperands, "MOV TEMP[0], TEMP[1]@, IMM[0].xyy"),
    Rejection(.tooManyOperands, "TG4 TEMP[0], IN[0], IMM[0], SAMP[0], 2D, IMM[0], IMM[0], IMM[0], IMM[0]@, IMM[0]"),
    Rejection(.unknownFile, "MOV @FOO[0], TEMP[1]"),
    Rejection(.unknownFile, "MOV TEMP[0], |@-TEMP[1]|"),
    Rejection(.badMask, "MOV TEMP[0].y@x, TEMP[1]"),
    Rejection(.badMask, "MOV TEMP[0].x@x, TEMP[1]"),
    Rejection(.badMask, "MOV TEMP[0].@, TEMP[1]"),
    Rejection(.badSwizzle, "MOV TEMP[0], TEMP[1].xy@ "),
    Rejection(.badSwizzle, "MOV TEMP[0], TEMP[1].xyzw@x"),
    Rejection(.badSwizzle, "MOV TEMP[0], TEMP[1].x@qzw"),
    Rejection(.badSwizzle, "MOV TEMP[0], TEMP[ADDR[0].@q]"),
    Rejection(.barExpected, "MOV TEMP[0], |TEMP[1]\n@END"),
    Rejection(.bracketExpected, "MOV TEMP[0@, TEMP[1]"),
    Rejection(.bracketExpected, "MOV TEMP@, TEMP[1]"),
    Rejection(.numberExpected, "MOV TEMP[@], TEMP[1]"),
    Rejection(.numberTooLarge, "MOV TEMP[0], TEMP[999999999@9]"),
    Rejection(.numberTooLarge, "MOV TEMP[0], TEMP[@2147483648]"),
    Rejection(.indirectFile, "MOV TEMP[0], TEMP[@TEMP[0].x](1)"),
    Rejection(.undeclaredAddress, "MOV TEMP[0], TEMP[@ADDR[16].x](1)"),
    Rejection(.unknownArray, "MOV TEMP[0], TEMP[ADDR[0].x](@1024)"),
    Rejection(.labelNotAllowed, "MOV TEMP[0], TEMP[1] @:7"),
    Rejection(.numberExpected, "UIF TEMP[0] :@x"),
    Rejection(.unknownTarget, "TEX TEMP[0], IN[0], SAMP[0], @4D"),
    Rejection(.commaExpected, "TEX TEMP[0], IN[0], SAMP[0]\n@END"),
    Rejection(.badTexelOffset, "TEX TEMP[0], IN[0], SAMP[0], 2D, @IMM[ADDR[0].x].xyy"),
    Rejection(.badSwizzle, "TEX TEMP[0], IN[0], SAMP[0], 2D, IMM[0].xy@,"),
    Rejection(.unknownMemoryWord, "LOAD TEMP[0], IMAGE[0], TEMP[1], @PIPE_FORMAT_R4G4_UNORM"),
    Rejection(.unknownMemoryWord, "LOAD TEMP[0], IMAGE[0], TEMP[1], COHERENT, @END"),
  ])
  func grammarOfInstructions(_ rejection: Rejection) {
    rejection.check(after: Self.fragmentHead, before: "\nEND")
  }

  @Test(arguments: [
    Rejection(.immediateOutOfOrder, "IMM@[1] UINT32 {0, 0, 0, 0}"),
    Rejection(.blankExpected, "IMM[0]@UINT32 {0, 0, 0, 0}"),
    Rejection(.unknownImmediateType, "IMM[0] @HALF {0, 0, 0, 0}"),
    Rejection(.braceExpected, "IMM[0] UINT32 @0, 0, 0, 0"),
    Rejection(.braceExpected, "IMM[0] UINT32 {0, 0, 0, 0\n@END"),
    Rejection(.braceExpected, "IMM[0] UINT32 {0 @0}"),
    Rejection(.numberExpected, "IMM[0] UINT32 {0, 0, 0, @}"),
    Rejection(.numberExpected, "IMM[0] UINT32 {@-1, 0, 0, 0}"),
    Rejection(.tooManyValues, "IMM[0] UINT32 {0, 0, 0, 0,@ 0}"),
    Rejection(.tooManyValues, "IMM[0] FLT64 {0, 0,@ 0}"),
    Rejection(.numberTooLarge, "IMM[0] UINT32 {429496729@6, 0, 0, 0}"),
    Rejection(.numberTooLarge, "IMM[0] INT32 {@2147483648, 0, 0, 0}"),
    Rejection(.numberTooLarge, "IMM[0] UINT64 {1844674407370955161@6, 0}"),
    Rejection(.numberTooLarge, "IMM[0] INT64 {@9223372036854775808, 0}"),
    Rejection(.hexDigitExpected, "IMM[0] FLT32 {0x3f80000@, 0, 0, 0}"),
    Rejection(.braceExpected, "IMM[0] FLT32 {0x3f800000@0, 0, 0, 0}"),
    Rejection(.braceExpected, "IMM[0] FLT32 {0@X3f800000, 0, 0, 0}"),
    Rejection(.numberExpected, "IMM[0] FLT32 {@inf, 0, 0, 0}"),
    Rejection(.numberExpected, "IMM[0] FLT32 {.@, 0, 0, 0}"),
    Rejection(.numberExpected, "IMM[0] FLT32 {1e+@, 0, 0, 0}"),
    Rejection(.numberTooLong, "IMM[0] FLT32 {@\(String(repeating: "1", count: 65)), 0, 0, 0}"),
  ])
  func immediates(_ rejection: Rejection) { rejection.check(after: "FRAG\n", before: "\nEND") }

  @Test(arguments: [
    Rejection(.unknownFile, "DCL @FOO[0]"),
    Rejection(.fileNotDeclarable, "@DCL PRED[0]"),
    Rejection(.fileNotDeclarable, "@DCL IMM[0]"),
    Rejection(.bracketExpected, "DCL TEMP @END"),
    Rejection(.badRange, "DCL TEMP@[3..2]"),
    Rejection(.badRange, "DCL TEMP[3.@2]"),
    Rejection(.registerOutOfRange, "DCL TEMP[@65536]"),
    Rejection(.nothingImplied, "DCL IN@[]"),
    Rejection(.dimensionNotAllowed, "@DCL TEMP[0][1]"),
    Rejection(.dimensionNotAllowed, "@DCL IN[0][1], GENERIC[0]"),
    Rejection(.badRange, "@DCL CONST[1..2][0..3]"),
    Rejection(.unknownArray, "DCL TEMP[0..3], ARRAY(@1024)"),
    Rejection(.parenthesisExpected, "DCL TEMP[0..3], ARRAY@[1]"),
    Rejection(.unknownDeclarationPart, "DCL IN[0], GENERIC[0], @LOCAL"),
    Rejection(.unknownDeclarationPart, "DCL IN[0], GENERIC[0], CENTROID, @LINEAR"),
    Rejection(.unknownDeclarationPart, "DCL IN[0], @NONSENSE"),
    Rejection(.unknownDeclarationPart, "DCL OUT[0], COLOR, @STREAM(0, 0, 0, 0)"),
    Rejection(.unknownDeclarationPart, "DCL SAMP[0], @WR"),
    Rejection(.unknownSemantic, "DCL SV[0], @NONSENSE"),
    Rejection(.commaExpected, "DCL SV[0]\n@END"),
    Rejection(.semanticOutOfRange, "DCL IN[0], GENERIC[@65536]"),
    Rejection(.unknownTarget, "DCL SVIEW[0], @4D, FLOAT"),
    Rejection(.unknownReturnType, "DCL SVIEW[0], 2D, @DOUBLE"),
    Rejection(.commaExpected, "DCL SVIEW[0], 2D, FLOAT, FLOAT\n@END"),
    Rejection(.unknownFormat, "DCL IMAGE[0], 2D, @PIPE_FORMAT_R4G4_UNORM"),
    Rejection(.unknownFormat, "DCL IMAGE[0], 2D, @RD"),
    Rejection(.badMask, "DCL IN[0].@, GENERIC[0]"),
    Rejection(.badPropertyValue, "PROPERTY FS_COORD_ORIGIN @1"),
    Rejection(.badPropertyValue, "PROPERTY NEXT_SHADER @MESH"),
    Rejection(.numberExpected, "PROPERTY FS_DEPTH_LAYOUT @GREATER"),
    Rejection(.propertyNameTooLong, "PROPERTY @\(String(repeating: "A", count: 63)) 1"),
  ])
  func declarations(_ rejection: Rejection) { rejection.check(after: "FRAG\n", before: "\nEND") }

  @Test(arguments: [
    Rejection(.semanticMissing, "@DCL IN[0]"),
    Rejection(.semanticOutOfRange, "@DCL IN[0], GENERIC[64]"),
    Rejection(.semanticOutOfRange, "@DCL IN[0..1], GENERIC[63]"),
    Rejection(.semanticOutOfRange, "@DCL IN[0], TEXCOORD[8]"),
    Rejection(.semanticOutOfRange, "@DCL IN[0], COLOR[2]"),
    Rejection(.semanticOutOfRange, "@DCL IN[0], FOG[1]"),
    Rejection(.semanticOutOfRange, "@DCL IN[0..2], CLIPDIST"),
    Rejection(.semanticOutOfRange, "@DCL OUT[0], COLOR[8]"),
    Rejection(.semanticNotInStage, "@DCL IN[0], PATCH[1]"),
    Rejection(.semanticNotInStage, "@DCL IN[0], THREAD_ID"),
    Rejection(.semanticNotInStage, "@DCL OUT[0], GENERIC[0]"),
    Rejection(.semanticNotInStage, "@DCL SV[0], VERTEXID"),
    Rejection(.semanticNotInStage, "@DCL SV[0], POSITION"),
    Rejection(.duplicateSemantic, "DCL OUT[0], POSITION\n@DCL OUT[1], POSITION"),
    Rejection(.overlappingDeclarations, "DCL IN[0], GENERIC[0]\n@DCL IN[0], GENERIC[1]"),
    Rejection(.overlappingDeclarations, "DCL IN[0..3], GENERIC[0]\n@DCL IN[2], FOG"),
    Rejection(.overlappingDeclarations, "DCL TEMP[0..3]\n@DCL TEMP[3..4]"),
    Rejection(.overlappingDeclarations, "DCL TEMP[0..3]\n@DCL TEMP[0..3], ARRAY(1)"),
    Rejection(.unknownArray, "DCL TEMP[0..3], ARRAY(1)\n@DCL TEMP[4], ARRAY(1)"),
    Rejection(.overlappingDeclarations, "DCL SV[0], SAMPLEID\n@DCL SV[0], SAMPLEPOS"),
    Rejection(.overlappingDeclarations, "DCL CONST[1][0..3]\n@DCL CONST[1][4..5]"),
    Rejection(.overlappingDeclarations, "DCL SVIEW[0], 2D, FLOAT\n@DCL SVIEW[0], 3D, FLOAT"),
    Rejection(.overlappingDeclarations, "DCL IMAGE[0], 2D\n@DCL IMAGE[0], 2D, WR"),
    Rejection(.overlappingDeclarations, "DCL HWATOMIC[0][0..3]\n@DCL HWATOMIC[0][3..4]"),
    Rejection(.registerOutOfRange, "@DCL IN[80], GENERIC[0]"),
    Rejection(.registerOutOfRange, "@DCL OUT[0..65535], COLOR"),
    Rejection(.registerOutOfRange, "@DCL SAMP[32]"),
    Rejection(.registerOutOfRange, "@DCL SVIEW[32], 2D, FLOAT"),
    Rejection(.registerOutOfRange, "@DCL IMAGE[32], 2D"),
    Rejection(.registerOutOfRange, "@DCL BUFFER[0..32]"),
    Rejection(.registerOutOfRange, "@DCL CONST[32][0]"),
    Rejection(.registerOutOfRange, "@DCL CONST[256][0]"),
    Rejection(.registerOutOfRange, "@DCL ADDR[0..65535]"),
    Rejection(.registerOutOfRange, "@DCL SV[32], SAMPLEID"),
    Rejection(.registerOutOfRange, "@DCL HWATOMIC[32][0]"),
    Rejection(.registerOutOfRange, "@DCL HWATOMIC[0][4096]"),
    Rejection(.illegalTarget, "@DCL IMAGE[0], SHADOW2D"),
    Rejection(.illegalTarget, "@DCL IMAGE[0], UNKNOWN"),
    Rejection(.illegalTarget, "@DCL SVIEW[0], UNKNOWN, FLOAT"),
    Rejection(.fileNotInStage, "@DCL MEMORY[1], SHARED"),
  ])
  func meaningOfDeclarations(_ rejection: Rejection) { rejection.check(after: "FRAG\n", before: "\nEND") }

  @Test(arguments: [
    Rejection(.undeclaredRegister, "@MOV TEMP[10], TEMP[0]"),
    Rejection(.undeclaredRegister, "@MOV TEMP[0], TEMP[10]"),
    Rejection(.undeclaredRegister, "@MOV TEMP[0], TEMP[-1]"),
    Rejection(.undeclaredRegister, "@MOV TEMP[0], TEMP[2147483647]"),
    Rejection(.undeclaredRegister, "@MOV TEMP[0], IN[1]"),
    Rejection(.undeclaredRegister, "@MOV OUT[1], TEMP[0]"),
    Rejection(.undeclaredRegister, "@MOV TEMP[0], IMM[1]"),
    Rejection(.undeclaredRegister, "@MOV TEMP[0], SV[0]"),
    Rejection(.undeclaredRegister, "@MOV TEMP[0], CONST[8]"),
    Rejection(.undeclaredRegister, "@MOV TEMP[0], CONST[1][0]"),
    Rejection(.undeclaredRegister, "@MOV TEMP[0], CONST[2][4]"),
    Rejection(.undeclaredRegister, "@MOV TEMP[0], CONST[ADDR[0].x+2][4]"),
    Rejection(.undeclaredRegister, "@TEX TEMP[0], IN[0], SAMP[2], 2D"),
    Rejection(.undeclaredRegister, "@LOAD TEMP[0], IMAGE[3], TEMP[1]"),
    Rejection(.undeclaredRegister, "@LOAD TEMP[0], BUFFER[1], TEMP[1]"),
    Rejection(.undeclaredRegister, "@LOAD TEMP[0], BUFFER[-1], TEMP[1]"),
    Rejection(.undeclaredRegister, "@LOAD TEMP[0], HWATOMIC[0][0], TEMP[1]"),
    Rejection(.undeclaredRegister, "@LOAD TEMP[0], HWATOMIC[1][4], TEMP[1]"),
    Rejection(.undeclaredRegister, "@LOAD TEMP[0], MEMORY[0], TEMP[1]"),
    Rejection(.undeclaredRegister, "@MOV TEMP[0], TEMP[ADDR[0].x+10]"),
    Rejection(.undeclaredAddress, "@MOV TEMP[0], TEMP[ADDR[1].x](1)"),
    Rejection(.undeclaredRegister, "@UARL ADDR[1].x, TEMP[0]"),
    Rejection(.unknownArray, "@MOV TEMP[0], TEMP[ADDR[0].x](2)"),
    Rejection(.dimensionOutOfRange, "@MOV TEMP[0], CONST[32][0]"),
    Rejection(.dimensionOutOfRange, "@MOV TEMP[0], CONST[-1][0]"),
    Rejection(.dimensionNotAllowed, "@MOV TEMP[0], TEMP[0][1]"),
    Rejection(.dimensionNotAllowed, "@MOV TEMP[0], IN[0][0]"),
    Rejection(.indirectNotAllowed, "@MOV TEMP[0], IMM[ADDR[0].x]"),
    Rejection(.illegalDestination, "@MOV CONST[0], TEMP[0]"),
    Rejection(.illegalDestination, "@MOV IMM[0], TEMP[0]"),
    Rejection(.illegalDestination, "@MOV IN[0], TEMP[0]"),
    Rejection(.illegalDestination, "@MOV SAMP[0], TEMP[0]"),
    Rejection(.illegalDestination, "@MOV ADDR[0].x, TEMP[0]"),
    Rejection(.illegalDestination, "@UARL TEMP[0], TEMP[0]"),
    Rejection(.illegalDestination, "@MOV IMAGE[1], TEMP[0]"),
    Rejection(.illegalSource, "@MOV TEMP[0], SAMP[0]"),
    Rejection(.illegalSource, "@MOV TEMP[0], NULL"),
    Rejection(.illegalSource, "@MOV TEMP[0], ADDR[0]"),
    Rejection(.illegalSource, "@LOAD TEMP[0], -IMAGE[0], TEMP[1]"),
    Rejection(.samplerExpected, "@TEX TEMP[0], IN[0], TEMP[0], 2D"),
    Rejection(.resourceExpected, "@LOAD TEMP[0], TEMP[1], TEMP[1]"),
    Rejection(.resourceExpected, "@ATOMUADD TEMP[0], TEMP[1], TEMP[1], TEMP[2]"),
    Rejection(.resourceExpected, "@STORE TEMP[0], TEMP[1], TEMP[1]"),
    Rejection(.resourceExpected, "@STORE HWATOMIC[1][0], TEMP[1], TEMP[1]"),
    Rejection(.resourceExpected, "@RESQ TEMP[0], HWATOMIC[1][0]"),
    Rejection(.resourceExpected, "@FBFETCH TEMP[0], TEMP[1]"),
    Rejection(.imageNotWritable, "@STORE IMAGE[0], TEMP[1], TEMP[1]"),
    Rejection(.imageNotReadable, "@LOAD TEMP[0], IMAGE[2], TEMP[1]"),
    Rejection(.imageNotWritable, "@ATOMUADD TEMP[0], IMAGE[0], TEMP[1], TEMP[1]"),
    Rejection(.atomicFormat, "@ATOMUADD TEMP[0], IMAGE[2], TEMP[1], TEMP[1]"),
    Rejection(.illegalTarget, "@LOAD TEMP[0], IMAGE[0], TEMP[1], SHADOW2D"),
  ])
  func operands(_ rejection: Rejection) { rejection.check(after: Self.fragmentHead, before: "\nEND") }

  @Test(arguments: [
    Rejection(.illegalTarget, "@TEX TEMP[0], IN[0], SAMP[0], UNKNOWN"),
    Rejection(.illegalTarget, "@TEX TEMP[0], IN[0], SAMP[0], BUFFER"),
    Rejection(.illegalTarget, "@TXP TEMP[0], IN[0], SAMP[0], 2D_ARRAY"),
    Rejection(.illegalTarget, "@TXD TEMP[0], IN[0], IN[0], IN[0], SAMP[0], 2D_MSAA"),
    Rejection(.illegalTarget, "@TXQS TEMP[0], SAMP[0], 2D"),
    Rejection(.illegalTarget, "@TXF TEMP[0], IN[0], SAMP[0], CUBE"),
    Rejection(.illegalTarget, "@TG4 TEMP[0], IN[0], IMM[0].xxxx, SAMP[0], 3D"),
    Rejection(
      .targetMismatch, "TEX TEMP[0], IN[0], SAMP[0], 2D\nTEX TEMP[0], IN[0], SAMP[1], 3D\n"
        + "@TEX TEMP[0], IN[0], SAMP[0], 3D"),
    Rejection(.immediateExpected, "@TG4 TEMP[0], IN[0], TEMP[0].xxxx, SAMP[0], 2D"),
    Rejection(.immediateOutOfRange, "@TG4 TEMP[0], IN[0], IMM[0].wwww, SAMP[0], 2D"),
    Rejection(.badTexelOffset, "@TG4 TEMP[0], IN[0], IMM[0].xxxx, SAMP[0], 2D, IMM[0].xyy, IMM[0].xyy"),
    Rejection(.badTexelOffset, "@TEX TEMP[0], IN[0], SAMP[0], 2D, IMM[0].xyy, IMM[0].xyy, IMM[0].xyy, IMM[0].xyy"),
    Rejection(.immediateExpected, "@TEX TEMP[0], IN[0], SAMP[0], 2D, TEMP[0].xyy"),
    Rejection(
      .immediateExpected,
      "@TG4 TEMP[0], IN[0], IMM[0].xxxx, SAMP[0], 2D, IMM[0].xyy, IMM[0].xyy, TEMP[0].xyy, IMM[0].xyy"),
    Rejection(.undeclaredRegister, "@TEX TEMP[0], IN[0], SAMP[0], 2D, IMM[1].xyy"),
    Rejection(.immediateExpected, "@MEMBAR TEMP[0].xxxx"),
    Rejection(.illegalSource, "@INTERP_CENTROID TEMP[0], TEMP[0]"),
    Rejection(.opcodeNotInStage, "@BARRIER"),
    Rejection(.opcodeNotInStage, "@EMIT IMM[0].xxxx"),
  ])
  func texturesAndOthers(_ rejection: Rejection) { rejection.check(after: Self.fragmentHead, before: "\nEND") }

  @Test(arguments: [
    Rejection(.unbalancedFlow, "UIF TEMP[0]\n@END"),
    Rejection(.unbalancedFlow, "BGNLOOP\n@END"),
    Rejection(.unbalancedFlow, "@ENDIF\nEND"),
    Rejection(.unbalancedFlow, "@ENDLOOP\nEND"),
    Rejection(.unbalancedFlow, "@ELSE\nEND"),
    Rejection(.unbalancedFlow, "UIF TEMP[0]\nELSE\n@ELSE\nENDIF\nEND"),
    Rejection(.unbalancedFlow, "UIF TEMP[0]\nBGNLOOP\n@ENDIF\nENDLOOP\nEND"),
    Rejection(.unbalancedFlow, "BGNLOOP\nUIF TEMP[0]\n@ENDLOOP\nENDIF\nEND"),
    Rejection(.unbalancedFlow, "BGNLOOP\n@ELSE\nENDLOOP\nEND"),
    Rejection(.outsideLoop, "@BRK\nEND"),
    Rejection(.outsideLoop, "UIF TEMP[0]\n@CONT\nENDIF\nEND"),
    Rejection(.outsideLoop, "BGNLOOP\nENDLOOP\n@BRK\nEND"),
    Rejection(.endMissing, "MOV TEMP[0], TEMP[0]\n@RET"),
    Rejection(.nestingTooDeep, String(repeating: "UIF TEMP[0]\n", count: 256) + "@BGNLOOP\nEND"),
  ])
  func flow(_ rejection: Rejection) { rejection.check(after: "FRAG\nDCL TEMP[0]\n") }

  /// Instructions of one stage in another.
  @Test(arguments: [
    "KILL", "KILL_IF TEMP[0]", "DDX TEMP[0], TEMP[0]", "DDY_FINE TEMP[0], TEMP[0]",
    "LODQ TEMP[0], TEMP[0], SAMP[0], 2D",
    "INTERP_CENTROID TEMP[0], IN[0]", "FBFETCH TEMP[0], OUT[0]", "ENDPRIM IMM[0].xxxx", "BARRIER",
  ])
  func instructionsOfOtherStages(_ line: String) {
    Rejection(.opcodeNotInStage, "@" + line).check(
      after: "VERT\nDCL IN[0]\nDCL OUT[0], POSITION\nDCL TEMP[0]\nDCL SAMP[0]\nIMM[0] UINT32 {0, 0, 0, 0}\n",
      before: "\nEND")
  }

  // MARK: - Stages with properties

  private static let geometryHead = """
    GEOM
    PROPERTY GS_INPUT_PRIMITIVE TRIANGLES
    PROPERTY GS_OUTPUT_PRIMITIVE POINTS
    PROPERTY GS_MAX_OUTPUT_VERTICES 1
    DCL IN[][0], POSITION
    DCL IN[][1], PRIM_ID
    DCL OUT[0], POSITION
    DCL TEMP[0]
    DCL ADDR[0]
    IMM[0] UINT32 {0, 3, 4, 0}

    """

  @Test(arguments: [
    Rejection(.dimensionMissing, "@MOV OUT[0], IN[0]"),
    Rejection(.dimensionOutOfRange, "@MOV OUT[0], IN[3][0]"),
    Rejection(.dimensionOutOfRange, "@MOV OUT[0], IN[-1][0]"),
    Rejection(.undeclaredAddress, "@MOV OUT[0], IN[ADDR[1].x][0]"),
    Rejection(.dimensionNotAllowed, "@MOV OUT[0][0], IN[0][0]"),
    Rejection(.immediateExpected, "@EMIT TEMP[0].xxxx"),
    Rejection(.streamOutOfRange, "@EMIT IMM[0].zzzz"),
    Rejection(.undeclaredRegister, "@ENDPRIM IMM[1].xxxx"),
    Rejection(.dimensionMissing, "@DCL IN[2], GENERIC[0]"),
    Rejection(.streamOutOfRange, "DCL OUT[1], GENERIC[0], STREAM(0, 0, 0, @4)"),
  ])
  func geometry(_ rejection: Rejection) { rejection.check(after: Self.geometryHead, before: "\nEND") }

  @Test func primitiveIDNeedsNoVertex() throws {
    _ = try parse(Self.geometryHead + "MOV OUT[0], IN[1]\nMOV OUT[0], IN[2][1]\nEMIT IMM[0].yyyy\nEND")
  }

  @Test func barrierOfATessControlShaderStaysAtTheTop() throws {
    let head = "TESS_CTRL\nPROPERTY TCS_VERTICES_OUT 3\nDCL OUT[][0], POSITION\nDCL TEMP[0]\n"
    _ = try parse(head + "BARRIER\nEND")
    Rejection(.barrierInFlow, "UIF TEMP[0]\n@BARRIER\nENDIF\nEND").check(after: head)
    Rejection(.dimensionOutOfRange, "@MOV OUT[3][0], TEMP[0]\nEND").check(after: head)
  }

  @Test(arguments: [
    ("TESS_CTRL\nEND", ShaderFault.Code.propertyMissing),
    ("TESS_EVAL\nEND", .propertyMissing),
    ("GEOM\nEND", .propertyMissing),
    ("TESS_CTRL\nPROPERTY TCS_VERTICES_OUT 33\nEND", .propertyOutOfRange),
    ("TESS_CTRL\nPROPERTY TCS_VERTICES_OUT 0\nEND", .propertyOutOfRange),
    ("TESS_EVAL\nPROPERTY TES_PRIM_MODE 5\nEND", .propertyOutOfRange),
    ("TESS_EVAL\nPROPERTY TES_PRIM_MODE 4\nPROPERTY TES_SPACING 3\nEND", .propertyOutOfRange),
    ("VERT\nPROPERTY NUM_CLIPDIST_ENABLED 9\nEND", .propertyOutOfRange),
    ("VERT\nPROPERTY NUM_CLIPDIST_ENABLED 5\nPROPERTY NUM_CULLDIST_ENABLED 4\nEND", .propertyOutOfRange),
    ("VERT\nPROPERTY VS_WINDOW_SPACE_POSITION 1\nEND", .unsupportedProperty),
    ("VERT\nPROPERTY LAYER_VIEWPORT_RELATIVE 1\nEND", .unsupportedProperty),
    ("FRAG\nPROPERTY FS_DEPTH_LAYOUT 5\nEND", .propertyOutOfRange),
    ("COMP\nPROPERTY CS_FIXED_BLOCK_WIDTH 0\nEND", .propertyOutOfRange),
    ("COMP\nDCL MEMORY[0], GLOBAL\nEND", .fileNotInStage),
    ("COMP\nDCL IN[0], GENERIC[0]\nEND", .semanticNotInStage),
    (geometryHead.replacing("TRIANGLES", with: "QUADS") + "END", .propertyOutOfRange),
    (geometryHead.replacing("POINTS", with: "LINES") + "END", .propertyOutOfRange),
  ])
  func properties(_ text: String, _ code: ShaderFault.Code) { #expect(fault(text)?.code == code) }

  @Test func faultsDescribeThemselves() {
    #expect(fault("VERT\n  FOO\nEND")?.description == "2:3: unknown instruction (3)")
    for code in ShaderFault.Code.allCases { #expect(code.text.utf8CodeUnitCount > 5) }
  }

  @Test func aProgramBuiltByHandIsCheckedToo() throws {
    var shader = Shader(stage: .fragment)
    shader.temporaries = [TemporaryDeclaration(range: RegisterRange(0, 3))]
    var move = Instruction(.mov)
    move.destinations.append(Destination(Register(.temporary, 0)))
    shader.instructions = [move, Instruction(.end)]
    #expect(throws: ShaderFault(.operandCount, at: 0, value: 0)) { try Validator.validate(shader) }
    shader.instructions[0].sources.append(Source(Register(.temporary, 4)))
    #expect(throws: ShaderFault(.undeclaredRegister, at: 0, value: 4)) { try Validator.validate(shader) }
    shader.instructions[0].sources[0] = Source(Register(.temporary, 3))
    #expect(try Validator.validate(shader).shader == shader)
    shader.temporaries[0].range = RegisterRange(3, 2)
    #expect(throws: ShaderFault.self) { try Validator.validate(shader) }
  }
}
