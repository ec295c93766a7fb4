/// What the client gives the renderer beside GL contexts and the ear for fences.
package protocol RendererHost: AnyObject, Sendable {
  /// A descriptor of a DRM node for the renderer to own, or -1 (`get_drm_fd`).
  func openDevice() -> CInt
  /// A connected socket of a render server, or -1 (`get_server_fd`).
  func openServer(version: UInt32) -> CInt
}
