import CEpoxy
import GLDriver

/// What the fragment shader of a drawn blit must do: one program each.
struct BlitProgramKey: Hashable {
  /// What a texel is, at the source and at the destination.
  enum Value: UInt8 {
    case float, signed, unsigned
    case depth
    /// Written by the shader itself.
    case stencil
    /// One bit at a time: the shader discards where the bit is not set.
    case stencilBits
  }

  /// GL target of the texture sampled from.
  var target: GLenum
  var source: Value
  var destination: Value
  /// 0 = not multisampled.
  var samples: Int
  /// The destination keeps alpha in its red channel.
  var alphaToRed: Bool
}

/// Programs of drawn blits, linked when first needed and shared by all contexts of the share group.
final class BlitPrograms {
  struct Program {
    let name: GLuint
    /// The sampler.
    let source: GLint
    /// vec4: left, bottom, right, top of the quad in clip space.
    let quad: GLint
    /// vec4: the texture coordinates of those edges.
    let edges: GLint
    /// float: slice coordinate, layer or face.
    let slice: GLint
    /// uint, for `stencilBits`: the bit to look at; 0 looks at none.
    let bit: GLint
  }

  private let isES: Bool
  private let header: String
  private let releaseQueue: GLReleaseQueue
  private var programs: [BlitProgramKey: Program?] = [:]

  init(host: HostGL, releaseQueue: GLReleaseQueue) {
    isES = host.isES
    self.releaseQueue = releaseQueue
    let v = host.version
    if host.isES {
      let version = v >= GLVersion(3, 2) ? 320 : v >= GLVersion(3, 1) ? 310 : 300
      header = "#version \(version) es\nprecision highp float;\nprecision highp int;\n"
    } else {
      let version = v >= GLVersion(4, 0) ? 400 : v >= GLVersion(3, 3) ? 330 : v >= GLVersion(3, 2) ? 150 : 130
      header = "#version \(version)\n"
    }
  }

  deinit {
    for case let program? in programs.values { releaseQueue.release(program: program.name) }
  }

  /// nil when the host cannot build it; asked once.
  func program(_ key: BlitProgramKey) -> Program? {
    if let known = programs[key] { return known }
    let made = link(key)
    programs[key] = .some(made)
    return made
  }

  private func link(_ key: BlitProgramKey) -> Program? {
    let vertex = compile(GL.VERTEX_SHADER, header + Self.vertexBody)
    let fragment = compile(GL.FRAGMENT_SHADER, header + BlitShaderText(key: key, isES: isES).body)
    let name = epoxy_glCreateProgram()
    epoxy_glAttachShader(name, vertex)
    epoxy_glAttachShader(name, fragment)
    epoxy_glLinkProgram(name)
    epoxy_glDeleteShader(vertex)
    epoxy_glDeleteShader(fragment)
    var isLinked: GLint = 0
    epoxy_glGetProgramiv(name, GL.LINK_STATUS, &isLinked)
    guard isLinked != 0 else {
      epoxy_glDeleteProgram(name)
      return nil
    }
    return Program(
      name: name, source: epoxy_glGetUniformLocation(name, "source"), quad: epoxy_glGetUniformLocation(name, "quad"),
      edges: epoxy_glGetUniformLocation(name, "edges"),
      slice: epoxy_glGetUniformLocation(name, "slice"), bit: epoxy_glGetUniformLocation(name, "bit"))
  }

  private func compile(_ stage: GLenum, _ text: String) -> GLuint {
    let shader = epoxy_glCreateShader(stage)
    text.withCString { pointer in
      var source: UnsafePointer<GLchar>? = pointer
      epoxy_glShaderSource(shader, 1, &source, nil)
    }
    epoxy_glCompileShader(shader)
    return shader
  }

  private static let vertexBody = """
    uniform vec4 quad;
    uniform vec4 edges;
    out vec2 at;
    void main() {
      vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
      at = mix(edges.xy, edges.zw, corner);
      gl_Position = vec4(mix(quad.xy, quad.zw, corner), 0.0, 1.0);
    }
    """
}

/// The fragment shader of a drawn blit.
struct BlitShaderText {
  let key: BlitProgramKey
  let isES: Bool

  var body: String {
    let precision = isES ? "uniform highp \(samplerType) source;\n" : "uniform \(samplerType) source;\n"
    return extensions + precision + "uniform float slice;\nin vec2 at;\n" + outputDeclaration + fetch
      + "void main() {\n  \(vector) texel = fetch();\n  \(store)\n}\n"
  }

  /// Extensions come first in a shader, right after the version that `BlitPrograms` puts there.
  private var extensions: String {
    let export = key.destination == .stencil ? "#extension GL_ARB_shader_stencil_export : enable\n" : ""
    return export + targetExtension
  }

