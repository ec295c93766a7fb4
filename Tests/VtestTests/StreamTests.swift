import Testing

/// Hand-written streams with known pictures: what the command means, not what another library does.
@Suite(.serialized) struct StreamTests {
  /// One texel as blue, green, red, alpha.
  private func texel(_ picture: [UInt8], _ index: Int) -> [UInt8] {
    Array(picture[index * 4..<index * 4 + 4])
  }

  @Test func clearFillsTheTarget() throws {
    let client = try VtestConnection(VtestServer())
    try client.createTexture(
      1, format: Stream.bgra8, bind: Stream.renderTarget, width: 8, height: 4)
    try client.submit(
      Stream.createSubContext(1) + Stream.surface(10, of: 1, format: Stream.bgra8)
        + Stream.framebuffer(colour: 10)
        + Stream.clear(red: 1, green: 0.2, blue: 0, alpha: 1))
    let picture = try client.readBack(1, width: 8, height: 4)
    for index in 0..<32 { #expect(texel(picture, index) == [0, 51, 255, 255]) }
  }

  @Test func aTriangleCoversItsHalf() throws {
    let client = try VtestConnection(VtestServer())
    try client.createTexture(
      1, format: Stream.bgra8, bind: Stream.renderTarget, width: 16, height: 16)
    try client.createBuffer(2, bind: Stream.vertexBuffer, size: 96)
    // Corners of clip space, each with the colour green; the diagonal runs from lower left to upper right.
    let corners: [[Float]] = [[-1, -1], [1, -1], [1, 1]]
    let vertices = corners.flatMap { $0 + [0, 1] + [0, 1, 0, 1] }.map(\.bitPattern)
    try client.submit(
      Stream.setUp(width: 16, height: 16)
        + Stream.command(9, [2, 0, 0, 0, 0, 0, 0, 0, 96, 1, 1] + vertices)
        + Stream.clear(red: 0, green: 0, blue: 1, alpha: 1) + Stream.draw(4, count: 3))
    let picture = try client.readBack(1, width: 16, height: 16)
    let (inside, outside): ([UInt8], [UInt8]) = ([0, 255, 0, 255], [255, 0, 0, 255])
    for row in 0..<16 {
      // On the diagonal itself the rasteriser decides.
      for column in 0..<16 where column != row {
        #expect(
          texel(picture, row * 16 + column) == (column > row ? inside : outside),
          "\(column), \(row)")
      }
    }
  }
}
