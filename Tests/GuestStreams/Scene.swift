import WireFormat

/// What most streams share: textures, buffers, shaders and the state to draw with.
///
/// Resources: 1 colour target, 2 texture, 3 vertices, 4 indices, 5 CUSTOM query result, 6 staging (CUSTOM), 7 second
/// target. Handles: 1 surface, 2 blend, 3 rasterizer, 4 DSA, 5 elements, 6 vertex shader, 7 fragment shader.
package enum Scene {
  package static let vertexShader = """
    VERT
    DCL IN[0]
    DCL IN[1]
    DCL OUT[0], POSITION
    DCL OUT[1], GENERIC[0]
      0: MOV OUT[0], IN[0]
      1: MOV OUT[1], IN[1]
      2: END

    """

  package static let colorShader = """
    FRAG
    PROPERTY FS_COLOR0_WRITES_ALL_CBUFS 1
    DCL IN[0], GENERIC[0], PERSPECTIVE
    DCL OUT[0], COLOR
      0: MOV OUT[0], IN[0]
      1: END

    """

  package static let textureShader = """
    FRAG
    PROPERTY FS_COLOR0_WRITES_ALL_CBUFS 1
    DCL IN[0].xy, GENERIC[0], PERSPECTIVE
    DCL OUT[0], COLOR
    DCL SAMP[0]
    DCL SVIEW[0], 2D, FLOAT
    DCL TEMP[0], LOCAL
      0: TEX TEMP[0], IN[0].xyyy, SAMP[0], 2D
      1: MOV OUT[0], TEMP[0]
      2: END

    """

  /// Position and attribute, 8 floats a vertex.
  package static func vertex(_ x: Float, _ y: Float, _ attribute: [Float]) -> [UInt32] {
    ([x, y, 0, 1] + attribute).map(\.bitPattern)
  }

  /// One triangle over the whole target in one colour.
  package static func coveringTriangle(_ color: [Float]) -> [UInt32] {
    vertex(-1, -1, color) + vertex(3, -1, color) + vertex(-1, 3, color)
  }

  /// All state; the target is cleared to opaque black, and draws have the colour of the vertices.
  package static func state(
    scissor: Bool = false, blend: UInt32 = 0xf << 27, fragment: String = colorShader
  ) -> StreamBuilder {
    var stream = StreamBuilder()
    stream.createSurface(1, 1)
    stream.framebuffer(colors: [1])
    stream.createBlend(2, target0: blend)
    stream.bind(.blend, 2)
    stream.createRasterizer(3, scissor: scissor)
    stream.bind(.rasterizer, 3)
    stream.create(.depthStencilAlpha, 4, [0, 0, 0, 0])
    stream.bind(.depthStencilAlpha, 4)
    stream.createElements(5, [(0, 0, 0, WireFormats.float4), (16, 0, 0, WireFormats.float4)])
    stream.bind(.vertexElements, 5)
    stream.createShader(6, stage: 0, vertexShader)
    stream.createShader(7, stage: 1, fragment)
    stream.bindShader(6, stage: 0)
    stream.bindShader(7, stage: 1)
    stream.viewport(16, 16)
    stream.packet(.setVertexBuffers, [32, 0, 3])
    stream.clear(0, 0, 0, 1)
    return stream
  }

  package static func write(_ vertices: [UInt32]) -> StreamBuilder {
    var stream = StreamBuilder()
    stream.write(3, width: UInt32(vertices.count * 4), vertices)
    return stream
  }
}
