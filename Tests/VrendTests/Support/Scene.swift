import GuestStreams

extension Scene {
  static func makeResources(_ rig: StreamRig) throws {
    try rig.makeTexture(1)
    try rig.makeTexture(2)
    try rig.makeBuffer(3, 1024)
    try rig.makeBuffer(4, 256, bind: .indexBuffer)
    try rig.makeBuffer(5, 64, bind: .custom)
    try rig.makeBuffer(6, 4096, bind: .custom)
    try rig.makeTexture(7)
  }
}
