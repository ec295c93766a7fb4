import WireFormat

/// Linked programs of one sub-context, found by the serials of their variants; and the combinations that the driver
/// refused to link.
struct ProgramCache: ~Copyable {
  enum Entry {
    case linked(LinkedProgram)
    case refused
  }

  private var entries: [Key: Entry] = [:]
  /// Combinations in the order they were linked; the oldest go first.
  private var order: [Key] = []
  private var oldest = 0

  /// Programs kept. Real guests have hundreds.
  private static var limit: Int { 4096 }

  struct Key: Hashable {
    private var serials: InlineArray<6, UInt64>

    init(_ serials: InlineArray<6, UInt64>) { self.serials = serials }

    static func == (a: Key, b: Key) -> Bool {
      for stage in 0..<6 where a.serials[stage] != b.serials[stage] { return false }
      return true
    }

    func hash(into hasher: inout Hasher) {
      for stage in 0..<6 { hasher.combine(serials[stage]) }
    }
  }

  func find(_ key: Key) -> Entry? { entries[key] }

  mutating func insert(_ key: Key, _ entry: Entry) {
    entries[key] = entry
    if order.count < Self.limit {
      order.append(key)
    } else {
      entries[order[oldest]] = nil
      order[oldest] = key
      oldest = (oldest + 1) % Self.limit
    }
  }
}
