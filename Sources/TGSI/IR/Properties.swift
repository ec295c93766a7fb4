/// The properties of one program: raw numbers by name, with typed views for the consumer.
///
/// A property given twice keeps the last value. The typed views return nil (or the default) when the
/// property is absent; in a `ValidShader` every present value is in its range.
@frozen
package struct Properties: Sendable {
  @usableFromInline var present: UInt32 = 0
  @usableFromInline var values = InlineArray<29, UInt32>(repeating: 0)

  @inlinable package init() {}

  @inlinable
  package subscript(property: Property) -> UInt32? {
    get { present & (1 &<< UInt32(property.rawValue)) != 0 ? values[Int(property.rawValue)] : nil }
    set {
      let bit: UInt32 = 1 &<< UInt32(property.rawValue)
      if let newValue {
        present |= bit
        values[Int(property.rawValue)] = newValue
      } else {
        present &= ~bit
        values[Int(property.rawValue)] = 0
      }
    }
  }

  private func flag(_ property: Property) -> Bool { self[property].map { $0 != 0 } ?? false }
  private func small(_ property: Property) -> UInt8? { self[property].flatMap { UInt8(exactly: $0) } }
}

extension Properties: Equatable {
  package static func == (a: Properties, b: Properties) -> Bool {
    guard a.present == b.present else { return false }
    for index in a.values.indices where a.values[index] != b.values[index] { return false }
    return true
  }
}

extension Properties {
  package var geometryInput: Primitive? { small(.gsInputPrimitive).flatMap { Primitive(rawValue: $0) } }
  package var geometryOutput: Primitive? { small(.gsOutputPrimitive).flatMap { Primitive(rawValue: $0) } }
  package var geometryMaxVertices: Int? { self[.gsMaxOutputVertices].map { Int($0) } }
  /// Times the geometry shader runs for each primitive; 1 when absent or 0.
  package var geometryInvocations: Int { max(1, self[.gsInvocations].map { Int($0) } ?? 1) }

  package var coordOrigin: CoordOrigin { small(.fsCoordOrigin).flatMap { CoordOrigin(rawValue: $0) } ?? .upperLeft }
  package var pixelCenter: PixelCenter {
    small(.fsCoordPixelCenter).flatMap { PixelCenter(rawValue: $0) } ?? .halfInteger
  }
  package var color0WritesAllBuffers: Bool { flag(.fsColor0WritesAllCbufs) }
  package var depthLayout: DepthLayout { small(.fsDepthLayout).flatMap { DepthLayout(rawValue: $0) } ?? .none }
  package var earlyDepthStencil: Bool { flag(.fsEarlyDepthStencil) }
  package var postDepthCoverage: Bool { flag(.fsPostDepthCoverage) }
  /// Mask of the blend modes the shader declares support for: bit 1 multiply … bit 15 hsl_luminosity; 0 = none.
  package var advancedBlendModes: UInt32 { self[.fsBlendEquationAdvanced] ?? 0 }

  package var tessControlVertices: Int? { self[.tcsVerticesOut].map { Int($0) } }
  package var tessDomain: TessDomain? { small(.tesPrimMode).flatMap { TessDomain(rawValue: $0) } }
  package var tessSpacing: TessSpacing? { small(.tesSpacing).flatMap { TessSpacing(rawValue: $0) } }
  package var tessClockwise: Bool { flag(.tesVertexOrderCW) }
  package var tessPointMode: Bool { flag(.tesPointMode) }

  package var clipDistances: Int? { self[.numClipDistEnabled].map { Int($0) } }
  package var cullDistances: Int? { self[.numCullDistEnabled].map { Int($0) } }
  package var separable: Bool { flag(.separableProgram) }

  /// Work-group size (x, y, z); a dimension that is absent counts as 1.
  package var blockSize: (Int, Int, Int) {
    (
      self[.csFixedBlockWidth].map { Int($0) } ?? 1, self[.csFixedBlockHeight].map { Int($0) } ?? 1,
      self[.csFixedBlockDepth].map { Int($0) } ?? 1
    )
  }
}
