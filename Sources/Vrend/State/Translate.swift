import CEpoxy
import GLDriver

/// Wire enumerators to GL enumerators. Every function takes any value: one without a meaning gives
/// a harmless default, because guests may leave fields of switched-off state unset.
enum Translate {
  static func blendFactor(_ value: UInt32) -> GLenum {
    switch value {
    case 1: GL.ONE
    case 2: GL.SRC_COLOR
    case 3: GL.SRC_ALPHA
    case 4: GL.DST_ALPHA
    case 5: GL.DST_COLOR
    case 6: GL.SRC_ALPHA_SATURATE
    case 7: GL.CONSTANT_COLOR
    case 8: GL.CONSTANT_ALPHA
    case 9: GL.SRC1_COLOR
    case 10: GL.SRC1_ALPHA
    case 0x12: GL.ONE_MINUS_SRC_COLOR
    case 0x13: GL.ONE_MINUS_SRC_ALPHA
    case 0x14: GL.ONE_MINUS_DST_ALPHA
    case 0x15: GL.ONE_MINUS_DST_COLOR
    case 0x17: GL.ONE_MINUS_CONSTANT_COLOR
    case 0x18: GL.ONE_MINUS_CONSTANT_ALPHA
    case 0x19: GL.ONE_MINUS_SRC1_COLOR
    case 0x1a: GL.ONE_MINUS_SRC1_ALPHA
    default: GL.ZERO
    }
  }

  static func isSecondSource(_ factor: UInt32) -> Bool {
    factor == 9 || factor == 10 || factor == 0x19 || factor == 0x1a
  }

  static func blendFunction(_ value: UInt32) -> GLenum {
    switch value {
    case 1: GL.FUNC_SUBTRACT
    case 2: GL.FUNC_REVERSE_SUBTRACT
    case 3: GL.MIN
    case 4: GL.MAX
    default: GL.FUNC_ADD
    }
  }

  static func logicOp(_ value: UInt32) -> GLenum {
    switch value {
    case 0: GL.CLEAR
    case 1: GL.NOR
    case 2: GL.AND_INVERTED
    case 3: GL.COPY_INVERTED
    case 4: GL.AND_REVERSE
    case 5: GL.INVERT
    case 6: GL.XOR
    case 7: GL.NAND
    case 8: GL.AND
    case 9: GL.EQUIV
    case 10: GL.NOOP
    case 11: GL.OR_INVERTED
    case 13: GL.OR_REVERSE
    case 14: GL.OR
    case 15: GL.SET
    default: GL.COPY
    }
  }

  static func compareFunction(_ value: UInt32) -> GLenum { GL.NEVER &+ (value & 7) }

  static func stencilOp(_ value: UInt32) -> GLenum {
    switch value {
    case 1: GL.ZERO
    case 2: GL.REPLACE
    case 3: GL.INCR
    case 4: GL.DECR
    case 5: GL.INCR_WRAP
    case 6: GL.DECR_WRAP
    case 7: GL.INVERT
    default: GL.KEEP
    }
  }

  static func polygonMode(_ value: UInt32) -> GLenum {
    switch value {
    case 1: GL.LINE
    case 2: GL.POINT
    default: GL.FILL
    }
  }

  static func cullFace(_ value: UInt32) -> GLenum {
    switch value {
    case 1: GL.FRONT
    case 3: GL.FRONT_AND_BACK
    default: GL.BACK
    }
  }

  /// The GL type of indices of 1, 2 or 4 bytes.
  static func indexType(_ size: UInt32) -> GLenum {
    switch size {
    case 1: GL.UNSIGNED_BYTE
    case 2: GL.UNSIGNED_SHORT
    default: GL.UNSIGNED_INT
    }
  }
}
