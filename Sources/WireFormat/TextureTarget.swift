/// The shape of a resource or sampler view (`enum pipe_texture_target`, frozen as wire values).
@frozen
public enum TextureTarget: UInt8, Sendable, CaseIterable {
  case buffer = 0
  case texture1D = 1
  case texture2D = 2
  case texture3D = 3
  case cube = 4
  case rect = 5
  case array1D = 6
  case array2D = 7
  case cubeArray = 8
}
