import Glibc
import Platform
import RendererCore

/// Stands for a sync file where the kernel has none: a pipe that is readable once it is signalled.
final class TestFence: Sendable {
  private let reading: CInt
  private let writing: CInt

  init() throws {
    var ends: [CInt] = [0, 0]
    guard pipe(&ends) == 0 else { throw Errno.last }
    (reading, writing) = (ends[0], ends[1])
  }

  deinit {
    close(reading)
    close(writing)
  }

  func signal() {
    var one: UInt8 = 1
    precondition(write(writing, &one, 1) == 1)
  }

  /// A descriptor to give away.
  func share() -> CInt { dup(reading) }

  /// How many descriptors the process has.
  static var openDescriptors: Int {
    (0..<4096 as Range<CInt>).count { fcntl($0, F_GETFD) != -1 }
  }
}
