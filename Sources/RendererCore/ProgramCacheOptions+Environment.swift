import Platform
import Vrend

extension ProgramCacheOptions {
  /// What `VIRGL_PROGRAM_CACHE_DIR` and `VIRGL_PROGRAM_CACHE_MIB` say: an absolute path, and how many MiB all files in
  /// it may take. nil without a path: nothing is kept then.
  package static func fromEnvironment(_ log: Log) -> ProgramCacheOptions? {
    guard let directory = environmentValue("VIRGL_PROGRAM_CACHE_DIR"), !directory.isEmpty else { return nil }
    var options = ProgramCacheOptions(directory: directory)
    guard let text = environmentValue("VIRGL_PROGRAM_CACHE_MIB"), !text.isEmpty else { return options }
    guard let mebibytes = UInt32(text), mebibytes > 0 else {
      log.warning("VIRGL_PROGRAM_CACHE_MIB: not a number of MiB: \(text)")
      return options
    }
    options.byteLimit = Int(mebibytes) << 20
    return options
  }
}
