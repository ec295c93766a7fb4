import ShaderTranslator

/// A fixture with a piece of state: what the snapshots are taken of.
struct Variant: CustomStringConvertible, Sendable {
  var shader: String
  var key: String
  var host: TestHost = .core450
  var streamOutput: StreamOutput = .none
  var edit: @Sendable (inout VariantKey) -> Void = { _ in }
  var description: String { "\(shader).\(key)" }

  static func fragment(
    _ shader: String, _ key: String, host: TestHost = .core450, _ edit: @escaping @Sendable (inout FragmentKey) -> Void
  ) -> Variant {
    Variant(shader: shader, key: key, host: host) { $0.editFragment(edit) }
  }

  static func vertex(
    _ shader: String, _ key: String, host: TestHost = .core450, _ edit: @escaping @Sendable (inout VertexKey) -> Void
  ) -> Variant {
    Variant(shader: shader, key: key, host: host) { key in
      guard case .vertex(var vertex) = key.stage else { return }
      edit(&vertex)
      key.stage = .vertex(vertex)
    }
  }
}

extension VariantKey {
  /// Changes the fragment ingredients; nothing for other stages.
  mutating func editFragment(_ edit: (inout FragmentKey) -> Void) {
    guard case .fragment(var fragment) = stage else { return }
    edit(&fragment)
    stage = .fragment(fragment)
  }
}

/// The variants with snapshots.
enum Variants {
  /// Three outputs of sample 32, with gaps.
  static let capture = StreamOutput(
    strides: [12, 0, 0, 0],
    entries: [
      .init(register: 0, firstComponent: 0, componentCount: 4, buffer: 0, offset: 0, stream: 0),
      .init(register: 1, firstComponent: 1, componentCount: 2, buffer: 0, offset: 5, stream: 0),
      .init(register: 2, firstComponent: 0, componentCount: 3, buffer: 0, offset: 8, stream: 0),
    ])

  static let plain = [
    "s01", "s11", "s14", "s21", "s24", "s26", "s28", "s29", "s31", "s33", "s35", "s45", "cs_001", "cs_004", "fs_004",
    "fs_014", "fs_051", "gs_006", "tcs_002", "tes_003", "vs_007", "s47", "s48", "s49",
  ].map { Variant(shader: $0, key: "neutral") }

  /// Extensions that the reference compiler does not know; a driver compiles these texts in VrendTests.
  static let foreign = [Variant(shader: "s49", key: "es320-votes", host: .es320Voting)]

  static let oldHosts = [
    Variant(shader: "s01", key: "core330", host: .core330), Variant(shader: "s11", key: "core330", host: .core330),
    Variant(shader: "fs_058", key: "core330", host: .core330), Variant(shader: "s01", key: "es320", host: .es320),
    Variant(shader: "s11", key: "es320", host: .es320), Variant(shader: "fs_004", key: "es320", host: .es320),
    Variant(shader: "vs_024", key: "es320", host: .es320), Variant(shader: "s35", key: "es320", host: .es320),
    // Functions that comparisons in layers lack.
    Variant(shader: "s47", key: "core330", host: .core330), Variant(shader: "s47", key: "es320", host: .es320),
    // Run-time indices that become choices.
    Variant(shader: "s23", key: "core330", host: .core330), Variant(shader: "s25", key: "es320", host: .es320),
    Variant(shader: "fs_022", key: "es320", host: .es320),
  ]

  static let colours: [Variant] = [
    .fragment("s03", "alpha-greater-equal") { $0.alphaTest = .greaterEqual },
    .fragment("s03", "alpha-never") { $0.alphaTest = .never },
    .fragment("fs_058", "alpha-less") { $0.alphaTest = .less },
    .fragment("s03", "flat-shade") { $0.flags = .flatShade },
    .fragment("s03", "two-sided") { $0.flags = .twoSidedColour },
    Variant(shader: "s03", key: "two-sided-no-back") {
      $0.editFragment { $0.flags = .twoSidedColour }
      $0.link.missing.colours = VaryingSet.backColours
    },
    .fragment("fs_058", "flat-two-sided") { $0.flags = [.flatShade, .twoSidedColour] },
    .fragment("s03", "stipple") { $0.flags = .polygonStipple },
    .fragment("s11", "top-down") { $0.flags = .framebufferTopDown },
    .fragment("s03", "sprite-generic") { $0.spriteCoordinates = 1 },
    .fragment("fs_031", "sprite-texcoord") { $0.spriteCoordinates = 1 },
    Variant(shader: "s03", key: "missing-generic") { $0.link.missing.generics = 1 },
  ]

  static let outputs: [Variant] = [
    .fragment("s02", "three-buffers") { $0.colourBuffers = 3 },
    .fragment("s12", "dual-source") { $0.flags = .dualSource },
    .fragment("s12", "dual-source-es320", host: .es320) { $0.flags = .dualSource },
    .fragment("s13", "integer-buffers") { ($0.unsignedIntegers, $0.signedIntegers) = (1, 2) },
    .fragment("s03", "alpha-in-red") { $0.alphaInRed = 1 },
    .fragment("s03", "alpha-in-red-tested") { ($0.alphaInRed, $0.alphaTest) = (1, .greater) },
    .fragment("s03", "red-blue-swapped") { $0.redBlueSwapped = 1 },
    .fragment("s03", "srgb") { $0.encodesSRGB = 1 },
  ]

  static let samplers: [Variant] = [
    Variant(shader: "s20", key: "shadow-swizzle") { $0.samplers.setSwizzle(of: 0, x: 0, y: 5, z: 4, w: 5) },
    Variant(shader: "s21", key: "buffer-swizzle") { $0.samplers.setSwizzle(of: 2, x: 4, y: 4, z: 4, w: 0) },
    Variant(shader: "fs_037", key: "rectangle-as-2d") { $0.samplers.emulatedRectangles = .max },
  ]

  static let vertices: [Variant] = [
    Variant(shader: "s34", key: "clip-planes") { $0.userClipPlanes = 2 },
    Variant(shader: "s01", key: "clip-planes") { $0.userClipPlanes = 6 },
    Variant(shader: "s01", key: "before-geometry") { $0.link.next = .geometry },
    Variant(shader: "s01", key: "flat-output") { $0.link.interpolation.flat.generics = 1 },
    .vertex("s01", "integer-attributes") { ($0.signedIntegers, $0.unsignedIntegers) = (1, 2) },
    .vertex("s01", "swapped-attribute-es320", host: .es320) { $0.redBlueSwapped = 2 },
    Variant(shader: "s32", key: "capture", streamOutput: capture),
    Variant(shader: "s32", key: "capture-es320", host: .es320, streamOutput: captureES),
  ]

  /// ES has no skipped components.
  static let captureES = StreamOutput(
    strides: [8, 0, 0, 0],
    entries: [
      .init(register: 0, firstComponent: 0, componentCount: 4, buffer: 0, offset: 0, stream: 0),
      .init(register: 1, firstComponent: 0, componentCount: 4, buffer: 0, offset: 4, stream: 0),
    ])

  static let stateful = colours + outputs + samplers + vertices
  static let all = plain + oldHosts + stateful
}
