import WireFormat

/// Programs of one sub-context, found by the serials of their variants: linked, being linked, or refused by the driver.
/// The oldest go when there are too many, or when they are estimated to take too much.
struct ProgramCache: ~Copyable {
  enum Entry {
    /// Nobody has waited for it yet.
    case pending(ProgramLink)
    case linked(LinkedProgram)
    case refused
  }

  private struct Slot {
    var entry: Entry
    var bytes: Int
  }

  private var slots: [Key: Slot] = [:]
  /// Combinations in the order they came, from `oldest` on.
  private var order: [Key] = []
  private var oldest = 0
  /// Estimate of what the entries take.
  private(set) var bytes = 0
  private let byteLimit: Int

  /// Combinations kept. Real guests have hundreds.
  private static var limit: Int { 4096 }
  /// Of an entry without a program.
  private static var refusalBytes: Int { 512 }

  /// - Parameter byteLimit: for all entries; see `GuestLimits.programBytes`.
  init(byteLimit: Int) { self.byteLimit = byteLimit }

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

  var count: Int { slots.count }

  func find(_ key: Key) -> Entry? { slots[key]?.entry }

  /// Enters a combination, or replaces what is known about it.
  ///
  /// - Parameter programBytes: estimate for a program; ignored for a refusal.
  mutating func insert(_ key: Key, _ entry: Entry, programBytes: Int) {
    let slot = Slot(entry: entry, bytes: entry.isRefused ? Self.refusalBytes : programBytes)
    if let replaced = slots.updateValue(slot, forKey: key) {
      bytes += slot.bytes - replaced.bytes
      return
    }
    order.append(key)
    bytes += slot.bytes
    // The newest stays, whatever it takes.
    while slots.count > 1, slots.count > Self.limit || bytes > byteLimit { removeOldest() }
  }

  /// Removes the entry that came first; false when there is none.
  @discardableResult
  mutating func removeOldest() -> Bool {
    guard oldest < order.count else { return false }
    bytes -= slots.removeValue(forKey: order[oldest])?.bytes ?? 0
    oldest += 1
    if oldest > order.count / 2 {
      order.removeFirst(oldest)
      oldest = 0
    }
    return true
  }
}

extension ProgramCache.Entry {
  fileprivate var isRefused: Bool {
    if case .refused = self { true } else { false }
  }
}
