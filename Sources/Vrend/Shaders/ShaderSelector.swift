import CEpoxy
import GLDriver
import ShaderTranslator
import TGSI
import WireFormat

/// A guest shader: its proven program, the facts about it, and the GLSL variants made so far.
///
/// A handle exists from the first piece of a long text on; until the last piece has arrived `program`
/// is nil and the shader cannot be drawn with.
final class ShaderSelector: GuestObject, GuestObjectKind {
  static var objectKind: ObjectKind { .shader }

  let stage: ShaderStage
  private(set) var program: ValidShader?
  private(set) var facts: ShaderFacts
  /// The whole text has arrived and proved valid.
  private(set) var isComplete = false
  /// The facts that keys need, apart so that building a key copies no arrays.
  private var keyFacts: KeyFacts
  private(set) var interface = StageInterface()
  private(set) var traits = ShaderTraits()
  /// Samplers whose view's swizzle or target can change the text.
  private(set) var specialSamplers: UInt32 = 0
  /// What a geometry or tessellation evaluation shader gives to the rasterizer.
  private(set) var outputPrimitive: SubContextState.RasterizedPrimitive?
  /// Vertices that a geometry shader may emit for one primitive, over all its invocations.
  private(set) var emittedVertices: UInt64 = 0

  private var variants: [ShaderVariant] = []
  private var current: ShaderVariant?
  private let share: BudgetShare
  /// Tells selectors apart in `ProgramInputs`; never reused in a sub-context, never 0.
  let serial: UInt64

  /// More state combinations than any real guest makes; beyond, variants are replaced in turn.
  private static let variantLimit = 64
  private var nextReplaced = 0

  /// - Parameter share: of the budget, for text and program.
  init(stage: ShaderStage, share: BudgetShare, serial: UInt64) {
    self.stage = stage
    self.share = share
    self.serial = serial
    facts = ShaderFacts(stage: stage)
    keyFacts = KeyFacts(facts)
    super.init(kind: .shader)
  }

  /// The last piece has arrived.
  func complete(_ program: ValidShader, facts: ShaderFacts) {
    self.program = program
    self.facts = facts
    isComplete = true
    keyFacts = KeyFacts(facts)
    interface = facts.interface
    traits = facts.traits
    specialSamplers = keyFacts.swizzledSamplers | keyFacts.rectangleSamplers
    outputPrimitive = Self.outputPrimitive(facts)
    if stage == .geometry {
      let properties = program.shader.properties
      emittedVertices = UInt64(clamping: properties.geometryMaxVertices ?? 1) &* UInt64(properties.geometryInvocations)
    }
  }

  private static func outputPrimitive(_ facts: ShaderFacts) -> SubContextState.RasterizedPrimitive? {
    switch facts.stage {
    case .geometry:
      switch facts.geometryOutput {
      case .points: .points
      case .lines, .lineStrip: .lines
      default: .polygons
      }
    case .tessEval:
      if facts.tessPointMode { .points } else if facts.tessDomain == .isolines { .lines } else { .polygons }
    default: nil
    }
  }

  /// The variant for a key, from the cache when it was made before.
  ///
  /// - Throws: when the translator or the GL compiler has refused it.
  @inline(__always)
  func variant(_ key: VariantKey, _ factory: ShaderVariantFactory) throws(HostRefusal) -> ShaderVariant {
    let key = key.pruned(for: keyFacts, host: factory.profile)
    if let current, current.key == key { return current }
    return try select(key, factory)
  }

  @inline(never)
  private func select(_ key: VariantKey, _ factory: ShaderVariantFactory) throws(HostRefusal) -> ShaderVariant {
    let selected = variants.first { $0.key == key } ?? make(key, factory)
    guard let selected, !selected.isRefused else { throw HostRefusal() }
    current = selected
    return selected
  }

  /// nil while the text has not arrived.
  private func make(_ key: VariantKey, _ factory: ShaderVariantFactory) -> ShaderVariant? {
    guard let program else { return nil }
    let variant = factory.make(program, facts: facts, key: key)
    if variants.count < Self.variantLimit {
      variants.append(variant)
    } else {
      variants[nextReplaced] = variant
      nextReplaced = (nextReplaced + 1) % Self.variantLimit
    }
    return variant
  }
}
