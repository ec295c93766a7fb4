/// Where programs are kept, and how much of them.
package struct ProgramCacheOptions: Sendable {
  /// Absolute path; made when only its last component is missing.
  package var directory: String
  /// Bytes of all files, for all renderers that share the directory.
  package var byteLimit: Int

  package init(directory: String, byteLimit: Int = 256 << 20) {
    self.directory = directory
    self.byteLimit = byteLimit
  }
}
