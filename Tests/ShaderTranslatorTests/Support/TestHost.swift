import ShaderTranslator

/// A host that the tests translate for.
struct TestHost: CustomStringConvertible, Sendable {
  var name: String
  var profile: HostProfile
  var description: String { name }
  var translator: Translator { Translator(host: profile) }

  /// GL 4.5 with what Mesa's drivers add to it.
  static let core450 = TestHost(
    name: "core-450",
    profile: HostProfile(
      flavour: .desktopCore, glslVersion: 450,
      extensions: ExtensionSet([
        .shaderDrawParameters, .shaderGroupVoteARB, .shaderAtomicCounterOps, .shaderViewportLayerArray,
        .shaderStencilExport, .shaderClock, .transformFeedback3,
      ])))
  /// GL 3.3 without any extension that adds a stage or a resource.
  static let core330 = TestHost(
    name: "core-330",
    profile: HostProfile(flavour: .desktopCore, glslVersion: 330, extensions: ExtensionSet([.transformFeedback3])))
  static let es320 = TestHost(
    name: "es-320",
    profile: HostProfile(
      flavour: .es, glslVersion: 320,
      extensions: ExtensionSet([.geometryPointSizeEXT, .tessellationPointSizeEXT, .blendFuncExtendedEXT])))
  static let es320Voting = TestHost(
    name: "es-320-voting",
    profile: HostProfile(flavour: .es, glslVersion: 320, extensions: ExtensionSet([.shaderGroupVoteEXT])))

  static let all = [core450, core330, es320]
}
