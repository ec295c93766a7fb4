import TGSI

/// A tessellation control shader that hands every vertex on unchanged and takes the default levels, for hosts that must
/// have one (ES) and guests that have none. Equal values, equal programs.
package struct PassthroughControl: Hashable, Sendable {
  /// What the evaluation shader reads and the vertex shader writes.
  private let varyings: VaryingSet
  private let clipDistances: UInt8
  private let cullDistances: UInt8
  /// Vertices of a patch before and behind it, 1…32.
  private let vertices: UInt32

  /// - Parameter patchVertices: vertices of a patch of the draw; clamped.
  package init(from vertex: StageInterface, to evaluation: StageInterface, patchVertices: UInt32) {
    varyings = vertex.outputs.intersection(evaluation.inputs)
    clipDistances = evaluation.readsDistances ? vertex.clipDistances : 0
    cullDistances = evaluation.readsDistances ? vertex.cullDistances : 0
    vertices = max(1, min(32, patchVertices))
  }

  /// The interface that the evaluation shader sees.
  package var interface: StageInterface {
    var interface = StageInterface()
    interface.stage = .tessControl
    interface.outputs = varyings
    interface.clipDistances = clipDistances
    interface.cullDistances = cullDistances
    return interface
  }

  /// The program, written like a guest's.
  package func program() throws(ShaderFault) -> ValidShader {
    let registers = semantics
    var text = "TESS_CTRL\nPROPERTY TCS_VERTICES_OUT \(vertices)\n"
    if clipDistances > 0 { text += "PROPERTY NUM_CLIPDIST_ENABLED \(clipDistances)\n" }
    if cullDistances > 0 { text += "PROPERTY NUM_CULLDIST_ENABLED \(cullDistances)\n" }
    for (index, semantic) in registers.enumerated() { text += "DCL IN[][\(index)], \(semantic)\n" }
    for (index, semantic) in registers.enumerated() { text += "DCL OUT[][\(index)], \(semantic)\n" }
    let outer = registers.count
    text += """
      DCL OUT[\(outer)], TESSOUTER
      DCL OUT[\(outer + 1)].xy, TESSINNER
      DCL SV[0], INVOCATIONID
      DCL SV[1], TESS_DEFAULT_OUTER_LEVEL
      DCL SV[2], TESS_DEFAULT_INNER_LEVEL
      DCL ADDR[0]
      UARL ADDR[0].x, SV[0].xxxx

      """
    for index in registers.indices { text += "MOV OUT[ADDR[0].x][\(index)], IN[ADDR[0].x][\(index)]\n" }
    text += "MOV OUT[\(outer)], SV[1]\nMOV OUT[\(outer + 1)].xy, SV[2]\nEND\n"
    return try TGSIParser.parse(Array(text.utf8).span, stage: .tessControl)
  }

  private var semantics: [String] {
    var names = ["POSITION", "PSIZE"]
    func add(_ kind: Varying.Kind, _ name: String, _ count: Int) {
      for index in 0..<count where varyings.contains(Varying(kind, UInt8(index))) { names.append("\(name)[\(index)]") }
    }
    add(.generic, "GENERIC", 64)
    add(.texcoord, "TEXCOORD", 8)
    add(.colour, "COLOR", 2)
    add(.backColour, "BCOLOR", 2)
    add(.fog, "FOG", 1)
    add(.clipVertex, "CLIPVERTEX", 1)
    for index in 0..<(Int(clipDistances) + Int(cullDistances) + 3) / 4 { names.append("CLIPDIST[\(index)]") }
    return names
  }
}
