import Glibc
import Testing
import VirtioGPU

/// A scatter list over one host buffer whose bytes are their own positions, cut at given lengths.
private final class ScatteredMemory {
  let vectors: UnsafeMutableBufferPointer<iovec>
  private let pieces: [UnsafeMutableRawBufferPointer]

  init(_ lengths: [Int]) {
    vectors = .allocate(capacity: max(lengths.count, 1))
    var position = 0
    var pieces: [UnsafeMutableRawBufferPointer] = []
    for (index, length) in lengths.enumerated() {
      let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: max(length, 1), alignment: 1)
      for offset in 0..<length { piece[offset] = UInt8(truncatingIfNeeded: (position + offset) * 7) }
      position += length
      pieces.append(piece)
      vectors[index] = iovec(iov_base: piece.baseAddress, iov_len: length)
    }
    self.pieces = pieces
    count = lengths.count
  }

  let count: Int

  deinit {
    pieces.forEach { $0.deallocate() }
    vectors.deallocate()
  }

  func memory() throws -> GuestMemory { try GuestMemory(vectors: vectors.baseAddress, count: count) }

  /// All bytes in order.
  var flat: [UInt8] { (0..<count).flatMap { index in pieces[index].prefix(vectors[index].iov_len) } }
}

@Suite struct GuestMemoryTests {
  @Test func totals() throws {
    #expect(try ScatteredMemory([]).memory().byteCount == 0)
    #expect(try GuestMemory(vectors: nil, count: 0).byteCount == 0)
    #expect(try ScatteredMemory([0, 5, 0, 0, 4096, 1, 0]).memory().byteCount == 4102)
  }

  @Test func refusesImpossibleLists() {
    #expect(throws: Fault.self) { try GuestMemory(vectors: nil, count: 1) }
    var one = iovec(iov_base: nil, iov_len: 0)
    #expect(throws: Fault.self) { try GuestMemory(vectors: &one, count: -1) }
    for (a, b) in [(Int.max, 1), (Int.min, 0), (-1, 0), (Int.max / 2 + 1, Int.max / 2 + 1)] {
      var pair = [
        iovec(iov_base: nil, iov_len: Int(a)), iovec(iov_base: nil, iov_len: Int(b)),
      ]
      #expect(throws: Fault.self) { try GuestMemory(vectors: &pair, count: 2) }
    }
  }

  @Test func keepsThePointerAndCount() throws {
    let scattered = ScatteredMemory([1, 2, 3])
    let memory = try scattered.memory()
    #expect(memory.vectors == scattered.vectors.baseAddress)
    #expect(memory.vectorCount == 3)
  }

  @Test func boundsAreChecked() throws {
    let memory = try ScatteredMemory([3, 0, 4]).memory()
    var bytes: [UInt8] = [0, 0]
    for offset in [-1, 6, 7, 8, Int.max, Int.min] {
      #expect(throws: Fault.self) { try bytes.withUnsafeMutableBytes { try memory.copyOut(from: offset, into: $0) } }
      #expect(throws: Fault.self) { try bytes.withUnsafeBytes { try memory.copyIn(at: offset, from: $0) } }
      #expect(memory.contiguous(at: offset, count: 2) == nil)
    }
    #expect(memory.contiguous(at: 0, count: -1) == nil)
    #expect(memory.contiguous(at: 0, count: 0) == nil)
  }

  /// Nothing to copy is fine up to and including the end, and a fault behind it.
  @Test func emptyRanges() throws {
    let memory = try ScatteredMemory([3, 0]).memory()
    let nothing = UnsafeMutableRawBufferPointer(start: nil, count: 0)
    try memory.copyOut(from: 3, into: nothing)
    try memory.copyIn(at: 0, from: UnsafeRawBufferPointer(nothing))
    #expect(throws: Fault.self) { try memory.copyOut(from: 4, into: nothing) }
  }

