import GLDriver

/// What makes GL contexts. All contexts of one source share objects.
///
/// `makeCurrent` may be called on any thread, with a context that is current nowhere else; everything else belongs to
/// the renderer thread.
package protocol GLContextSource: AnyObject, Sendable {
  /// Makes a context, or returns nil when the host refuses this version. With `sharing`, that context is current and
  /// lends its objects; without, this is the first of the share group.
  func createContext(_ version: GLContextVersion, sharing: GLContextHandle?) -> GLContextHandle?

  /// The context is current on no thread.
  func destroyContext(_ context: GLContextHandle)

  /// Binds a context to the calling thread, or unbinds with nil. False: the host refused.
  func makeCurrent(_ context: GLContextHandle?) -> Bool
}

/// Where GL contexts come from: the library's own EGL display, or the client's callbacks.
package protocol Winsys: GLContextSource {
  /// For the log: what was opened.
  var summary: String { get }
  /// The kind of GL that every context gets.
  var flavour: GLFlavour { get }
  /// What the EGL display behind the contexts can do beside rendering; nil without one.
  var egl: EGLDisplayServices? { get }
  /// Where buffers are allocated; nil without a device.
  var buffers: GBMDevice? { get }

  /// Contexts that can be current on another thread while one of this winsys is on the renderer's; they share objects
  /// with the context that is current now.
  func contextsForThreads() -> any GLContextSource
}

/// A context of some winsys: an EGLContext or the client's opaque pointer.
@safe
package struct GLContextHandle: Hashable, @unchecked Sendable {
  package let pointer: UnsafeMutableRawPointer

  package init(_ pointer: UnsafeMutableRawPointer) { unsafe self.pointer = pointer }
}

/// A GL or GLES version to ask for.
package struct GLContextVersion: Equatable, Sendable {
  package var flavour: GLFlavour
  package var major: CInt
  package var minor: CInt

  package init(_ flavour: GLFlavour, _ major: CInt, _ minor: CInt) {
    self.flavour = flavour
    self.major = major
    self.minor = minor
  }

  /// The versions to try for the first context, best first. Later contexts get the one that worked.
  package static func ladder(_ flavour: GLFlavour) -> [GLContextVersion] {
    let numbers: [(CInt, CInt)] =
      flavour == .es
      ? [(3, 2), (3, 1), (3, 0)]
      : [(4, 6), (4, 5), (4, 4), (4, 3), (4, 2), (4, 1), (4, 0), (3, 3), (3, 2), (3, 1), (3, 0)]
    return numbers.map { GLContextVersion(flavour, $0.0, $0.1) }
  }
}

extension Winsys {
  package func contextsForThreads() -> any GLContextSource { self }

  /// Makes the first context of the share group with the best version the host gives.
  package func createFirstContext() throws(WinsysFailure) -> (context: GLContextHandle, version: GLContextVersion) {
    for version in GLContextVersion.ladder(flavour) {
      if let context = createContext(version, sharing: nil) { return (context, version) }
    }
    throw WinsysFailure(.noContext, "no GL context of any version")
  }
}

/// Why a window system could not be opened or refused a request.
package struct WinsysFailure: Error, Sendable {
  package enum Code: Sendable {
    /// No usable display or device.
    case noDisplay
    /// The display has no usable GL.
    case noContext
    /// This kind of window system is not offered.
    case unsupported
    /// The display can do this in principle, but refused.
    case refused
  }

  package var code: Code
  package var what: StaticString
  /// The EGL error, or 0.
  package var detail: Int

  package init(_ code: Code, _ what: StaticString, _ detail: Int = 0) {
    self.code = code
    self.what = what
    self.detail = detail
  }
}
