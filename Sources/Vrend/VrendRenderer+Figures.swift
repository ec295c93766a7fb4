import VirtioGPU

/// The GL side's part of a renderer's statistics.
package struct VrendFigures: Sendable {
  package let counters: WorkCounters
  package let resourceBytes: Int
  package let shaderVariants: UInt64
  package let programs: UInt64
  package let programsLoaded: UInt64
  package let fencesOutstanding: Int
  package let heldBytes: Int
  package let fenceLatency: FenceTimes.Histogram
}

extension VrendRenderer {
  package var figures: VrendFigures {
    let fences = fences.figures
    return VrendFigures(
      counters: counters, resourceBytes: allocator.budget.bytesInUse, shaderVariants: shaderTally.variants,
      programs: shaderTally.programs, programsLoaded: binaries?.loaded ?? 0,
      fencesOutstanding: fences.outstanding, heldBytes: held.bytes, fenceLatency: fences.latency)
  }
}