  @Test func entriesWithoutMemoryFaultWhenTouched() throws {
    var known = [UInt8](repeating: 9, count: 4)
    try known.withUnsafeMutableBytes { known in
      var list = [
        iovec(iov_base: nil, iov_len: 0), iovec(iov_base: known.baseAddress, iov_len: 4),
        iovec(iov_base: nil, iov_len: 8),
      ]
      try list.withUnsafeMutableBufferPointer { list in
        let memory = try GuestMemory(vectors: list.baseAddress, count: list.count)
        #expect(memory.byteCount == 12)
        var out = [UInt8](repeating: 0, count: 4)
        try out.withUnsafeMutableBytes { try memory.copyOut(from: 0, into: $0) }
        #expect(out == [9, 9, 9, 9])
        let fault = #expect(throws: Fault.self) {
          try out.withUnsafeMutableBytes { try memory.copyOut(from: 2, into: $0) }
        }
        #expect(fault?.code == .badAddress)
        #expect(memory.contiguous(at: 4, count: 8) == nil)
      }
    }
  }

  @Test func contiguousOnlyInsideOneEntry() throws {
    let scattered = ScatteredMemory([4, 0, 4])
    let memory = try scattered.memory()
    #expect(memory.contiguous(at: 1, count: 3)?.baseAddress == scattered.vectors[0].iov_base + 1)
    #expect(memory.contiguous(at: 4, count: 4)?.baseAddress == scattered.vectors[2].iov_base)
    #expect(memory.contiguous(at: 3, count: 2) == nil)
  }

  /// The list shrinks under a reader's feet: the walk ends with a fault, not outside the array.
  @Test func aListThatChangesAfterwardsIsSurvived() throws {
    let scattered = ScatteredMemory([8, 8])
    let memory = try scattered.memory()
    scattered.vectors[1].iov_len = 2
    var out = [UInt8](repeating: 0, count: 16)
    #expect(throws: Fault.self) { try out.withUnsafeMutableBytes { try memory.copyOut(from: 0, into: $0) } }
  }

  @Test func randomAccessesAgreeWithAFlatModel() throws {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<200 {
      let lengths = (0..<Int.random(in: 1...12, using: &random)).map { _ in
        Bool.random(using: &random) ? Int.random(in: 0...3, using: &random) : Int.random(in: 0...40, using: &random)
      }
      let scattered = ScatteredMemory(lengths)
      var model = scattered.flat
      var cursor = GuestCursor(try scattered.memory())
      for _ in 0..<40 {
        let offset = Int.random(in: 0...model.count, using: &random)
        let count = Int.random(in: 0...(model.count - offset), using: &random)
        if Bool.random(using: &random) {
          var out = [UInt8](repeating: 0, count: count)
          try out.withUnsafeMutableBytes { try cursor.copyOut(from: offset, into: $0) }
          #expect(out == Array(model[offset..<offset + count]))
        } else {
          let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
          try bytes.withUnsafeBytes { try cursor.copyIn(at: offset, from: $0) }
          model.replaceSubrange(offset..<offset + count, with: bytes)
        }
      }
      #expect(scattered.flat == model)
    }
  }

  @Test func rows() throws {
    let scattered = ScatteredMemory([7, 0, 13, 20])
    let flat = scattered.flat
    var cursor = GuestCursor(try scattered.memory())
    var tight = [UInt8](repeating: 0, count: 12)
    // The last row ends exactly at the end of the memory, without its padding.
    try tight.withUnsafeMutableBytes {
      try cursor.copyRowsOut(from: 12, stride: 12, rows: 3, rowBytes: 4, into: $0, destinationStride: 4)
    }
    #expect(tight == Array(flat[12..<16]) + Array(flat[24..<28]) + Array(flat[36..<40]))
    try tight.withUnsafeMutableBytes {
      try cursor.copyRowsOut(from: 12, stride: 12, rows: 3, rowBytes: 4, into: $0, destinationStride: -4)
    }
    #expect(tight == Array(flat[36..<40]) + Array(flat[24..<28]) + Array(flat[12..<16]))
    let written: [UInt8] = [1, 2, 0, 3, 4]
    try written.withUnsafeBytes {
      try cursor.copyRowsIn(at: 5, stride: 6, rows: 2, rowBytes: 2, from: $0, sourceStride: 3)
    }
    #expect(Array(scattered.flat[5..<7]) == [1, 2])
    #expect(Array(scattered.flat[11..<13]) == [3, 4])
  }

  @Test(arguments: [
    (0, 12, 5, 4, 4), (0, Int.max, 2, 4, 4), (0, -1, 2, 4, 4), (Int.max, 0, 1, 1, 1), (0, 4, 4, 4, Int.min),
    (0, 4, Int.max, Int.max, 4), (37, 0, 1, 4, 4), (0, 4, 4, 4, 5),
  ])
  func impossibleRows(_ row: (offset: Int, stride: Int, rows: Int, bytes: Int, hostStride: Int)) throws {
    let scattered = ScatteredMemory([20, 20])
    var cursor = GuestCursor(try scattered.memory())
    var host = [UInt8](repeating: 0, count: 16)
    #expect(throws: Fault.self) {
      try host.withUnsafeMutableBytes {
        try cursor.copyRowsOut(
          from: row.offset, stride: row.stride, rows: row.rows, rowBytes: row.bytes, into: $0,
          destinationStride: row.hostStride)
      }
    }
  }
}
