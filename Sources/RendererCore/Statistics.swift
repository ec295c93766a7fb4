import VirtioGPU

/// What a renderer has and did, at one moment. Counting costs a few additions per submission; commands and latencies
/// are counted when `RendererOptions.measures` asks for it.
package struct Statistics: Sendable {
  package var contexts = 0
  package var resources = 0
  /// Storage of all resources, by their shapes.
  package var resourceBytes = 0
  package var submissions: UInt64 = 0
  package var commands: UInt64 = 0
  package var draws: UInt64 = 0
  /// Compiled and linked since the start.
  package var shaderVariants: UInt64 = 0
  package var programs: UInt64 = 0
  /// Of these, taken from files instead of being linked.
  package var programsLoaded: UInt64 = 0
  /// Created and not known to be done.
  package var fencesOutstanding = 0
  /// Memory of work that waits for fences.
  package var heldBytes = 0
  /// From creation to report.
  package var fenceLatency = FenceTimes.Histogram()

  package init() {}

  /// One line per figure: name, space, number. Latencies follow as the number of fences below each bound.
  package var text: String {
    var lines = [
      "contexts \(contexts)", "resources \(resources)", "resource_bytes \(resourceBytes)",
      "submissions \(submissions)", "commands \(commands)", "draws \(draws)",
      "shader_variants \(shaderVariants)", "programs \(programs)", "programs_loaded \(programsLoaded)",
      "fences_outstanding \(fencesOutstanding)",
      "held_bytes \(heldBytes)", "fences_reported \(fenceLatency.total)",
      "fence_latency_max_us \(fenceLatency.longest / 1000)",
    ]
    for bucket in 0..<FenceTimes.Histogram.bucketCount where fenceLatency.counts[bucket] > 0 {
      let isLast = bucket == FenceTimes.Histogram.bucketCount - 1
      lines.append("fence_latency_us_below_\(isLast ? "inf" : "\(1 << bucket)") \(fenceLatency.counts[bucket])")
    }
    return lines.map { $0 + "\n" }.joined()
  }
}

extension Renderer {
  /// Renderer thread.
  package var statistics: Statistics {
    var statistics = Statistics()
    statistics.contexts = contexts.count
    statistics.resources = resources.count
    guard let figures = vrend?.figures else { return statistics }
    statistics.resourceBytes = figures.resourceBytes
    statistics.submissions = figures.counters.submissions
    statistics.commands = figures.counters.commands
    statistics.draws = figures.counters.draws
    statistics.shaderVariants = figures.shaderVariants
    statistics.programs = figures.programs
    statistics.programsLoaded = figures.programsLoaded
    statistics.fencesOutstanding = figures.fencesOutstanding
    statistics.heldBytes = figures.heldBytes
    statistics.fenceLatency = figures.fenceLatency
    return statistics
  }
}
