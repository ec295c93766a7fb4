import Glibc
import Platform
import Testing
import VirtioGPU

@Suite struct ResourceTests {
  private func makeBlob(bytes: Int, size: UInt64, kind: DescriptorKind = .sharedMemory) throws -> Resource {
    Resource(
      id: ResourceID(1), descriptor: try OwnedDescriptor(sharedMemory: "blob", byteCount: bytes), kind: kind,
      blobSize: size, caching: .cached)
  }

  @Test func backingIsAttachedOnceAndHandedBack() throws {
    let resource = Resource(id: ResourceID(7))
    var list = [iovec(iov_base: nil, iov_len: 0)]
    try list.withUnsafeMutableBufferPointer { list in
      let memory = try GuestMemory(vectors: list.baseAddress, count: 1)
      try resource.attach(memory)
      let fault = #expect(throws: Fault.self) { try resource.attach(memory) }
      #expect(fault?.code == .duplicate)
      #expect(resource.detachBacking()?.vectors == list.baseAddress)
      #expect(resource.detachBacking() == nil)
      try resource.attach(memory)
      resource.retire()
      #expect(resource.backing == nil)
    }
  }

  @Test func mapsOnceAtATime() throws {
    let resource = try makeBlob(bytes: 8192, size: 5000)
    let mapping = try resource.map()
    #expect(mapping.byteCount == 8192)
    mapping.start.storeBytes(of: 42, as: UInt8.self)
    #expect(throws: Fault.self) { try resource.map() }
    try resource.unmap()
    #expect(throws: Fault.self) { try resource.unmap() }
    let again = try resource.map()
    #expect(again.start.load(as: UInt8.self) == 42)
    resource.retire()
    #expect(resource.mapping == nil)
  }

  @Test func exportIsTheCallers() throws {
    let resource = try makeBlob(bytes: 4096, size: 4096)
    let exported = try resource.export()
    let kind = exported.kind
    #expect(kind == .sharedMemory)
    let raw = exported.take()
    #expect(raw != resource.borrowedDescriptor)
    #expect(fcntl(raw, F_GETFD) & FD_CLOEXEC != 0)
    close(raw)
    #expect(try resource.describe().descriptor == resource.borrowedDescriptor)
  }

  @Test func whatCannotBeSharedSaysSo() throws {
    let guestOnly = Resource(id: ResourceID(2), blobSize: 4096, caching: .cached)
    #expect(throws: Fault.self) { _ = try guestOnly.export().take() }
    #expect(throws: Fault.self) { try guestOnly.map() }
    #expect(try guestOnly.describe().descriptor == -1)
    let opaque = try makeBlob(bytes: 4096, size: 4096, kind: .opaque)
    let fault = #expect(throws: Fault.self) { try opaque.map() }
    #expect(fault?.code == .unsupported)
    #expect(throws: Fault.self) { try makeBlob(bytes: 4096, size: .max).map() }
  }

  @Test func mapsAtTheClientsAddress() throws {
    let resource = try makeBlob(bytes: 4096, size: 4096)
    let window = try #require(mmap(nil, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0))
    try resource.mapFixed(at: window)
    window.storeBytes(of: 5, as: UInt8.self)
    #expect(try resource.map().start.load(as: UInt8.self) == 5)
    resource.retire()
    #expect(window.load(as: UInt8.self) == 5)
    munmap(window, 4096)
    #expect(throws: Fault.self) { try resource.mapFixed(at: UnsafeMutableRawPointer(bitPattern: 1)!) }
  }

  @Test func namesAreCutAndEscaped() {
    func name(_ bytes: [UInt8]) -> String { bytes.withUnsafeBytes { DebugName($0).description } }
    #expect(name([]) == "")
    #expect(name(Array("glxgears".utf8)) == "glxgears")
    #expect(name([0x61, 0, 0x62]) == "a")
    #expect(name([0x61, 0x0A, 0xFF, 0x25]) == "a??%")
    #expect(name(Array(repeating: 0x78, count: 200)).utf8.count == 63)
    #expect(DebugName(UnsafeRawBufferPointer(start: nil, count: 0)).description == "")
  }
}

@Suite struct FenceTableTests {
  /// An eventfd stands for a sync file: readable once signalled. Enters one and returns it.
  private func insert(_ id: UInt64, into table: FenceTable) throws -> Signal {
    let signal = try Signal()
    try table.insert(FenceID(id), signal)
    return signal
  }

  private final class Signal: SharableFence {
    let event: EventDescriptor
    init() throws { event = try EventDescriptor() }
    func makeFile() -> SyncFile? { try? SyncFile(owning: OwnedDescriptor(duplicating: event.raw)) }
    var isSignalled: Bool { makeFile()?.isSignalled ?? false }
    func orderLaterWork() {}
  }

  /// nil when the table does not know the fence.
  private func isSignalled(_ id: UInt64, in table: FenceTable) throws -> Bool? {
    switch table.makeFile(FenceID(id)) {
    case .some(let file): file.isSignalled
    case nil: nil
    }
  }

  private func hasLastSignalled(_ table: FenceTable) throws -> Bool {
    switch table.makeFileOfLastSignalled() {
    case .some(let file): file.isSignalled
    case nil: false
    }
  }

  /// The owner says when, so that adding one does not cost a look at all.
  @Test func retiredFencesLeave() throws {
    let table = FenceTable()
    let first = try insert(1, into: table)
    #expect(try isSignalled(1, in: table) == false)
    #expect(try !hasLastSignalled(table))
    first.event.signal()
    table.retire(FenceID(1))
    _ = try insert(2, into: table)
    #expect(try isSignalled(1, in: table) == nil)
    #expect(try isSignalled(2, in: table) == false)
    #expect(try hasLastSignalled(table))
    table.removeAll()
    #expect(try isSignalled(2, in: table) == nil)
    #expect(try !hasLastSignalled(table))
  }

  @Test func theTableIsBounded() throws {
    let table = FenceTable()
    for id in 1...UInt64(FenceTable.limit) { _ = try insert(id, into: table) }
    let fault = #expect(throws: Fault.self) { try insert(9999, into: table) }
    #expect(fault?.code == .outOfMemory)
    table.drop(FenceID(1))
    _ = try insert(9999, into: table)
    #expect(try !hasLastSignalled(table))
  }

  /// Fences of the driver's end on the thread that adds them, not on those that retire them.
  @Test func fencesEndWhereTheyAreMade() throws {
    let table = FenceTable()
    weak let dropped = try insert(1, into: table)
    weak let first = try insert(2, into: table)
    weak let second = try insert(3, into: table)
    table.drop(FenceID(1))
    table.retire(FenceID(2))
    table.retire(FenceID(3))
    #expect(dropped != nil && first != nil && second != nil)
    _ = try insert(4, into: table)
    #expect(dropped == nil && first == nil && second != nil)
    table.removeAll()
    #expect(second == nil)
  }

  @Test func aPendingIdIsTakenOnce() throws {
    let table = FenceTable()
    let first = try insert(5, into: table)
    let fault = #expect(throws: Fault.self) { try insert(5, into: table) }
    #expect(fault?.code == .duplicate)
    first.event.signal()
    _ = try insert(5, into: table)
    #expect(try isSignalled(5, in: table) == false)
  }
}
