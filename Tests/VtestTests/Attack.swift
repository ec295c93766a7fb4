/// One stream that once crashed, or could crash, a renderer. It is sent to a context prepared by `Stream.setUp`:
/// resource 1 is a 16x16 target, 2 a vertex buffer of 96 bytes; objects 1, 2, 3, 10, 20, 21, 22 exist.
struct Attack {
  let name: String
  let stream: [UInt32]

  init(_ name: String, _ stream: [UInt32]) {
    self.name = name
    self.stream = stream
  }

  private static let many: UInt32 = 0xFFFF_FFFF

  static let all = framing + objects + slots + boxes + draws + shaders

  private static let framing = [
    Attack("a packet longer than the stream", [7 | 0xFFFF << 16, 0, 0]),
    Attack("an unknown command", Stream.command(250, [1, 2, 3])),
    Attack("nothing at all", []),
    Attack("a clear without payload", Stream.command(7, [])),
    Attack("handle 0", Stream.command(1, object: 1, [0] + [UInt32](repeating: 0, count: 10))),
    Attack("an object of no type", Stream.command(1, object: 0, [50])),
    Attack("an object of an unknown type", Stream.command(1, object: 200, [50, 0, 0])),
    Attack("sub-context 0 destroyed", Stream.command(30, [0]) + Stream.draw(4, count: 3)),
    Attack("the current sub-context destroyed", Stream.command(30, [1]) + Stream.draw(4, count: 3)),
    Attack("a string marker longer than its packet", Stream.command(51, [many, 0x4141_4141])),
  ]

  private static let objects = [
    Attack(
      "a surface of a resource that is not there", Stream.surface(60, of: 999, format: Stream.bgra8)
    ),
    Attack("a surface of an unknown format", Stream.surface(60, of: 1, format: many)),
    Attack("a surface of level 200", Stream.command(1, object: 8, [60, 1, Stream.bgra8, 200, 0])),
    Attack(
      "a surface of layers 65535 to 0",
      Stream.command(1, object: 8, [60, 1, Stream.bgra8, 0, 0xFFFF])),
    Attack(
      "a sampler view of an unknown format",
      Stream.command(1, object: 6, [60, 1, 0xFF_FFFF, 0, 0, 0])),
    Attack(
      "a sampler view with an illegal swizzle",
      Stream.command(1, object: 6, [60, 1, 1, 0, 0, 0xFFF])),
    Attack(
      "a sampler view with target 255",
      Stream.command(1, object: 6, [60, 1, 1 | 255 << 24, 0, 0, 0o3210])),
    Attack("a query of an unknown type", Stream.command(1, object: 9, [60, 0xFFFF, 0, 2])),
    Attack(
      "a query of a negative index", Stream.command(1, object: 9, [60, 5 | 0xFFFF << 16, 0, 2])),
    Attack(
      "a stream-output target outside its buffer",
      Stream.command(1, object: 10, [60, 2, many, many])),
    Attack(
      "33 vertex elements",
      Stream.command(1, object: 5, [60] + [UInt32](repeating: 0, count: 33 * 4))),
    Attack(
      "vertex elements of an unknown format", Stream.command(1, object: 5, [60, 0, 0, 0, many])),
    Attack("a blend object bound as a rasterizer", Stream.command(2, object: 2, [1])),
    Attack(
      "a bound object destroyed",
      [1, 2, 3, 10, 20, 21, 22].flatMap { Stream.command(3, [$0]) }
        + Stream.draw(4, count: 3) + Stream.clear(red: 0, green: 0, blue: 0, alpha: 0)),
    Attack(
      "one handle for two kinds",
      Stream.surface(20, of: 1, format: Stream.bgra8) + Stream.draw(4, count: 3)),
  ]

