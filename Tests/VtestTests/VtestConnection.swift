import Glibc

/// One client of a vtest server, at protocol version 0: every word and every byte of data travels in the stream, so a
/// test decides each of them. Offsets and sizes are in words unless they say bytes.
final class VtestConnection {
  enum Request: UInt32 {
    case resourceCreate = 2
    case resourceUnref = 3
    case transferGet = 4
    case transferPut = 5
    case submit = 6
    case busyWait = 7
    case createRenderer = 8
  }

  private let descriptor: Int32
  /// Lives at least as long as its clients.
  private let server: VtestServer

  /// Connects and introduces itself; the server makes its renderer when the first request needs it.
  init(_ server: VtestServer) throws {
    self.server = server
    guard let connected = Self.connect(to: server.socket) else { throw VtestFailure.refused }
    descriptor = connected
    let name = Array("test\0".utf8)
    try sendBytes(words([UInt32(name.count), Request.createRenderer.rawValue]) + name)
  }

  deinit { close(descriptor) }

  /// A socket connected to a path; nil while nobody listens there.
  static func connect(to path: String) -> Int32? {
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) {
      $0.copyBytes(from: Array(path.utf8).prefix($0.count - 1))
    }
    let size = socklen_t(MemoryLayout<sockaddr_un>.size)
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { Glibc.connect(descriptor, $0, size) }
    }
    guard result == 0 else {
      close(descriptor)
      return nil
    }
    return descriptor
  }

  private func words(_ values: [UInt32]) -> [UInt8] {
    values.withUnsafeBytes { Array($0) }
  }

  /// Sends bytes as they are.
  func sendBytes(_ bytes: [UInt8]) throws {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { throw VtestFailure.closed }
      sent += count
    }
  }

  /// Sends one request; its header says the true length.
  func send(_ request: Request, _ payload: [UInt32]) throws {
    try sendBytes(words([UInt32(payload.count), request.rawValue] + payload))
  }

  /// Sends a command stream to the context.
  func submit(_ stream: [UInt32]) throws {
    try send(.submit, stream)
  }

  /// Reads exactly `count` bytes. A server that says nothing for half a minute is taken as hanging.
  func receive(bytes count: Int) throws -> [UInt8] {
    var received = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      var ready = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&ready, 1, 30_000) > 0 else { throw VtestFailure.silent }
      let got = received[filled...].withUnsafeMutableBytes {
        recv(descriptor, $0.baseAddress, $0.count, 0)
      }
      guard got > 0 else { throw VtestFailure.closed }
      filled += got
    }
    return received
  }

  /// Returns when the server has worked off everything sent before.
  func finish() throws {
    try send(.busyWait, [0, 1])
    _ = try receive(bytes: 12)
  }

  /// Creates a two-dimensional resource; formats and bind flags as on the wire.
  func createTexture(_ handle: UInt32, format: UInt32, bind: UInt32, width: UInt32, height: UInt32)
    throws
  {
    try send(.resourceCreate, [handle, 2, format, bind, width, height, 1, 1, 0, 0])
  }

  /// Creates a buffer of `size` bytes.
  func createBuffer(_ handle: UInt32, bind: UInt32, size: UInt32) throws {
    try send(.resourceCreate, [handle, 0, 64, bind, size, 1, 1, 1, 0, 0])
  }

  /// Reads a rectangle of level 0 back, 4 bytes a texel.
  func readBack(_ handle: UInt32, width: UInt32, height: UInt32) throws -> [UInt8] {
    let size = width * height * 4
    try send(.transferGet, [handle, 0, width * 4, 0, 0, 0, 0, width, height, 1, size])
    return try receive(bytes: Int(size))
  }
}
