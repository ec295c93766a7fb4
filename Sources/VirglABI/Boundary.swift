import CVirglrenderer
import Glibc
import Platform
import RendererCore
import VirtioGPU

/// The conventions in which an exported function tells that it was refused: one function for each.
///
/// The sign of an error number belongs to the C function, not to the fault. `Docs/abi-audit.md` says which convention
/// each export has; its doc comment names the function below that it goes through. Without a renderer, before
/// `virgl_renderer_init` or after `virgl_renderer_cleanup`, the answer is the one for an object that does not exist.
///
/// The closures do not escape and are inlined: an accepted call costs a load and a branch here, no allocation.
enum Boundary {
  typealias Body<Result> = (Renderer) throws(Fault) -> Result

  /// 0, or a positive errno number.
  @inline(__always)
  static func positiveErrno(_ function: StaticString = #function, _ body: Body<Void>) -> CInt {
    guard let renderer = ProcessState.renderer else { return EINVAL }
    do throws(Fault) {
      try body(renderer)
      return 0
    } catch {
      return report(error, function)
    }
  }

  /// 0, or a negative errno number.
  ///
  /// - Parameter unsupported: the number for what the host cannot do; EINVAL unless the function documents another.
  @inline(__always)
  static func negativeErrno(
    _ function: StaticString = #function, unsupported: CInt = EINVAL, _ body: Body<Void>
  ) -> CInt {
    guard let renderer = ProcessState.renderer else { return -EINVAL }
    do throws(Fault) {
      try body(renderer)
      return 0
    } catch {
      return -report(error, function, unsupported: unsupported)
    }
  }

  /// A descriptor, or a negative errno number.
  @inline(__always)
  static func descriptorOrErrno(_ function: StaticString = #function, _ body: Body<CInt>) -> CInt {
    guard let renderer = ProcessState.renderer else { return -EINVAL }
    do throws(Fault) {
      return try body(renderer)
    } catch {
      return -report(error, function)
    }
  }

  /// A result that is not negative, or -1.
  @inline(__always)
  static func minusOne(_ function: StaticString = #function, _ body: Body<CInt>) -> CInt {
    guard let renderer = ProcessState.renderer else { return -1 }
    do throws(Fault) {
      return try body(renderer)
    } catch {
      _ = report(error, function)
      return -1
    }
  }

  /// Nothing: a refused call is logged and has no effect.
  @inline(__always)
  static func void(_ function: StaticString = #function, _ body: Body<Void>) {
    guard let renderer = ProcessState.renderer else { return }
    do throws(Fault) {
      try body(renderer)
    } catch {
      _ = report(error, function)
    }
  }

  /// A pointer, or nil.
  @inline(__always)
  static func pointer(
    _ function: StaticString = #function, _ body: Body<UnsafeMutableRawPointer?>
  ) -> UnsafeMutableRawPointer? {
    guard let renderer = ProcessState.renderer else { return nil }
    do throws(Fault) {
      return try body(renderer)
    } catch {
      _ = report(error, function)
      return nil
    }
  }

  /// A client pointer that the function cannot do without.
  @inline(__always)
  static func required<Pointer>(_ pointer: Pointer?, _ what: StaticString) throws(Fault) -> Pointer {
    guard let pointer else { throw Fault(.invalidArgument, what) }
    return pointer
  }

  /// Logs a refused call and gives its errno number, positive.
  @inline(never)
  private static func report(_ fault: Fault, _ function: StaticString, unsupported: CInt = EINVAL) -> CInt {
    ProcessState.log.write(level(of: fault.code), "\(cName(function)): \(fault.what) (\(fault.value))")
    return fault.code == .unsupported ? unsupported : errnoNumber(of: fault.code)
  }

  /// What a guest can provoke at will is for debugging only, or it could fill the host's logs.
  private static func level(of code: Fault.Code) -> LogLevel {
    switch code {
    case .invalidArgument, .notFound, .duplicate, .badAddress, .contextLost: .debug
    case .unsupported: .warning
    case .outOfMemory, .noDevice: .error
    }
  }

  private static func errnoNumber(of code: Fault.Code) -> CInt {
    switch code {
    case .invalidArgument, .notFound, .duplicate, .contextLost: EINVAL
    case .outOfMemory: ENOMEM
    case .badAddress: EFAULT
    case .unsupported: EOPNOTSUPP
    case .noDevice: ENODEV
    }
  }

  /// `#function` without its argument labels: the C name.
  private static func cName(_ function: StaticString) -> Substring {
    function.description.prefix { $0 != "(" }
  }
}
