import TGSI

/// Turns valid TGSI programs into GLSL for one host. A value without state: use one from any thread.
package struct Translator: Sendable {
  package let host: HostProfile

  package init(host: HostProfile) { self.host = host }

  /// Collects the facts of a shader, once, at its creation.
  ///
  /// - Parameters:
  ///   - streamOutput: what is captured from this shader; `.none` for stages that capture nothing.
  ///   - sharedMemoryBytes: compute shaders: bytes of shared memory named by the create packet.
  /// - Throws: a fault for constructs that no host and no key can translate.
  package func facts(
    of shader: ValidShader, streamOutput: StreamOutput = .none, sharedMemoryBytes: UInt32 = 0
  ) throws(TranslationFault) -> ShaderFacts {
    try FactCollector.collect(shader.shader, streamOutput: streamOutput, sharedMemoryBytes: sharedMemoryBytes)
  }

  /// The GLSL text of one variant.
  ///
  /// - Parameters:
  ///   - facts: what `facts(of:)` returned for the same shader.
  ///   - key: pruned or not; a key of another stage is a fault.
  package func translate(
    _ shader: ValidShader, facts: borrowing ShaderFacts, key: VariantKey
  ) throws(TranslationFault) -> TranslatedShader {
    let facts = copy facts
    let pruned = key.pruned(for: KeyFacts(facts), host: host)
    let (plan, reflection) = try Planner.plan(shader.shader, facts: facts, host: host, key: pruned)
    let source = try GLSLWriter.write(shader.shader, facts: facts, plan: plan)
    return TranslatedShader(source: source, reflection: reflection)
  }
}
