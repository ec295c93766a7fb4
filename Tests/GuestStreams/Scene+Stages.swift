/// Shaders of the rarer stages that fit the scene's vertex and fragment shaders.
extension Scene {
  package static let geometryShader = """
    GEOM
    PROPERTY GS_INPUT_PRIMITIVE TRIANGLES
    PROPERTY GS_OUTPUT_PRIMITIVE TRIANGLE_STRIP
    PROPERTY GS_MAX_OUTPUT_VERTICES 3
    PROPERTY GS_INVOCATIONS 1
    DCL IN[][0], POSITION
    DCL IN[][1], GENERIC[0]
    DCL OUT[0], POSITION
    DCL OUT[1], GENERIC[0]
    IMM[0] UINT32 {0, 0, 0, 0}
      0: MOV OUT[0], IN[0][0]
      1: MOV OUT[1], IN[0][1]
      2: EMIT IMM[0].xxxx
      3: MOV OUT[0], IN[1][0]
      4: MOV OUT[1], IN[1][1]
      5: EMIT IMM[0].xxxx
      6: MOV OUT[0], IN[2][0]
      7: MOV OUT[1], IN[2][1]
      8: EMIT IMM[0].xxxx
      9: END

    """

  package static let tessControlShader = """
    TESS_CTRL
    PROPERTY TCS_VERTICES_OUT 3
    DCL IN[][0], POSITION
    DCL IN[][1], GENERIC[0]
    DCL SV[0], INVOCATIONID
    DCL OUT[][0], POSITION
    DCL OUT[][1], GENERIC[0]
    DCL OUT[2], TESSOUTER
    DCL OUT[3].xy, TESSINNER
    DCL ADDR[0]
    IMM[0] FLT32 {2.0, 1.0, 0.0, 0.0}
      0: UARL ADDR[0].x, SV[0].xxxx
      1: MOV OUT[ADDR[0].x][0], IN[ADDR[0].x][0]
      2: MOV OUT[ADDR[0].x][1], IN[ADDR[0].x][1]
      3: MOV OUT[2], IMM[0].xxxx
      4: MOV OUT[3].xy, IMM[0].xxxx
      5: END

    """

  package static let tessEvaluationShader = """
    TESS_EVAL
    PROPERTY TES_PRIM_MODE 4
    PROPERTY TES_SPACING 2
    PROPERTY TES_VERTEX_ORDER_CW 0
    PROPERTY TES_POINT_MODE 0
    DCL IN[][0], POSITION
    DCL IN[][1], GENERIC[0]
    DCL SV[0], TESSCOORD
    DCL OUT[0], POSITION
    DCL OUT[1], GENERIC[0]
    DCL TEMP[0..1]
      0: MUL TEMP[0], IN[0][0], SV[0].xxxx
      1: MAD TEMP[0], IN[1][0], SV[0].yyyy, TEMP[0]
      2: MAD OUT[0], IN[2][0], SV[0].zzzz, TEMP[0]
      3: MUL TEMP[1], IN[0][1], SV[0].xxxx
      4: MAD TEMP[1], IN[1][1], SV[0].yyyy, TEMP[1]
      5: MAD OUT[1], IN[2][1], SV[0].zzzz, TEMP[1]
      6: END

    """

  /// Writes its group's number into storage buffer 0.
  package static let computeShader = """
    COMP
    PROPERTY CS_FIXED_BLOCK_WIDTH 4
    PROPERTY CS_FIXED_BLOCK_HEIGHT 1
    PROPERTY CS_FIXED_BLOCK_DEPTH 1
    DCL SV[0], BLOCK_ID
    DCL BUFFER[0]
    DCL TEMP[0]
    IMM[0] UINT32 {2, 0, 0, 0}
      0: SHL TEMP[0].x, SV[0].xxxx, IMM[0].xxxx
      1: STORE BUFFER[0].x, TEMP[0].xxxx, SV[0].xxxx
      2: END

    """
}

extension StreamBuilder {
  /// The scene's vertex shader, capturing its position.
  package mutating func createCapturingShader(_ handle: UInt32) {
    let text = Scene.vertexShader
    create(
      .shader, handle,
      [0, UInt32(text.utf8.count + 1), 300, 1, 4, 0, 0, 0, 4 << 10, 0] + Self.words(text))
  }
}
