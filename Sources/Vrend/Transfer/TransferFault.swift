import VirtioGPU
import WireFormat

/// Why a transfer was refused. Nothing was moved, unless the fault is `outOfMemory`.
package enum TransferFault: Error, Equatable, Sendable {
  /// There is no guest memory to move data from or to.
  case noMemory
  /// The level does not exist, or the box leaves it.
  case outsideLevel
  /// A stride is smaller than a row, or a layer stride smaller than a layer.
  case badStride
  /// The memory ends before the box does.
  case memoryTooSmall
  /// The resource cannot be transferred: multisampled, or its format cannot be read back on this host.
  case unsupported
  case outOfMemory

  /// Which packet or call asked for the transfer; the context error depends on it.
  package enum Origin: Sendable {
    /// TRANSFER3D, and the transfers of the virtio control queue.
    case transfer
    case inlineWrite
    case copyToHost
    case copyFromHost
  }

  /// The error the context is put into (virgl-commands 9, 43 and 45). The command is refused with EINVAL too.
  package func contextError(_ origin: Origin) -> ContextError {
    switch (self, origin) {
    case (.noMemory, _): .illegalResource
    case (_, .transfer): .transferBounds
    case (_, .inlineWrite): .illegalCommandBuffer
    case (_, .copyToHost): .illegalCommandBuffer
    case (.outsideLevel, .copyFromHost): .resourceOutOfRange
    case (_, .copyFromHost): .illegalCommandBuffer
    }
  }

  /// The fault as the renderer's callers see it.
  package var fault: Fault {
    switch self {
    case .noMemory: Fault(.invalidArgument, "transfer without memory")
    case .outsideLevel: Fault(.invalidArgument, "transfer box outside the level")
    case .badStride: Fault(.invalidArgument, "transfer stride too small")
    case .memoryTooSmall: Fault(.invalidArgument, "transfer beyond the backing")
    case .unsupported: Fault(.invalidArgument, "resource cannot be transferred")
    case .outOfMemory: Fault(.outOfMemory, "transfer staging memory")
    }
  }
}
