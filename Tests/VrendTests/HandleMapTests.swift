import GuestStreams
import Testing

@testable import Vrend

/// The table behind handles and resource ids.
struct HandleMapTests {
  private final class Thing {
    let number: UInt32
    init(_ number: UInt32) { self.number = number }
  }

  /// Beside a dictionary, through thousands of random changes.
  @Test func agreesWithADictionary() {
    var map = HandleMap<Thing>()
    var expected: [UInt32: Thing] = [:]
    var random = SplitMix(state: 5)
    for _ in 0..<20_000 {
      let key = 1 + UInt32(random.below(700)) * (random.oneIn(2) ? 1 : 0x10001)
      if random.oneIn(3) {
        #expect(map.remove(key) === expected.removeValue(forKey: key))
      } else {
        let thing = Thing(key)
        #expect(map.insert(key, thing) === expected.updateValue(thing, forKey: key))
      }
    }
    #expect(map.count == expected.count)
    for (key, thing) in expected { #expect(map.lookup(key) === thing) }
    #expect(map.lookup(0) == nil)
  }

  /// Ids that collide under any fixed multiplier that a guest could know: equal low halves, equal high halves, steps
  /// of powers of two, and those that the golden ratio sends to one slot.
  @Test func chosenIdsDoNotPileUp() {
    // The inverse modulo 2^32, by Newton; the middle bits of the product are the slot.
    let golden: UInt32 = 0x9E37_79B1
    let inverse = (0..<5).reduce(golden) { guess, _ in guess &* (2 &- golden &* guess) }
    #expect(inverse &* golden == 1)
    let oneSlot = (0..<4000 as Range<UInt32>).map { ($0 & 127 | 77 << 7 | ($0 >> 7) << 25) &* inverse }
    let families: [[UInt32]] = [
      (1...4000).map { $0 }, (1...4000).map { $0 << 16 }, (1...4000).map { $0 << 20 | 1 },
      oneSlot,
    ]
    for keys in families {
      var map = HandleMap<Thing>()
      for key in keys { map.insert(key, Thing(key)) }
      let total = keys.reduce(0) { $0 + map.walkLength($1) }
      // Random placement at most 3/4 full walks 1.5 slots on average; a pile of n walks n / 2.
      #expect(total < keys.count * 40)
    }
  }
}
