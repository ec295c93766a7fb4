import ShaderTranslator

/// Everything that the choice of a draw's program depends on, as a few words that bindings keep up to date.
///
/// Equal inputs choose the same program, so a draw after a change of shaders or state compares these words and builds
/// no variant keys. Numbers here are exact, never hashes.
struct ProgramInputs: Equatable {
  /// 0–4: serials of the bound graphics shaders, by stage; 5: rasterizer; 6: integer attributes; 7: exchanged
  /// attributes and small fields; 8: colour buffers; 9: samplers whose views change shaders.
  private var words = InlineArray<10, UInt64>(repeating: 0)

  /// Serial of a stage's shader, 0 for none. Stages in wire order, graphics only.
  subscript(shader stage: Int) -> UInt64 {
    @inline(__always) get { words[stage] }
    @inline(__always) set { words[stage] = newValue }
  }

  /// See `RasterizerObject.shaderDigest`.
  var rasterizer: UInt64 {
    @inline(__always) get { words[5] }
    @inline(__always) set { words[5] = newValue }
  }

  /// Masks of signed (low half) and unsigned integer vertex attributes.
  var integerAttributes: UInt64 {
    @inline(__always) get { words[6] }
    @inline(__always) set { words[6] = newValue }
  }

  /// Mask of vertex attributes whose red and blue the shader exchanges.
  var exchangedAttributes: UInt32 {
    @inline(__always) get { UInt32(truncatingIfNeeded: words[7]) }
    @inline(__always) set { words[7] = words[7] & ~0xffff_ffff | UInt64(newValue) }
  }

  /// The alpha test that the fragment shader must do, as `DepthStencilAlphaObject.alphaFunction`.
  var alphaFunction: UInt32 {
    @inline(__always) get { field(at: 32, bits: 4) }
    @inline(__always) set { setField(newValue, at: 32, bits: 4) }
  }

  /// Blending reads the fragment shader's second colour.
  var usesSecondSource: Bool {
    @inline(__always) get { field(at: 36, bits: 1) != 0 }
    @inline(__always) set { setField(newValue ? 1 : 0, at: 36, bits: 1) }
  }

  /// The logic operation that the fragment shader must do, as Gallium's number + 1; 0 = none.
  var emulatedLogicOp: UInt32 {
    @inline(__always) get { field(at: 48, bits: 5) }
    @inline(__always) set { setField(newValue, at: 48, bits: 5) }
  }

  /// What is rasterized, where a variant depends on it; else 0.
  var primitive: UInt32 {
    @inline(__always) get { field(at: 40, bits: 2) }
    @inline(__always) set { setField(newValue, at: 40, bits: 2) }
  }

  /// On ES hosts the vertices of a patch, at most 32; 0 until a draw asks for another number than at the start.
  var patchVertices: UInt32 {
    @inline(__always) get { field(at: 42, bits: 6) }
    @inline(__always) set { setField(newValue, at: 42, bits: 6) }
  }

  /// See `ColorBufferTraits.packed`: 40 bits.
  var colorBuffers: UInt64 {
    @inline(__always) get { words[8] & (1 << 40 - 1) }
    @inline(__always) set { words[8] = words[8] & ~(1 << 40 - 1) | newValue }
  }

  /// See `FragmentKey.channelBits`; 0 without `emulatedLogicOp`.
  var channelBits: UInt32 {
    @inline(__always) get { UInt32(truncatingIfNeeded: words[8] &>> 40) }
    @inline(__always) set { words[8] = words[8] & (1 << 40 - 1) | UInt64(newValue) &<< 40 }
  }

  /// A byte per stage: the number that `SamplerKeyTable` gave to the stage's sampler key.
  var samplers: UInt64 {
    @inline(__always) get { words[9] }
    @inline(__always) set { words[9] = newValue }
  }

  init() { alphaFunction = 7 }

  @inline(__always)
  private func field(at shift: UInt64, bits: UInt64) -> UInt32 {
    UInt32(truncatingIfNeeded: words[7] &>> shift & (1 &<< bits &- 1))
  }

  @inline(__always)
  private mutating func setField(_ value: UInt32, at shift: UInt64, bits: UInt64) {
    let mask: UInt64 = (1 &<< bits &- 1) &<< shift
    words[7] = words[7] & ~mask | UInt64(value) &<< shift & mask
  }

  @inline(__always)
  static func == (a: ProgramInputs, b: ProgramInputs) -> Bool {
    var differing: UInt64 = 0
    for index in 0..<10 { differing |= a.words[index] ^ b.words[index] }
    return differing == 0
  }

  /// Spreads inputs over the slots of a table; neighbouring serials fall apart.
  @inline(__always)
  var slotHash: UInt64 {
    var hash = words[0]
    for index in 1..<10 { hash = (hash ^ hash &>> 29) &* 0x9E37_79B9_7F4A_7C15 &+ words[index] }
    return hash &* 0x9E37_79B9_7F4A_7C15 &>> 32
  }
}

/// Numbers for the sampler keys that a sub-context has met, so that `ProgramInputs` holds a key in a byte.
struct SamplerKeyTable: ~Copyable {
  /// The key at index n has number n + 1; the empty key is number 0.
  private var keys: [SamplerKey] = []

  /// No room for the keys of five stages: numbers given so far must be forgotten.
  var isFull: Bool { keys.count > 250 }

  mutating func number(of key: SamplerKey) -> UInt8 {
    guard key != SamplerKey() else { return 0 }
    if let index = keys.firstIndex(of: key) { return UInt8(truncatingIfNeeded: index + 1) }
    keys.append(key)
    return UInt8(truncatingIfNeeded: keys.count)
  }

  mutating func removeAll() { keys.removeAll(keepingCapacity: true) }
}

/// The programs of recent inputs: a table with one place per hash, in front of `ProgramCache`.
struct ProgramMemo: ~Copyable {
  /// Not private: the compiler (6.3.1) loses a private type that another file destroys.
  struct Entry {
    var inputs = ProgramInputs()
    var program: LinkedProgram?
  }

  private static var size: Int { 256 }
  private var entries = Buffer<Entry>(repeating: Entry(), count: ProgramMemo.size)

  @inline(__always)
  private func place(_ inputs: ProgramInputs) -> Int {
    Int(truncatingIfNeeded: inputs.slotHash) & (Self.size - 1)
  }

  @inline(__always)
  func find(_ inputs: ProgramInputs) -> LinkedProgram? {
    let place = place(inputs)
    guard entries[place].inputs == inputs else { return nil }
    return entries[place].program
  }

  mutating func remember(_ program: LinkedProgram, for inputs: ProgramInputs) {
    entries[place(inputs)] = Entry(inputs: inputs, program: program)
  }

  mutating func forgetAll() {
    for place in 0..<Self.size { entries[place].program = nil }
  }
}
