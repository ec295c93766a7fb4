import CEpoxy

/// Which sample counts the host really renders, and where their samples lie.
package struct MultisampleSupport: Sendable {
  /// Largest of 16, 8, 4, 2 that makes a complete framebuffer; 1 when none does. On hosts without multisample
  /// texture storage, where nothing can be tried, GL_MAX_SAMPLES.
  package var maxSamples: GLint = 1

  /// Positions of the samples of 2, 4, 8 and 16 times multisampling, one byte each (x in the high nibble, y in the
  /// low one, in sixteenths of a pixel), in words 0, 1, 2...3 and 4...7; sample k is byte k % 4 of its group's
  /// word k / 4.
  package var locations: InlineArray<8, UInt32> = InlineArray(repeating: 0)

  package init() {}

  static func probe(features: GLFeatures, limits: GLLimits) -> MultisampleSupport {
    var support = MultisampleSupport()
    guard features.contains(.textureStorageMultisample), features.contains(.textureMultisample) else {
      support.maxSamples = max(1, limits.maxSamples)
      return support
    }
    var framebuffer: GLuint = 0
    epoxy_glGenFramebuffers(1, &framebuffer)
    epoxy_glBindFramebuffer(GL.FRAMEBUFFER, framebuffer)
    for group in stride(from: 3, through: 0, by: -1) {
      let samples = GLint(2) << GLint(group)
      if samples <= limits.maxSamples, support.readLocations(group: group, samples: samples) {
        support.maxSamples = max(support.maxSamples, samples)
      } else if support.maxSamples > samples {
        // A host that renders more samples but not these: guests still want plausible positions.
        support.copyLocations(toGroup: group)
      }
    }
    epoxy_glBindFramebuffer(GL.FRAMEBUFFER, 0)
    epoxy_glDeleteFramebuffers(1, &framebuffer)
    GLQuery.drainErrors()
    return support
  }

  /// First word of the group of 2 << group samples.
  private static func firstWord(ofGroup group: Int) -> Int {
    switch group {
    case 0: 0
    case 1: 1
    case 2: 2
    default: 4
    }
  }

  private mutating func readLocations(group: Int, samples: GLint) -> Bool {
    var texture: GLuint = 0
    epoxy_glGenTextures(1, &texture)
    epoxy_glBindTexture(GL.TEXTURE_2D_MULTISAMPLE, texture)
    epoxy_glTexStorage2DMultisample(GL.TEXTURE_2D_MULTISAMPLE, samples, GL.RGBA32F, 64, 64, GL.TRUE)
    epoxy_glFramebufferTexture2D(GL.FRAMEBUFFER, GL.COLOR_ATTACHMENT0, GL.TEXTURE_2D_MULTISAMPLE, texture, 0)
    let isComplete = epoxy_glCheckFramebufferStatus(GL.FRAMEBUFFER) == GL.FRAMEBUFFER_COMPLETE
    if isComplete {
      for sample in 0..<Int(samples) {
        let word = Self.firstWord(ofGroup: group) + sample / 4
        locations[word] |= Self.location(ofSample: GLuint(sample)) << UInt32(sample % 4 * 8)
      }
    }
    epoxy_glFramebufferTexture2D(GL.FRAMEBUFFER, GL.COLOR_ATTACHMENT0, GL.TEXTURE_2D_MULTISAMPLE, 0, 0)
    epoxy_glBindTexture(GL.TEXTURE_2D_MULTISAMPLE, 0)
    epoxy_glDeleteTextures(1, &texture)
    GLQuery.drainErrors()
    return isComplete
  }

  private static func location(ofSample sample: GLuint) -> UInt32 {
    var position: (GLfloat, GLfloat) = (0, 0)
    withUnsafeMutableBytes(of: &position) { bytes in
      epoxy_glGetMultisamplefv(GL.SAMPLE_POSITION, sample, bytes.assumingMemoryBound(to: GLfloat.self).baseAddress)
    }
    func sixteenth(_ coordinate: GLfloat) -> UInt32 {
      coordinate > 0 ? UInt32(min(coordinate * 16, 15)) : 0
    }
    return sixteenth(position.0) << 4 | sixteenth(position.1)
  }

  /// Takes the first positions of the next larger group.
  private mutating func copyLocations(toGroup group: Int) {
    let source = Self.firstWord(ofGroup: group + 1)
    let target = Self.firstWord(ofGroup: group)
    let words = max(1, (2 << group) / 4)
    for word in 0..<words { locations[target + word] = locations[source + word] }
    if group == 0 { locations[target] &= 0xFFFF }
  }
}

/// Framebuffer abilities that no version or extension states.
enum FramebufferProbe {
  /// Whether an RGBA8 and an R8 attachment make a complete framebuffer.
  static func mixesColorFormats() -> Bool {
    var framebuffer: GLuint = 0
    var textures: (GLuint, GLuint) = (0, 0)
    epoxy_glGenFramebuffers(1, &framebuffer)
    epoxy_glGenTextures(1, &textures.0)
    epoxy_glGenTextures(1, &textures.1)
    epoxy_glBindFramebuffer(GL.FRAMEBUFFER, framebuffer)
    epoxy_glBindTexture(GL.TEXTURE_2D, textures.0)
    epoxy_glTexImage2D(GL.TEXTURE_2D, 0, GLint(bitPattern: GL.RGBA8), 32, 32, 0, GL.RGBA, GL.UNSIGNED_BYTE, nil)
    epoxy_glFramebufferTexture2D(GL.FRAMEBUFFER, GL.COLOR_ATTACHMENT0, GL.TEXTURE_2D, textures.0, 0)
    epoxy_glBindTexture(GL.TEXTURE_2D, textures.1)
    epoxy_glTexImage2D(GL.TEXTURE_2D, 0, GLint(bitPattern: GL.R8), 32, 32, 0, GL.RED, GL.UNSIGNED_BYTE, nil)
    epoxy_glFramebufferTexture2D(GL.FRAMEBUFFER, GL.COLOR_ATTACHMENT0 + 1, GL.TEXTURE_2D, textures.1, 0)
    let isComplete = epoxy_glCheckFramebufferStatus(GL.FRAMEBUFFER) == GL.FRAMEBUFFER_COMPLETE
    epoxy_glBindTexture(GL.TEXTURE_2D, 0)
    epoxy_glBindFramebuffer(GL.FRAMEBUFFER, 0)
    epoxy_glDeleteFramebuffers(1, &framebuffer)
    epoxy_glDeleteTextures(1, &textures.0)
    epoxy_glDeleteTextures(1, &textures.1)
    GLQuery.drainErrors()
    return isComplete
  }
}
