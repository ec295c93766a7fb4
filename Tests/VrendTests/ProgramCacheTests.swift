import CEpoxy
import GLDriver
import GuestStreams
import Glibc
import ShaderTranslator
import TGSI
import TestSupport
import Testing
import VirtioGPU
import WireFormat

@testable import Platform
@testable import RendererCore
@testable import Vrend

/// A directory for programs.
private struct Folder {
  let temporary: TemporaryFolder
  var path: String { temporary.path }
  var names: [String] { temporary.names }
  var options: ProgramCacheOptions { ProgramCacheOptions(directory: path) }

  init() throws { temporary = try TemporaryFolder("programs") }

  /// Replaces each file by what `edit` makes of it.
  func editAll(_ edit: ([UInt8]) -> [UInt8]) throws {
    for name in names { try temporary.write(edit(try temporary.read(name)), to: name) }
  }
}

extension EngineSuites {
  /// Programs that are kept in files, and what becomes of the files.
  @Suite(.serialized) struct ProgramCacheTests {
    private static let red: UInt32 = 0xff00_00ff

    /// Draws in a renderer of its own.
    private func draw(_ folder: Folder, _ flavour: GLFlavour = .core, log: Log = .silent) throws -> Statistics {
      var statistics = Statistics()
      try StreamRig.with(flavour, programCache: folder.options, log: log) { rig in
        try Scene.makeResources(rig)
        var stream = Scene.state()
        stream.append(Scene.write(Scene.coveringTriangle([1, 0, 0, 1])))
        stream.draw(count: 3)
        try rig.submit(stream)
        #expect(try rig.pixels(1).allSatisfy { $0 == Self.red })
        statistics = rig.renderer.statistics
      }
      return statistics
    }

    @Test(arguments: [GLFlavour.core, .compat, .es]) func theNextRendererFindsThem(flavour: GLFlavour) throws {
      let folder = try Folder()
      let first = try draw(folder, flavour)
      #expect(first.programs == 1)
      #expect(first.programsLoaded == 0)
      #expect(folder.names.count == 1)
      let second = try draw(folder, flavour)
      #expect(second.programs == 1)
      #expect(second.programsLoaded == 1)
      #expect(folder.names.count == 1)
    }

