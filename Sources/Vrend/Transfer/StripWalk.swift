/// A piece of a box that fits the staging area: some whole layers, or some rows of one layer. Rows count blocks.
struct Strip {
  var layer: Int
  var layers: Int
  var row: Int
  var rows: Int

  /// The texels of this strip of `box`.
  func region(of box: Region, blockHeight: Int) -> Region {
    var region = box
    region.z = box.z &+ layer
    region.depth = layers
    region.y = box.y &+ row &* blockHeight
    region.height = min(rows &* blockHeight, box.height &- row &* blockHeight)
    return region
  }
}

/// Cuts a box into strips of at most `limit` bytes, layer by layer and downwards. A row is never cut.
struct StripWalk {
  private let rows: Int
  private let layers: Int
  private let rowsPerStrip: Int
  private let layersPerStrip: Int
  private var layer = 0
  private var row = 0

  /// - Parameters:
  ///   - rowBytes: bytes per row of blocks, at least 1.
  ///   - limit: bytes of the staging area, at least `rowBytes`.
  init(rowBytes: Int, rows: Int, layers: Int, limit: Int) {
    self.rows = rows
    self.layers = layers
    let layerBytes = max(1, rowBytes &* rows)
    layersPerStrip = max(1, limit / layerBytes)
    rowsPerStrip = layerBytes <= limit ? rows : max(1, limit / rowBytes)
  }

  mutating func next() -> Strip? {
    guard layer < layers, row < rows else { return nil }
    let strip = Strip(
      layer: layer, layers: min(layersPerStrip, layers &- layer), row: row, rows: min(rowsPerStrip, rows &- row))
    row &+= strip.rows
    if row == rows {
      row = 0
      layer &+= strip.layers
    }
    return strip
  }
}
