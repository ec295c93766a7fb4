import CEpoxy
import GLDriver
import Platform
import ShaderTranslator
import TGSI
import VirtioGPU
import WireFormat

/// What all contexts of a renderer made of shaders so far. Renderer thread.
final class ShaderTally {
  /// Variants, refused ones with them.
  var variants: UInt64 = 0
  /// Programs that were linked.
  var programs: UInt64 = 0
}

/// Translates shader variants and makes programs of them, for one context.
final class ShaderVariantFactory {
  let profile: HostProfile
  let translator: Translator
  private let log: Log
  private let budget: ResourceBudget
  private let releaseQueue: GLReleaseQueue
  private var nextSerial: UInt64 = 1
  private let tally: ShaderTally
  /// nil when programs are not kept in files.
  private let binaries: ProgramBinaries?

  init(
    profile: HostProfile, releaseQueue: GLReleaseQueue, budget: ResourceBudget, binaries: ProgramBinaries?,
    tally: ShaderTally, log: Log
  ) {
    self.tally = tally
    self.binaries = binaries
    self.budget = budget
    self.profile = profile
    self.releaseQueue = releaseQueue
    self.log = log
    translator = Translator(host: profile)
  }

  /// A variant that GL may be compiling; refused when the translator has no text for it.
  func make(_ program: ValidShader, facts: ShaderFacts, key: VariantKey) -> ShaderVariant {
    let serial = nextSerial
    nextSerial += 1
    tally.variants += 1
    let stage = facts.stage
    let translated: TranslatedShader
    let share: BudgetShare
    do throws(TranslationFault) {
      translated = try translator.translate(program, facts: facts, key: key)
    } catch {
      refuse("\(stage) shader has no translation: \(error)")
      return ShaderVariant(refused: key, stage: stage, serial: serial, releaseQueue: releaseQueue)
    }
    do throws(Fault) {
      share = try budget.share(ResourceBudget.Cost.variant + translated.source.count)
    } catch {
      refuse("a \(stage) shader is one more than the guests' memory has room for")
      return ShaderVariant(refused: key, stage: stage, serial: serial, releaseQueue: releaseQueue)
    }
    log.debug("GLSL of a \(stage) shader:\n\(String(decoding: translated.source.dropLast(), as: UTF8.self))")
    let variant = ShaderVariant(
      key: key, stage: stage, translated, serial: serial, share: share, isDigested: binaries != nil,
      releaseQueue: releaseQueue)
    // A program from a file needs no compiled shaders.
    if binaries == nil { _ = variant.shaderName() }
    return variant
  }

  /// The control shader that stands in where a guest has none and the host must have one.
  func makePassthrough(_ control: PassthroughControl) -> ShaderVariant {
    let key = VariantKey.neutral(for: .tessControl)
    guard let program = try? control.program(), let facts = try? translator.facts(of: program) else {
      refuse("the control shader that stands in for a guest's has no translation")
      return ShaderVariant(refused: key, stage: .tessControl, serial: 0, releaseQueue: releaseQueue)
    }
    return make(program, facts: facts, key: key)
  }

  private func refuse(_ reason: @autoclosure () -> String, text: @autoclosure () -> String? = nil) {
    log.error("\(reason()); draws and dispatches with it do nothing")
    if log.isEnabled(.info), let text = text() { log.info("refused text:\n\(text)") }
  }

  // MARK: Programs

  /// Begins to link these variants, or takes the program from a file. nil when the budget has no room.
  func beginLink(_ stages: StageVariants) -> ProgramLink? {
    guard let share = try? budget.share(stages.programBytes) else { return nil }
    return ProgramLink(stages, ProgramObject(share: share, releaseQueue: releaseQueue), binaries: binaries)
  }

  /// Says that there is no room for a program.
  func refuseForMemory() { refuse("a program is one more than the guests' memory has room for") }

  /// Waits for a link. The program is current afterwards; nil when the driver refuses it, and the log has the reason.
  func finish(_ link: ProgramLink) -> LinkedProgram? {
    guard link.finish() else {
      explainRefusal(of: link)
      return nil
    }
    tally.programs += 1
    if let key = link.keepUnder { binaries?.keep(link.object.name, under: key) }
    return LinkedProgram(link)
  }

  /// A program does not link when one of its shaders did not compile: then that shader is to blame.
  private func explainRefusal(of link: ProgramLink) {
    var isExplained = false
    for stage in 0..<6 {
      guard let variant = link.stages[stage], let refusal = variant.findRefusal() else { continue }
      refuse("the GL driver refused a \(variant.stage) shader: \(refusal.reason)", text: refusal.text)
      isExplained = true
    }
    if !isExplained {
      refuse("the GL driver refused to link a program: \(InfoLog.ofProgram(link.object.name))")
    }
  }
}
