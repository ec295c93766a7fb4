import Glibc
import Platform
import Testing

@Suite struct DescriptorTests {
  private func isOpen(_ raw: CInt) -> Bool { fcntl(raw, F_GETFD) != -1 }

  @Test func closesWhatItOwns() throws {
    let raw: CInt
    do {
      let owned = OwnedDescriptor(owning: dup(0))
      raw = owned.raw
      let answers = owned.isOpen
      #expect(answers && isOpen(raw))
    }
    #expect(!isOpen(raw))
  }

  @Test func takeGivesTheDescriptorAway() {
    let raw = OwnedDescriptor(owning: dup(0)).take()
    #expect(isOpen(raw))
    close(raw)
  }

  @Test func anyNegativeNumberIsNone() {
    let none = OwnedDescriptor(owning: -17)
    let raw = none.raw
    #expect(raw == -1)
    #expect(throws: Errno(EBADF)) { () throws in _ = try none.duplicate() }
  }

  @Test func duplicatesCloseOnExec() throws {
    let raw = try OwnedDescriptor(duplicating: 0).take()
    #expect(fcntl(raw, F_GETFD) & FD_CLOEXEC != 0)
    close(raw)
  }

  @Test func eventIsReadableUntilCleared() throws {
    let event = try EventDescriptor()
    let raw = event.raw
    func isReadable() -> Bool {
      var entry = pollfd(fd: raw, events: Int16(POLLIN), revents: 0)
      return poll(&entry, 1, 0) == 1
    }
    #expect(!isReadable())
    event.signal()
    event.signal()
    #expect(isReadable())
    event.clear()
    #expect(!isReadable())
    event.clear()
  }

  @Test func errnoHasTheLibrarysText() {
    #expect(Errno(EINVAL).description == "Invalid argument (22)")
    #expect(Errno(99_999).description.contains("99999"))
  }
}

@Suite struct SyncFileTests {
  /// A readable descriptor behaves like a signalled fence for everything but merging.
  private func makeFile(_ event: borrowing EventDescriptor) throws -> SyncFile {
    SyncFile(owning: try OwnedDescriptor(duplicating: event.raw))
  }

  @Test func signalsOnce() throws {
    let event = try EventDescriptor()
    let file = try makeFile(event)
    let before = file.wait(milliseconds: 0)
    #expect(before == .pending)
    event.signal()
    let after = file.wait(milliseconds: -1)
    let isSignalled = file.isSignalled
    #expect(after == .signalled)
    #expect(isSignalled)
  }

  @Test func aClosedDescriptorIsAFailureNotAWait() {
    let file = SyncFile(owning: OwnedDescriptor(owning: 1_000_000))
    let state = file.wait(milliseconds: -1)
    #expect(state == .failed)
    _ = file.take()
  }

  @Test func mergingNeedsSyncFiles() {
    #expect(throws: Errno(ENOTTY)) { () throws in
      let event = try EventDescriptor()
      _ = try makeFile(event).merged(with: makeFile(event))
    }
  }

  @Test func exportIsAnotherDescriptor() throws {
    let event = try EventDescriptor()
    let file = try makeFile(event)
    let exported = try file.export()
    let raw = file.descriptor.raw
    #expect(exported != raw)
    close(exported)
  }
}

@Suite struct MappingTests {
  private func makeMemory(_ bytes: Int) throws -> OwnedDescriptor {
    try OwnedDescriptor(sharedMemory: "mapping test", byteCount: bytes)
  }

  @Test func sharesPages() throws {
    let memory = try makeMemory(10_000)
    let first = try Mapping(sharing: memory, byteCount: 10_000)
    let second = try Mapping(sharing: memory, byteCount: 1)
    let sizes = [first.byteCount, second.byteCount]
    #expect(sizes == [12_288, 4096])
    first.start.storeBytes(of: 0x1234_5678, toByteOffset: 4, as: UInt32.self)
    let seen = second.start.load(fromByteOffset: 4, as: UInt32.self)
    #expect(seen == 0x1234_5678)
  }

  @Test(arguments: [0, -1, Int.min, Int.max]) func refusesImpossibleSizes(_ bytes: Int) {
    #expect(throws: Errno(EINVAL)) { () throws in _ = try Mapping(sharing: makeMemory(4096), byteCount: bytes) }
  }

  @Test func replacesAReservation() throws {
    let memory = try makeMemory(8192)
    let reserved = mmap(nil, 8192, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    let address = try #require(reserved)
    try Mapping.share(memory, byteCount: 8192, replacing: address)
    address.storeBytes(of: 7, as: UInt8.self)
    let other = try Mapping(sharing: memory, byteCount: 8192)
    let seen = other.start.load(as: UInt8.self)
    #expect(seen == 7)
    try Mapping.unmap(address, 8192)
  }

  @Test func disownedPagesStay() throws {
    let pages = try Mapping(sharing: try makeMemory(4096), byteCount: 4096).disown()
    pages.start.storeBytes(of: 1, as: UInt8.self)
    try Mapping.unmap(pages.start, pages.byteCount)
  }
}