  private static let slots = [
    Attack("9 colour buffers", Stream.command(5, [9, 0] + [UInt32](repeating: 10, count: 9))),
    Attack("a colour buffer count beyond the packet", Stream.command(5, [8, 0, 10])),
    Attack(
      "no surface at all, then a clear",
      Stream.command(5, [1, 0, 0])
        + Stream.clear(red: 0, green: 0, blue: 0, alpha: 0)),
    Attack(
      "viewports from slot 2^32 - 1", Stream.command(4, [many] + [UInt32](repeating: 0, count: 6))),
    Attack("scissors from slot 2^32 - 1", Stream.command(15, [many, 0, 0])),
    Attack("sampler views from slot 2^32 - 1", Stream.command(10, [1, many, 0, 0])),
    Attack("sampler views of stage 77", Stream.command(10, [77, 0, 0])),
    Attack("200 sampler states", Stream.command(18, [1, 0] + [UInt32](repeating: 0, count: 200))),
    Attack("constants of stage 6", Stream.command(12, [6, 0, 1, 2, 3, 4])),
    Attack("uniform buffer 32", Stream.command(27, [0, 32, 0, 16, 2])),
    Attack(
      "a uniform range outside its buffer",
      Stream.command(27, [0, 1, many, many, 2]) + Stream.draw(4, count: 3)),
    Attack("shader buffers from slot 33", Stream.command(34, [1, 33, 0, 16, 2])),
    Attack(
      "a shader buffer outside its resource", Stream.command(34, [1, 0, 0xFFFF_FFF0, 0x20, 2])),
    Attack("images that wrap around", Stream.command(35, [1, many, 1, 3, 0, 0, 1])),
    Attack("an image of an unknown format", Stream.command(35, [1, 0, many, 3, 0, 0, 1])),
    Attack("atomic buffers that wrap around", Stream.command(40, [many, 0, 4, 2])),
    Attack("17 stream-output targets", Stream.command(25, [UInt32](repeating: 0, count: 18))),
    Attack("33 vertex buffers", Stream.command(6, [UInt32](repeating: 0, count: 99))),
    Attack("a vertex buffer of a resource that is not there", Stream.command(6, [16, 0, 999])),
  ]

  private static let boxes = [
    Attack(
      "an inline write past the end",
      Stream.command(9, [2, 0, 0, 0, 0, 90, 0, 0, 64, 1, 1] + zeros(16))),
    Attack(
      "an inline write with too little data",
      Stream.command(9, [1, 0, 0, 64, 0, 0, 0, 0, 16, 16, 1, 0])),
    Attack(
      "an inline write with an absurd stride",
      Stream.command(9, [1, 0, 0, many, many, 0, 0, 0, 4, 4, 1] + zeros(16))),
    Attack(
      "a blit of unknown formats",
      Stream.command(16, [15, 0, 0, 1, 0, many, 0, 0, 0, 4, 4, 1, 1, 0, many, 0, 0, 0, 4, 4, 1])),
    Attack(
      "a blit of level 99",
      Stream.command(16, [15, 0, 0, 1, 99, 1, 0, 0, 0, 4, 4, 1, 1, 99, 1, 0, 0, 0, 4, 4, 1])),
    Attack(
      "a blit of huge boxes",
      Stream.command(
        16,
        [
          15, 0, 0, 1, 0, 1, 0x7FFF_FFFF, 0x7FFF_FFFF, 0, many, many, 1, 1, 0, 1, many, many, many,
          4, 4, many,
        ])),
    Attack(
      "a blit between a buffer and a texture",
      Stream.command(
        16, [15, 0, 0, 1, 0, 1, 0, 0, 0, 4, 4, 1, 2, 0, 64, 0, 0, 0, 4, 4, 1])),
    Attack("a copy from outside", Stream.command(17, [1, 0, 0, 0, 0, 1, 0, 8, 8, 0, 16, 16, 1])),
    Attack(
      "a copy that wraps around",
      Stream.command(17, [2, 0, 0xFFFF_FFF0, 0, 0, 2, 0, 0, 0, 0, 32, 1, 1])),
    Attack(
      "a texture clear outside",
      Stream.command(47, [1, 7, many, many, many, many, many, many, 0, 0, 0, 0])),
    Attack(
      "a surface clear outside",
      Stream.command(62, [2 << 2, 10, 0, 0, 0, 0, many, many, many, many])),
    Attack(
      "a transfer without backing", Stream.command(43, [1, 0, 0, 0, 0, 0, 0, 0, 4, 4, 1, 0, 1])),
    Attack(
      "a transfer in no direction", Stream.command(43, [1, 0, 0, 0, 0, 0, 0, 0, 4, 4, 1, 0, 9])),
    Attack(
      "a copy transfer from nowhere",
      Stream.command(45, [1, 0, 0, 64, 0, 0, 0, 0, 16, 16, 1, 999, many, 3])),
    Attack("memory information into a texture", Stream.command(50, [1])),
    Attack("a layout of nothing", Stream.command(63, [2, 999])),
    Attack(
      "a resource type with five planes",
      Stream.command(49, [1, 1, 2, 16, 16, 0, 0, 0] + zeros(10))),
  ]

