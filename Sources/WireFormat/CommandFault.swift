/// Why a command was refused, from its decoding to its execution. A small value, made without
/// allocation; the decoder adds the command's name and offset when it logs.
///
/// Every fault puts the context into its error state: the rest of the submission is dropped, later
/// submissions are refused, and nothing outside the context changes.
@frozen
public struct CommandFault: Error, Equatable, Sendable {
  /// What exactly was wrong.
  @frozen
  public enum Reason: UInt8, Sendable {
    /// The payload is shorter or longer than the command allows.
    case length
    /// A count, slot or stage is beyond its table.
    case range
    /// An enumerator or field has no meaning here.
    case value
    /// The packet reaches beyond the submission.
    case truncated
    /// No such command.
    case unknownCommand
    /// No object has this handle.
    case unknownHandle
    /// The handle names an object of another kind.
    case wrongKind
    /// No resource with this id is attached to the context.
    case unknownResource
    /// The resource has no storage of the kind the command needs.
    case wrongStorage
    /// A box, level, layer or byte range lies outside the resource.
    case bounds
    /// The format has no meaning, or not for this use.
    case format
    /// The host GL cannot do this and the capabilities said so.
    case unsupported
    /// The shader text was refused or its translation failed.
    case shader
    /// The GL driver refused to compile or link.
    case link
    /// Host memory or a GL object could not be had.
    case outOfMemory
    /// More objects than this library lets one guest have.
    case limit
  }

  /// The protocol's own classification.
  public var error: ContextError
  public var reason: Reason
  /// The offending number: a handle, resource id, format or count.
  public var value: UInt32

  @inlinable
  public init(_ error: ContextError, _ reason: Reason, _ value: UInt32 = 0) {
    self.error = error
    self.reason = reason
    self.value = value
  }

  /// Faults of decoding, all ILLEGAL_CMD_BUFFER.
  @inlinable public static var length: CommandFault { CommandFault(.illegalCommandBuffer, .length) }
  @inlinable public static var range: CommandFault { CommandFault(.illegalCommandBuffer, .range) }
  @inlinable public static var value: CommandFault { CommandFault(.illegalCommandBuffer, .value) }
}
