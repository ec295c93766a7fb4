import GuestStreams

extension Scene {
  static func makeResources(_ rig: StreamRig) throws {
    for resource in basicResources { try rig.make(resource) }
  }

  static func makeAllResources(_ rig: StreamRig) throws {
    for resource in resources { try rig.make(resource) }
  }
}