  private static let draws = [
    Attack("a draw without shaders", Stream.bindShader(0, stage: 0) + Stream.draw(4, count: 3)),
    Attack("a draw of 4096 vertices from 96 bytes", Stream.draw(0, count: 4096)),
    Attack("a draw of an unknown primitive", Stream.draw(99, count: 3)),
    Attack(
      "an indexed draw without indices", Stream.command(8, [0, 3, 4, 1, 1, 0, 0, 0, 0, 0, many, 0])),
    Attack(
      "an indexed draw past its indices",
      Stream.command(11, [2, 4, 0xFFFF_FF00])
        + Stream.command(8, [0, 0x4000_0000, 4, 1, 1, 0, 0, 0, 0, 0, many, 0])),
    Attack(
      "an indirect draw from nowhere",
      Stream.command(
        8, [0, 3, 4, 0, 1, 0, 0, 0, 0, 0, many, 0, 0, 0, 999, many, many, many, many, 999])),
    Attack(
      "patches without tessellation",
      Stream.command(8, [0, 3, 14, 0, 1, 0, 0, 0, 0, 0, many, 0, many, 0])),
    Attack(
      "a draw without vertex elements", Stream.command(2, object: 5, [0]) + Stream.draw(4, count: 3)
    ),
    Attack("vertex elements without buffers", Stream.command(6, []) + Stream.draw(4, count: 3)),
    Attack("a compute grid without a shader", Stream.command(37, [1, 1, 1, 1, 1, 1, 0, 0])),
    Attack(
      "dual-source blending of one output",
      Stream.command(
        1, object: 1,
        [60, 0, 0]
          + [UInt32](repeating: 1 | 9 << 4 | 9 << 9 | 9 << 17 | 9 << 22 | 0xF << 27, count: 8))
        + Stream.command(2, object: 1, [60]) + Stream.draw(4, count: 3)),
    Attack(
      "a query ended before it began", Stream.command(20, [60]) + Stream.command(21, [60, 1])),
  ]

  private static let shaders = [
    Attack("a shader that is not TGSI", Stream.shader(60, stage: 0, "int main() { return 0; }")),
    Attack("an empty shader", Stream.shader(60, stage: 0, "")),
    Attack("a shader of stage 9", Stream.shader(60, stage: 9, Stream.passThroughVertex)),
    Attack(
      "a vertex shader bound as a fragment shader",
      Stream.shader(60, stage: 1, Stream.passThroughVertex)
        + Stream.bindShader(60, stage: 1) + Stream.draw(4, count: 3)),
    Attack(
      "a shader shorter than announced, never finished",
      Stream.shader(60, stage: 0, "VERT", announced: 0x7FFF_FFFF)
        + Stream.bindShader(60, stage: 0) + Stream.draw(4, count: 3)),
    Attack(
      "a shader longer than announced",
      Stream.shader(60, stage: 0, Stream.passThroughVertex, announced: 4)),
    Attack(
      "the continuation of no shader", Stream.shader(60, stage: 0, "VERT", announced: 0x8000_0004)),
    Attack(
      "register 2^31 - 1", Stream.shader(60, stage: 0, "VERT\nDCL TEMP[0..2147483647]\n  0: END\n")),
    Attack(
      "an undeclared register",
      Stream.shader(
        60, stage: 1, "FRAG\nDCL OUT[0], COLOR\n  0: MOV OUT[0], TEMP[4000]\n  1: END\n")
        + Stream.bindShader(60, stage: 1) + Stream.draw(4, count: 3)),
    Attack(
      "an array of 2^31 samplers",
      Stream.shader(60, stage: 1, "FRAG\nDCL SAMP[0..2147483646]\n  0: END\n")),
    Attack(
      "a long property name",
      Stream.shader(
        60, stage: 0, "VERT\nPROPERTY " + String(repeating: "A", count: 9000) + " 1\n  0: END\n")),
    Attack(
      "too many texture offsets",
      Stream.shader(
        60, stage: 1,
        "FRAG\nDCL OUT[0], COLOR\nDCL SAMP[0]\nDCL TEMP[0]\nIMM[0] INT32 {0, 0, 0, 0}\n  0: TEX TEMP[0], TEMP[0], "
          + "SAMP[0], 2D" + String(repeating: ", IMM[0].xyz", count: 60) + "\n  1: END\n")),
    Attack(
      "2000 nested conditions",
      Stream.shader(
        60, stage: 0,
        "VERT\nDCL IN[0]\nDCL OUT[0], POSITION\n"
          + (0..<2000).map { "  \($0): UIF IN[0].xxxx :0\n" }.joined()
          + "  2000: END\n")),
    Attack("65 stream outputs", Stream.command(1, object: 4, [60, 0, 8, 10, 65] + zeros(140))),
    Attack(
      "stream output of a register that is not there",
      Stream.command(
        1, object: 4, [60, 0, 4, 10, 1, 4, 4, 4, 4, 0xFFFF_FFFF, 0xFFFF_FFFF, 0x5452_4556])),
  ]

  private static func zeros(_ count: Int) -> [UInt32] { [UInt32](repeating: 0, count: count) }
}
