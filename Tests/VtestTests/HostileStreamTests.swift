import Testing

/// Streams that no driver sends. Whatever a client does, the process that loaded the library lives on, answers or
/// closes the connection, and serves the next client correctly.
@Suite(.serialized) struct HostileStreamTests {
  /// Sends a stream into a context that is ready to draw, and waits until it was worked off or refused.
  private func provoke(_ server: VtestServer, _ stream: [UInt32]) throws {
    do {
      let client = try VtestConnection(server)
      try client.createTexture(
        1, format: Stream.bgra8, bind: Stream.renderTarget | Stream.samplerView, width: 16,
        height: 16)
      try client.createBuffer(2, bind: Stream.vertexBuffer, size: 96)
      try client.submit(Stream.setUp(width: 16, height: 16))
      try client.submit(stream)
      try client.finish()
    } catch VtestFailure.closed {}  // the way vtest says no
  }

  /// A well-behaved client gets what it asked for.
  private func checkHealth(_ server: VtestServer, after cause: String) throws {
    try #require(server.isAlive, "the server ended after: \(cause)\n\(server.lastMessages)")
    let client = try VtestConnection(server)
    try client.createTexture(
      1, format: Stream.bgra8, bind: Stream.renderTarget, width: 1, height: 1)
    try client.submit(
      Stream.createSubContext(1) + Stream.surface(10, of: 1, format: Stream.bgra8)
        + Stream.framebuffer(colour: 10)
        + Stream.clear(red: 0, green: 1, blue: 0, alpha: 1))
    #expect(try client.readBack(1, width: 1, height: 1) == [0, 255, 0, 255], "after: \(cause)")
  }

  @Test func knownAttacks() throws {
    let server = try VtestServer()
    for attack in Attack.all {
      try provoke(server, attack.stream)
      try checkHealth(server, after: attack.name)
    }
  }

  /// Every command number with payloads of every small length and of extreme words.
  @Test func everyCommandWithExtremeWords() throws {
    let server = try VtestServer()
    for number in UInt32(0)..<70 {
      for word: UInt32 in [0, 1, 2, 0x7FFF_FFFF, 0xFFFF_FFFF] {
        let stream = (0...24).flatMap { length in
          Stream.createSubContext(100 + UInt32(length))
            + Stream.command(number, object: word & 0xF, [UInt32](repeating: word, count: length))
        }
        try provoke(server, stream)
        try #require(server.isAlive, "command \(number), words \(word)\n\(server.lastMessages)")
      }
    }
    try checkHealth(server, after: "extreme words")
  }

  /// A good stream with single words replaced; the seed is fixed, so a failure repeats.
  @Test func damagedStreams() throws {
    let server = try VtestServer()
    // The draw stays as it is: four thousand million vertices are legal, and take a software rasteriser minutes.
    let good =
      Stream.setUp(width: 16, height: 16) + Stream.clear(red: 1, green: 1, blue: 1, alpha: 1)
    var random = SplitMix(state: 20_260)
    for round in 0..<150 {
      var damaged = good
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let extremes: [UInt32] = [
          0, 1, 0xFF, 0xFFFF, 0x8000_0000, 0xFFFF_FFFF, UInt32(truncatingIfNeeded: random.next()),
        ]
        damaged[Int.random(in: 0..<damaged.count, using: &random)] =
          extremes.randomElement(using: &random) ?? 0
      }
      try provoke(server, damaged + Stream.draw(4, count: 3))
      try #require(server.isAlive, "round \(round)\n\(server.lastMessages)")
    }
    try checkHealth(server, after: "damaged streams")
  }

  /// Resources that cannot exist, and transfers that leave the ones that do.
  @Test func impossibleResourcesAndTransfers() throws {
    let server = try VtestServer()
    let extremes: [UInt32] = [0, 1, 16, 0x7FFF_FFFF, 0xFFFF_FFFF]
    for target in [UInt32](0...9) {
      for extent in extremes {
        do {
          let client = try VtestConnection(server)
          for format: UInt32 in [0, 1, 64, 480, 0xFFFF_FFFF] {
            try client.send(
              .resourceCreate,
              [format &+ 1, target, format, 1 << 3, extent, extent, extent, extent, extent & 31, 0])
          }
          try client.finish()
        } catch VtestFailure.closed {}
        try #require(server.isAlive, "target \(target), extent \(extent)\n\(server.lastMessages)")
      }
    }
    for origin in extremes {
      for extent in extremes {
        do {
          let client = try VtestConnection(server)
          try client.createTexture(
            1, format: Stream.bgra8, bind: Stream.samplerView, width: 16, height: 16)
          try client.send(.transferGet, [1, 0, 64, 0, origin, origin, 0, extent, extent, 1, 1024])
          _ = try client.receive(bytes: 1024)
        } catch VtestFailure.closed {}
        try #require(server.isAlive, "box at \(origin) of \(extent)\n\(server.lastMessages)")
      }
    }
    try checkHealth(server, after: "impossible resources")
  }
}

/// SplitMix64: small, and the same on every machine.
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}
