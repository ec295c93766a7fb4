import GLDriver
import Platform
import VirtioGPU
import Vrend

/// What `virgl_renderer_init` was asked for: its flags, parsed once.
package struct Configuration: Equatable, Sendable {
  /// `VIRGL_RENDERER_*` init flags of virglrenderer.h.
  package struct Flags: OptionSet, Sendable {
    package let rawValue: UInt32
    package init(rawValue: UInt32) { self.rawValue = rawValue }

    package static let useEGL = Flags(rawValue: 1 << 0)
    package static let threadSync = Flags(rawValue: 1 << 1)
    package static let useGLX = Flags(rawValue: 1 << 2)
    package static let useSurfaceless = Flags(rawValue: 1 << 3)
    package static let useGLES = Flags(rawValue: 1 << 4)
    package static let useExternalBlob = Flags(rawValue: 1 << 5)
    package static let venus = Flags(rawValue: 1 << 6)
    package static let noVirgl = Flags(rawValue: 1 << 7)
    package static let asyncFenceCallbacks = Flags(rawValue: 1 << 8)
    package static let renderServer = Flags(rawValue: 1 << 9)
    package static let drm = Flags(rawValue: 1 << 10)
    package static let useVideo = Flags(rawValue: 1 << 11)
    package static let d3d11ShareTexture = Flags(rawValue: 1 << 12)
    package static let compatProfile = Flags(rawValue: 1 << 13)
    package static let useGuestVRAM = Flags(rawValue: 1 << 14)
  }

  package let flags: Flags

  /// Guests are offered to ask for the layouts of their resources (VIRGL_GBM_LAYOUT_ENABLE, as in the reference): they
  /// then hand modifiers of the host on to their own display drivers, for which not every guest is ready.
  package let offersLayouts: Bool

  package init(flags: UInt32, offersLayouts: Bool = environmentValue("VIRGL_GBM_LAYOUT_ENABLE") != nil) {
    self.flags = Flags(rawValue: flags)
    self.offersLayouts = offersLayouts
  }

  /// A client that wants blobs as descriptors hands those to another process and maps nothing itself; GL buffers have
  /// none. virgl_test_server is one.
  package var mapsBuffers: Bool { !flags.contains(.useExternalBlob) }

  package var usesVirgl: Bool { !flags.contains(.noVirgl) }

  /// The kind of GL to ask the window system for.
  package var flavour: GLFlavour {
    if flags.contains(.useGLES) { return .es }
    return flags.contains(.compatProfile) ? .compat : .core
  }

  /// Callbacks from the fence thread need the thread.
  package var delivery: FenceDelivery {
    guard flags.contains(.threadSync) else { return .polled }
    return flags.contains(.asyncFenceCallbacks) ? .threadReports : .threadThenPolled
  }
}

/// What a renderer is told beside the flags of the C interface.
package struct RendererOptions: Sendable {
  /// Keep the figures that cost something: when fences are created, done and reported, for `Statistics` and, at level
  /// debug, the log; the number of commands.
  package var measures: Bool
  /// Milliseconds after which a fence is reported although results of queries or held work before it are not there:
  /// only the client's thread can provide them, and no call comes in. The reference's number, for queries.
  package var patience: UInt64
  /// Which descriptors count as sync files. Anything that can be polled will do where the kernel has no sync files.
  package var acceptsFence: @Sendable (borrowing SyncFile) -> Bool

  /// Makes fences with sync files where the host's display makes none; nil = only the display does.
  package var fenceSource: (any SharableFenceSource & Sendable)?

  /// What the guests may make the host spend; nil = what the environment says.
  package var limits: GuestLimits?

  /// Where linked programs are kept in files; nil = nowhere.
  package var programCache: ProgramCacheOptions?

  package init(
    limits: GuestLimits? = nil, programCache: ProgramCacheOptions? = nil, measures: Bool = false,
    patience: UInt64 = 5000, fenceSource: (any SharableFenceSource & Sendable)? = nil,
    acceptsFence: @escaping @Sendable (borrowing SyncFile) -> Bool = { $0.isGenuine }
  ) {
    self.limits = limits
    self.programCache = programCache
    self.measures = measures
    self.patience = patience
    self.fenceSource = fenceSource
    self.acceptsFence = acceptsFence
  }
}