  private var targetExtension: String {
    guard !isES else {
      return key.target == GL.TEXTURE_CUBE_MAP_ARRAY ? "#extension GL_EXT_texture_cube_map_array : enable\n" : ""
    }
    switch key.target {
    case GL.TEXTURE_RECTANGLE: return "#extension GL_ARB_texture_rectangle : enable\n"
    case GL.TEXTURE_CUBE_MAP_ARRAY: return "#extension GL_ARB_texture_cube_map_array : enable\n"
    case GL.TEXTURE_2D_MULTISAMPLE, GL.TEXTURE_2D_MULTISAMPLE_ARRAY:
      return "#extension GL_ARB_texture_multisample : enable\n"
    default: return ""
    }
  }

  private var prefix: String {
    switch key.source {
    case .float, .depth: ""
    case .signed: "i"
    case .unsigned, .stencil, .stencilBits: "u"
    }
  }

  private var vector: String { prefix + "vec4" }

  private var samplerType: String {
    let suffix =
      switch key.target {
      case GL.TEXTURE_1D: "1D"
      case GL.TEXTURE_1D_ARRAY: "1DArray"
      case GL.TEXTURE_2D_ARRAY: "2DArray"
      case GL.TEXTURE_3D: "3D"
      case GL.TEXTURE_CUBE_MAP: "Cube"
      case GL.TEXTURE_CUBE_MAP_ARRAY: "CubeArray"
      case GL.TEXTURE_RECTANGLE: "2DRect"
      case GL.TEXTURE_2D_MULTISAMPLE: "2DMS"
      case GL.TEXTURE_2D_MULTISAMPLE_ARRAY: "2DMSArray"
      default: "2D"
      }
    return prefix + "sampler" + suffix
  }

  private var outputDeclaration: String {
    switch key.destination {
    case .float: "out vec4 result;\n"
    case .signed: "out ivec4 result;\n"
    case .unsigned: "out uvec4 result;\n"
    case .stencilBits: "uniform uint bit;\n"
    case .depth, .stencil: ""
    }
  }

  private var store: String {
    let texel = key.alphaToRed ? "texel.aaaa" : "texel"
    return switch key.destination {
    case .depth: "gl_FragDepth = float(texel.r);"
    case .stencil: "gl_FragStencilRefARB = int(texel.r);"
    case .stencilBits: "if (bit != 0u && (texel.r & bit) == 0u) discard;"
    case .float: "result = vec4(\(texel));"
    case .signed: "result = ivec4(\(texel));"
    case .unsigned: "result = uvec4(\(texel));"
    }
  }

  /// The texel (or filtered texels) at `at`, in level 0 of what the caller has bound.
  private var fetch: String {
    if key.samples > 0 { return multisampleFetch }
    let coordinate =
      switch key.target {
      case GL.TEXTURE_1D: "at.x"
      case GL.TEXTURE_1D_ARRAY: "vec2(at.x, slice)"
      case GL.TEXTURE_2D_ARRAY, GL.TEXTURE_3D: "vec3(at, slice)"
      case GL.TEXTURE_CUBE_MAP: "direction(int(slice))"
      case GL.TEXTURE_CUBE_MAP_ARRAY: "vec4(direction(int(slice) % 6), float(int(slice) / 6))"
      default: "at"
      }
    let isCube = key.target == GL.TEXTURE_CUBE_MAP || key.target == GL.TEXTURE_CUBE_MAP_ARRAY
    let call =
      key.target == GL.TEXTURE_RECTANGLE ? "texture(source, at)" : "textureLod(source, \(coordinate), 0.0)"
    return (isCube ? Self.cubeDirection : "") + "\(vector) fetch() { return \(call); }\n"
  }

  private var multisampleFetch: String {
    let isArray = key.target == GL.TEXTURE_2D_MULTISAMPLE_ARRAY
    let coordinate = isArray ? "ivec3(ivec2(at), int(slice))" : "ivec2(at)"
    guard key.source == .float else {
      return "\(vector) fetch() { return texelFetch(source, \(coordinate), 0); }\n"
    }
    return """
      vec4 fetch() {
        vec4 sum = vec4(0.0);
        for (int i = 0; i < \(key.samples); i++) sum += texelFetch(source, \(coordinate), i);
        return sum / float(\(key.samples));
      }

      """
  }

  /// The vector that points at (s, t) of a face: the inverse of GL's face selection (GL 4.6 table 8.19).
  private static let cubeDirection = """
    vec3 direction(int face) {
      vec2 p = at * 2.0 - 1.0;
      if (face == 0) return vec3(1.0, -p.y, -p.x);
      if (face == 1) return vec3(-1.0, -p.y, p.x);
      if (face == 2) return vec3(p.x, 1.0, p.y);
      if (face == 3) return vec3(p.x, -1.0, -p.y);
      if (face == 4) return vec3(p.x, -p.y, 1.0);
      return vec3(-p.x, -p.y, -1.0);
    }

    """
}
