/// Why a valid shader has no GLSL on this host. The caller fails the shader or drops the draw.
package enum TranslationFault: Error, Hashable, Sendable {
  /// The host has neither the core version nor an extension for it.
  case missingFeature(GLSLFeature)
  /// A number of the shader is above a limit of the host.
  case overLimit(Limit)
  /// A construct of the language that has no translation.
  case unsupported(Construct)
  /// The stream-output description contradicts the shader or itself.
  case badStreamOutput
  /// The key is for another stage.
  case keyMismatch

  package enum Limit: UInt8, Hashable, Sendable {
    case uniformBlockSize, clipDistances, patchVertices, outputVertices, invocations, workGroup
    case sharedMemory, storageBindings, imageUnits, atomicBindings, drawBuffers, vertexStreams, captures
    case generatedText
  }

  package enum Construct: UInt8, Hashable, Sendable {
    case opcode, semantic, textureTarget, textureOperand, imageAccess, memoryOperand, property, operand
    case captureLayout, samplerConflict
  }
}
