import CHostShims
import Glibc

/// The memory of the machine this process runs on.
package enum SystemMemory {
  /// Bytes of physical memory; 4 GiB when the system does not say.
  package static var byteCount: Int {
    var info = sysinfo()
    guard unsafe sysinfo(&info) == 0 else { return 4 << 30 }
    let (bytes, overflow) = Int(clamping: info.totalram).multipliedReportingOverflow(by: Int(info.mem_unit))
    return bytes > 0 && !overflow ? bytes : 4 << 30
  }
}
