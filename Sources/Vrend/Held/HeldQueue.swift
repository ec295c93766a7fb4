import VirtioGPU
import WireFormat

/// What a context was told to do while a submission of it waits for fences, in order.
enum HeldItem {
  /// A copy of a command stream, and what it waits for.
  case submission([UInt32], waits: [FenceDependency])
  case fence(FenceHandle)
  /// From or to the resource's own memory, or from a copy of the caller's.
  case transfer(Transfer, Transfer.Direction, Resource, copy: MemoryCopy?)
  case attach(Resource)
  case detach(Resource)

  /// What it counts against the limits, in bytes: its memory, roughly.
  var cost: Int {
    switch self {
    case .submission(let words, _): 128 + words.count * 4
    case .transfer(_, _, _, let copy): 128 + (copy?.memory.byteCount ?? 0)
    case .fence, .attach, .detach: 128
    }
  }
}

/// The held work of one context, and the waits of its next submission.
struct HeldQueue {
  private(set) var waits: [FenceDependency] = []
  private var items: [(item: HeldItem?, ticket: UInt64)] = []
  private var head = 0
  /// Blob ids under which held submissions make storage: so that asking for others costs no walk over the streams.
  private var storageIDs: Set<UInt32> = []
  /// Sum of the items' costs.
  private(set) var cost = 0
  /// Nothing waits: the only field that the submission path reads.
  private(set) var isIdle = true

  /// Waits that may be queued for one submission.
  static var waitLimit: Int { 256 }
  /// Bytes of items; guests' streams have at most some hundred kilobytes.
  static var costLimit: Int { 16 << 20 }

  var isHolding: Bool { head < items.count }

  /// What may still be added to `cost`.
  var room: Int { Self.costLimit - cost }

  mutating func push(_ more: [FenceDependency]) {
    waits += more
    isIdle = false
  }

  mutating func takeWaits() -> [FenceDependency] {
    defer {
      waits = []
      isIdle = !isHolding
    }
    return waits
  }

  mutating func append(_ item: HeldItem, ticket: UInt64) {
    if case .submission(let words, _) = item { noteStorage(words.span) }
    items.append((item, ticket))
    cost += item.cost
    isIdle = false
  }

  var first: HeldItem? { isHolding ? items[head].item : nil }

  /// Of the first item; they grow.
  var oldestTicket: UInt64? { isHolding ? items[head].ticket : nil }

  mutating func removeFirst() {
    cost -= items[head].item?.cost ?? 0
    items[head].item = nil
    head += 1
    if head == items.count {
      items.removeAll(keepingCapacity: items.count <= 64)
      storageIDs = []
      head = 0
      isIdle = waits.isEmpty
    } else if head > 64, head * 2 > items.count {
      items.removeFirst(head)
      head = 0
    }
  }

  // MARK: Storage that is made ahead

  private mutating func noteStorage(_ stream: Span<UInt32>) {
    Self.forEachStorage(stream) { _, command in
      if storageIDs.count < VrendContext.parkedLimit { storageIDs.insert(command.blobID) }
    }
  }

  /// The last PIPE_RESOURCE_CREATE under a blob id. It is found once.
  mutating func takeLastStorage(_ blobID: UInt32) -> PipeResourceCreate? {
    guard storageIDs.remove(blobID) != nil else { return nil }
    var last: PipeResourceCreate?
    for index in head..<items.count {
      guard case .submission(let words, _) = items[index].item else { continue }
      Self.forEachStorage(words.span) { if $1.blobID == blobID { last = $1 } }
    }
    return last
  }

  /// Turns every PIPE_RESOURCE_CREATE under a blob id into a NOP.
  mutating func removeStorage(_ blobID: UInt32) {
    for index in head..<items.count {
      guard case .submission(var words, let waits) = items[index].item else { continue }
      var positions: [Int] = []
      Self.forEachStorage(words.span) { if $1.blobID == blobID { positions.append($0) } }
      guard !positions.isEmpty else { continue }
      for position in positions { words[position] = words[position] & ~0xFF | UInt32(CommandCode.nop.rawValue) }
      items[index].item = .submission(words, waits: waits)
    }
  }

  /// Walks the packets as `VrendContext.run` does: what is cut off at the end is not there.
  private static func forEachStorage(
    _ stream: Span<UInt32>, _ body: (_ position: Int, PipeResourceCreate) -> Void
  ) {
    var position = 0
    while position < stream.count {
      let header = CommandHeader(stream[position])
      let end = position + 1 + header.length
      guard end <= stream.count else { return }
      if header.code == CommandCode.pipeResourceCreate.rawValue,
        let command = try? PipeResourceCreate(stream.extracting(position + 1..<end))
      {
        body(position, command)
      }
      position = end
    }
  }
}
