/// The kinds of object that CREATE_OBJECT makes (`enum virgl_object_type`; virgl_protocol.h), bits
/// 8…15 of a packet's first dword.
@frozen
public enum ObjectKind: UInt8, Sendable, CaseIterable {
  case blend = 1
  case rasterizer = 2
  case depthStencilAlpha = 3
  case shader = 4
  case vertexElements = 5
  case samplerView = 6
  case samplerState = 7
  case surface = 8
  case query = 9
  case streamOutTarget = 10
  /// Made from its own packet, then a surface like any other.
  case msaaSurface = 11
}
