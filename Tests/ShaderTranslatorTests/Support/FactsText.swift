import ShaderTranslator
import TGSI

/// Facts as a short text: the numbers and sets that draw code and planner look at.
enum FactsText {
  static func describe(_ facts: ShaderFacts) -> String {
    let interface = facts.interface
    let lines: [(String, UInt64)] = [
      ("traits", facts.traits.rawValue), ("inputs.generics", interface.inputs.generics),
      ("inputs.texcoords", UInt64(interface.inputs.texcoords)), ("inputs.colours", UInt64(interface.inputs.colours)),
      ("inputs.patches", UInt64(interface.inputs.patches)), ("outputs.generics", interface.outputs.generics),
      ("outputs.texcoords", UInt64(interface.outputs.texcoords)),
      ("outputs.patches", UInt64(interface.outputs.patches)),
      ("outputs.colours", UInt64(interface.outputs.colours)), ("flatShaded", UInt64(interface.flatShadedColours)),
      ("clipDistances", UInt64(interface.clipDistances)), ("cullDistances", UInt64(interface.cullDistances)),
      ("attributes", UInt64(facts.attributes)), ("colourOutputs", UInt64(facts.colourOutputs)),
      ("constantRows", UInt64(facts.constantRows)), ("uniformBlocks", UInt64(facts.uniformBlocks)),
      ("samplers", UInt64(facts.samplers)), ("shadowSamplers", UInt64(facts.shadowSamplers)),
      ("bufferSamplers", UInt64(facts.bufferSamplers)), ("rectangleSamplers", UInt64(facts.rectangleSamplers)),
      ("images", UInt64(facts.images)), ("storage", UInt64(facts.storage)),
      ("atomicBuffers", UInt64(facts.atomicBuffers)), ("outputsNeedZero", facts.outputsNeedZero),
    ]
    var text = "stage \(facts.stage)\n"
    for (name, value) in lines where value != 0 { text += "\(name) 0x\(String(value, radix: 16))\n" }
    for (index, entry) in facts.temporaries.entries.enumerated() where entry.isUsed {
      text += "TEMP[\(index)] \(entry.valueClass)\(entry.needsZero ? " starts as zero" : "")\n"
    }
    for array in facts.temporaries.arrays {
      text += "array TEMP[\(array.range.first)...\(array.range.last)] \(array.valueClass)\n"
    }
    return text
  }
}