    /// Each kind of GL is a driver of its own.
    @Test func flavoursShareNothing() throws {
      let folder = try Folder()
      for flavour in [GLFlavour.core, .compat, .es] { #expect(try draw(folder, flavour).programsLoaded == 0) }
      #expect(folder.names.count == 3)
    }

    @Test func damagedFilesAreReplaced() throws {
      let folder = try Folder()
      _ = try draw(folder)
      let names = folder.names
      let edits: [([UInt8]) -> [UInt8]] = [
        { Array($0.dropLast()) }, { $0 + [0] }, { _ in [] },
        { bytes in
          var bytes = bytes
          bytes[bytes.count / 2] ^= 1
          return bytes
        },
      ]
      for edit in edits {
        try folder.editAll(edit)
        #expect(try draw(folder).programsLoaded == 0)
        #expect(folder.names == names)
        #expect(try draw(folder).programsLoaded == 1)
      }
    }

    /// Files that are as they were written, and whose content no driver made.
    @Test func whatTheDriverRefusesIsLinked() throws {
      let folder = try Folder()
      _ = try draw(folder)
      let names = folder.names
      let key = try #require(try digest(inName: names[0]))
      for edit: ([UInt8]) -> [UInt8] in [
        { Array($0.prefix($0.count / 2)) },
        { $0.prefix(4) + $0.dropFirst(4).map { $0 ^ 0xff } },
        { Array($0.prefix(4)) },
        { _ in [] },
        { _ in [1, 2, 3] },
        { [0xff, 0xff, 0xff, 0x7f] + $0.dropFirst(4) },
      ] {
        let store = try BlobStore(path: folder.path, limits: BlobStoreLimits(directoryBytes: 1 << 24))
        let blob = edit(try #require(store.read(key)))
        try store.write(blob.span, under: key)
        #expect(try draw(folder).programsLoaded == 0)
        #expect(folder.names == names)
        #expect(try draw(folder).programsLoaded == 1)
      }
    }

    private func digest(inName name: String) throws -> Digest? {
      let digits = Array(name.utf8.prefix(64))
      let bytes = try (0..<32).map { index in
        try #require(UInt8(String(decoding: digits[2 * index..<2 * index + 2], as: UTF8.self), radix: 16))
      }
      return Digest(bytes: bytes)
    }

    @Test func aBadDirectoryIsReportedOnceAndDoesWithout() throws {
      let folder = try Folder()
      #expect(chmod(folder.path, 0o777) == 0)
      let record = LogRecord()
      let statistics = try draw(folder, log: record.log(from: .warning))
      #expect(statistics.programs == 1)
      #expect(folder.names.isEmpty)
      #expect(record.lines.filter { $0.contains(folder.path) }.count == 1)
    }

    /// A directory that goes away costs one line in the log.
    @Test func whatCannotBeWrittenIsReportedOnce() throws {
      let folder = try Folder()
      let record = LogRecord()
      try StreamRig.with(programCache: folder.options, log: record.log(from: .warning)) { rig in
        rmdir(folder.path)
        try Scene.makeResources(rig)
        try rig.submit(Scene.state())
        for (number, shader) in Self.shaders(3).enumerated() {
          var stream = Scene.write(Scene.coveringTriangle([1, 0, 0, 1]))
          stream.createShader(30 + UInt32(number), stage: 1, shader)
          stream.bindShader(30 + UInt32(number), stage: 1)
          stream.draw(count: 3)
          try rig.submit(stream)
        }
        #expect(rig.renderer.statistics.programs == 3)
        #expect(record.count == 1)
      }
      mkdir(folder.path, 0o700)
    }

    /// Fragment shaders that differ in a constant that makes no difference.
    private static func shaders(_ count: Int) -> [String] {
      (1...count).map { number in
        """
        FRAG
        DCL IN[0], GENERIC[0], PERSPECTIVE
        DCL OUT[0], COLOR
        DCL TEMP[0]
        IMM[0] FLT32 {\(number).0, 0.0, 0.0, 0.0}
          0: MUL TEMP[0], IN[0], IMM[0].xxxx
          1: MOV_SAT OUT[0], TEMP[0]
          2: END

        """
      }
    }

    // MARK: The key

    /// Whatever is told to GL before a link makes another key.
    @Test func keysHaveEverythingThatLinksDependOn() throws {
      func binding(_ name: String, _ slot: UInt8) -> Reflection.Binding {
        Reflection.Binding(name: Reflection.Name(name.utf8 + [0]), slot: slot, count: 1)
      }
      func name(_ text: String) -> Reflection.Name { Reflection.Name(text.utf8 + [0]) }
      var digests: [Digest] = []
      func add(
        vertex: String = "v", fragment: String = "f", control: String? = nil, geometry: String? = nil,
        _ edit: (inout Reflection, inout Reflection) -> Void = { _, _ in }
      ) throws {
        var reflections = (Reflection(), Reflection())
        reflections.0.attributes = [binding("in_0", 0), binding("in_1", 1)]
        reflections.1.outputs = [binding("out0", 0)]
        reflections.0.captured = [name("a"), name("b")]
        edit(&reflections.0, &reflections.1)
        var stages = StageVariants()
        stages[0] = try variant(vertex, .vertex, reflections.0)
        stages[1] = try variant(fragment, .fragment, reflections.1)
        if let geometry { stages[2] = try variant(geometry, .geometry, reflections.0) }
        if let control { stages[3] = try variant(control, .tessControl, Reflection()) }
        var hash = SHA256()
        stages.hashLink(into: &hash)
        digests.append(hash.finish())
      }
      try add()
      try add(vertex: "w")
      try add(fragment: "g")
      try add(vertex: "f", fragment: "v")
      try add(geometry: "x")
      try add(control: "x")
      try add(geometry: "x", { vertex, _ in vertex.captured = [] })
      try add { vertex, _ in vertex.attributes = [binding("in_0", 1), binding("in_1", 0)] }
      try add { vertex, _ in vertex.attributes = [binding("in_0", 0)] }
      try add { vertex, _ in vertex.attributes = [binding("in_0i", 0), binding("n_1", 1)] }
      try add { vertex, _ in vertex.attributesAreExplicit = true }
      try add { _, fragment in fragment.outputs = [binding("out0", 1)] }
      try add { _, fragment in fragment.dualSource = true }
      try add { _, fragment in fragment.outputsAreExplicit = true }
      try add { vertex, _ in vertex.captured = [name("b"), name("a")] }
      try add { vertex, _ in vertex.captured = [name("a")] }
      try add { vertex, _ in vertex.captured = [] }
      #expect(Set(digests).count == digests.count)
      // What is set after the link is in no key, and equal links are equal.
      try add()
      try add { vertex, _ in vertex.samplers = [binding("s", 3)] }
      #expect(digests.suffix(2).allSatisfy { $0 == digests[0] })
    }

    private func variant(_ text: String, _ stage: ShaderStage, _ reflection: Reflection) throws -> ShaderVariant {
      let budget = ResourceBudget()
      let source = ContiguousArray(text.utf8) + [0]
      return ShaderVariant(
        key: VariantKey.neutral(for: .vertex), stage: stage, TranslatedShader(source: source, reflection: reflection),
        serial: 1, share: try budget.share(0), isDigested: true, releaseQueue: GLReleaseQueue())
    }

    // MARK: Limits

    @Test func aRendererWritesSoMuchAnHour() {
      var allowance = WriteAllowance(bytes: 1000)
      let start = Monotonic(nanoseconds: 1 << 40)
      let requests: [(bytes: UInt64, milliseconds: UInt64)] = [
        (600, 0), (600, 3_599_000), (400, 3_599_000), (1, 3_599_999), (1000, 3_600_000), (1001, 9_000_000),
      ]
      let answers = requests.map { allowance.take($0.bytes, at: start.advanced(milliseconds: $0.milliseconds)) }
      #expect(answers == [true, false, true, false, true, false])
    }

    @Test func theOldestGoWhenTheyTakeTooMuch() {
      var cache = ProgramCache(byteLimit: 10 * 512)
      func key(_ serial: UInt64) -> ProgramCache.Key { ProgramCache.Key([serial, 0, 0, 0, 0, 0]) }
      for serial in 1...100 as ClosedRange<UInt64> {
        cache.insert(key(serial), .refused, programBytes: 0)
        cache.insert(key(serial), .refused, programBytes: 0)
        #expect(cache.find(key(serial)) != nil)
        #expect(cache.bytes <= 10 * 512)
      }
      #expect(cache.count == 10)
      #expect(cache.find(key(90)) == nil)
      #expect(cache.find(key(91)) != nil)
      while cache.removeOldest() {}
      #expect(cache.bytes == 0)
      #expect(cache.count == 0)
    }

    /// With room for two programs a guest that uses ten in turn sees all its pictures, and the budget stays bounded.
    @Test func programsThatWentAreLinkedAgain() throws {
      var limits = GuestLimits(memoryBytes: 64 << 20)
      limits.programBytes = 2 * (ResourceBudget.Cost.program + 4096)
      try StreamRig.with(limits: limits) { rig in
        try Scene.makeResources(rig)
        var stream = Scene.state()
        stream.append(Scene.write(Scene.coveringTriangle([1, 0, 0, 1])))
        let shaders = Self.shaders(10)
        for (number, shader) in shaders.enumerated() { stream.createShader(30 + UInt32(number), stage: 1, shader) }
        try rig.submit(stream)
        for round in 0..<3 {
          for number in shaders.indices {
            var draw = StreamBuilder()
            draw.clear(0, 0, 0, 1)
            draw.bindShader(30 + UInt32(number), stage: 1)
            draw.draw(count: 3)
            try rig.submit(draw)
            #expect(try rig.pixels(1).allSatisfy { $0 == Self.red }, "round \(round)")
          }
        }
        let state = try rig.context(rig.first).current
        #expect(state.state.programs.count <= 3)
        #expect(state.state.programs.bytes <= limits.programBytes)
      }
    }

    /// Programs are paid for, and what is paid for comes back.
    @Test func programsDrawOnTheBudget() throws {
      try StreamRig.with { rig in
        let budget = try #require(rig.renderer.vrend).budget
        try Scene.makeResources(rig)
        try rig.submit(Scene.state())
        let before = budget.bytesInUse
        var stream = Scene.write(Scene.coveringTriangle([1, 0, 0, 1]))
        stream.draw(count: 3)
        try rig.submit(stream)
        #expect(budget.bytesInUse >= before + 2 * ResourceBudget.Cost.variant + ResourceBudget.Cost.program)
      }
    }

    // MARK: Not waiting

    /// LINK_SHADER begins a program that the first draw finishes, under the state of that draw.
    @Test(arguments: [false, true]) func linkedAheadOfTheDraw(isCached: Bool) throws {
      let folder = try Folder()
      for round in 0..<2 {
        try StreamRig.with(programCache: isCached ? folder.options : nil) { rig in
          try Scene.makeResources(rig)
          var stream = Scene.state()
          stream.append(Scene.write(Scene.coveringTriangle([1, 0, 0, 1])))
          stream.packet(.linkShader, [6, 7, 0, 0, 0, 0])
          stream.packet(.linkShader, [6, 7, 0, 0, 0, 0])
          try rig.submit(stream)
          #expect(rig.renderer.statistics.programs == 0)
          #expect(try rig.context(rig.first).current.state.programs.count == 1)
          var draw = StreamBuilder()
          draw.draw(count: 3)
          try rig.submit(draw)
          #expect(rig.renderer.statistics.programs == 1)
          #expect(rig.renderer.statistics.programsLoaded == (isCached && round == 1 ? 1 : 0))
          #expect(try rig.context(rig.first).current.state.programs.count == 1)
          #expect(try rig.pixels(1).allSatisfy { $0 == Self.red })
        }
      }
    }

    /// A shader that does not compile is blamed itself, once, whatever it is linked with.
    @Test(arguments: [false, true]) func shadersThatDoNotCompile(isCached: Bool) throws {
      let folder = try Folder()
      let record = LogRecord()
      try StreamRig.with(programCache: isCached ? folder.options : nil) { rig in
        let vrend = try #require(rig.renderer.vrend)
        #expect(vrend.makeCurrent(try rig.context(rig.first).current))
        let factory = ShaderVariantFactory(
          profile: vrend.profile, releaseQueue: vrend.releaseQueue, budget: vrend.budget, binaries: vrend.binaries,
          tally: vrend.shaderTally, log: record.log)
        let good = "#version 330\nvoid main() { gl_Position = vec4(0.0); }\n"
        var stages = StageVariants()
        stages[0] = try variant(good, .vertex, Reflection())
        stages[1] = try variant("#version 330\nthis is no shader\n", .fragment, Reflection())
        let link = try #require(factory.beginLink(stages))
        #expect(record.lines.isEmpty)
        #expect(factory.finish(link) == nil)
        #expect(record.count == 1)
        #expect(record.lines[0].contains("refused a fragment shader"))
        #expect(stages[0]?.isRefused == false)
        #expect(stages[1]?.isRefused == true)
        #expect(stages[1]?.shaderName() == 0)
        stages[1] = try variant("#version 330\nout vec4 c;\nvoid main() { c = vec4(1.0); }\n", .fragment, Reflection())
        let second = try #require(factory.beginLink(stages))
        #expect(factory.finish(second) != nil)
        #expect(record.count == 1)
        #expect(GLQuery.drainErrors() == GL.NO_ERROR)
      }
      #expect(folder.names.count == (isCached ? 1 : 0))
    }
  }
}
