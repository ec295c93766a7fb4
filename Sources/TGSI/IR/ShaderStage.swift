/// The six programmable stages, numbered as the wire numbers them (create-shader command, second payload word).
@frozen
package enum ShaderStage: UInt8, CaseIterable, Sendable {
  case vertex = 0
  case fragment = 1
  case geometry = 2
  case tessControl = 3
  case tessEval = 4
  case compute = 5
}

extension ShaderStage {
  /// The word that opens a program of this stage.
  package var header: StaticString {
    switch self {
    case .vertex: "VERT"
    case .fragment: "FRAG"
    case .geometry: "GEOM"
    case .tessControl: "TESS_CTRL"
    case .tessEval: "TESS_EVAL"
    case .compute: "COMP"
    }
  }
}
