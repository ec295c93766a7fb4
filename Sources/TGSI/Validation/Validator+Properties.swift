extension Validator {
  /// The values in their ranges, and those a stage cannot do without present. Host limits are the host's business.
  static func checkProperties(_ properties: Properties, _ stage: ShaderStage) throws(ShaderFault) {
    for property in Property.allCases {
      guard let value = properties[property] else { continue }
      guard range(of: property).contains(value) else {
        throw ShaderFault(.propertyOutOfRange, at: 0, value: Int64(value))
      }
      // These two would change the meaning of the program, and no host offers them.
      if property == .vsWindowSpacePosition || property == .layerViewportRelative, value != 0 {
        throw ShaderFault(.unsupportedProperty, at: 0, value: Int64(property.rawValue))
      }
    }
    let distances = (properties.clipDistances ?? 0) + (properties.cullDistances ?? 0)
    guard distances <= 8 else { throw ShaderFault(.propertyOutOfRange, at: 0, value: Int64(distances)) }
    switch stage {
    case .geometry: try checkGeometry(properties)
    case .tessControl: try require(.tcsVerticesOut, properties)
    case .tessEval:
      try require(.tesPrimMode, properties)
      guard properties.tessDomain != nil else { throw ShaderFault(.propertyOutOfRange, at: 0) }
    case .vertex, .fragment, .compute: break
    }
  }

  private static func require(_ property: Property, _ properties: Properties) throws(ShaderFault) {
    guard properties[property] != nil else {
      throw ShaderFault(.propertyMissing, at: 0, value: Int64(property.rawValue))
    }
  }

  private static func checkGeometry(_ properties: Properties) throws(ShaderFault) {
    try require(.gsInputPrimitive, properties)
    try require(.gsOutputPrimitive, properties)
    try require(.gsMaxOutputVertices, properties)
    switch properties.geometryInput {
    case .points, .lines, .linesAdjacency, .triangles, .trianglesAdjacency: break
    default: throw ShaderFault(.propertyOutOfRange, at: 0, value: Int64(properties[.gsInputPrimitive] ?? 0))
    }
    switch properties.geometryOutput {
    case .points, .lineStrip, .triangleStrip: break
    default: throw ShaderFault(.propertyOutOfRange, at: 0, value: Int64(properties[.gsOutputPrimitive] ?? 0))
    }
  }

  private static func range(of property: Property) -> ClosedRange<UInt32> {
    switch property {
    case .gsInputPrimitive, .gsOutputPrimitive: 0...14
    case .gsMaxOutputVertices: 0...4096
    case .gsInvocations: 0...256
    case .fsCoordOrigin, .fsCoordPixelCenter: 0...1
    case .fsDepthLayout: 0...4
    case .tcsVerticesOut: 1...32
    case .tesPrimMode: 1...7
    case .tesSpacing: 0...2
    case .numClipDistEnabled, .numCullDistEnabled: 0...8
    case .nextShader: 0...5
    case .csFixedBlockWidth, .csFixedBlockHeight, .csFixedBlockDepth: 1...65_535
    case .fsBlendEquationAdvanced: 0...0xFFFF
    case .fsColor0WritesAllCbufs, .vsProhibitUCPs, .vsWindowSpacePosition, .tesVertexOrderCW, .tesPointMode,
      .fsEarlyDepthStencil, .fsPostDepthCoverage, .mulZeroWins, .vsBlitSgprsAMD, .csUserDataComponentsAMD,
      .layerViewportRelative, .separableProgram:
      0...UInt32.max
    }
  }
}
