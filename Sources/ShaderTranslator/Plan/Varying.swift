import TGSI

/// One variable between two stages, named by semantic and index alone.
struct Varying: Hashable {
  enum Kind: UInt8 {
    case generic, texcoord, colour, backColour, fog, patch, clipVertex
  }

  var kind: Kind
  var index: UInt8

  init(_ kind: Kind, _ index: UInt8) {
    self.kind = kind
    self.index = index
  }

  /// nil for semantics that are built-in variables or no interface at all.
  init?(_ semantic: Semantic) {
    let kind: Kind
    switch semantic.name {
    case .generic: kind = .generic
    case .texcoord: kind = .texcoord
    case .color: kind = .colour
    case .bcolor: kind = .backColour
    case .fog: kind = .fog
    case .patch: kind = .patch
    case .clipVertex: kind = .clipVertex
    default: return nil
    }
    self.init(kind, UInt8(clamping: semantic.index))
  }

  var isInRange: Bool {
    switch kind {
    case .generic: index < 64
    case .texcoord: index < 8
    case .colour, .backColour: index < 2
    case .fog, .clipVertex: index == 0
    case .patch: index < 32
    }
  }
}

extension VaryingSet {
  mutating func insert(_ varying: Varying) {
    switch varying.kind {
    case .generic: generics |= 1 << UInt64(varying.index)
    case .texcoord: texcoords |= 1 << varying.index
    case .colour: colours |= 1 << varying.index
    case .backColour: colours |= 4 << varying.index
    case .fog: others |= Self.fogBit
    case .clipVertex: others |= Self.clipVertexBit
    case .patch: patches |= 1 << UInt32(varying.index)
    }
  }

  func contains(_ varying: Varying) -> Bool {
    switch varying.kind {
    case .generic: generics >> UInt64(varying.index) & 1 != 0
    case .texcoord: texcoords >> varying.index & 1 != 0
    case .colour: colours >> varying.index & 1 != 0
    case .backColour: colours >> (2 + varying.index) & 1 != 0
    case .fog: others & Self.fogBit != 0
    case .clipVertex: others & Self.clipVertexBit != 0
    case .patch: patches >> UInt32(varying.index) & 1 != 0
    }
  }
}

extension GenericWidths {
  /// 4 for all but generics.
  func components(of varying: Varying) -> UInt8 { varying.kind == .generic ? self[varying.index] : 4 }
}
