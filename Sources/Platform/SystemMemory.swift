import Glibc

/// The memory of the machine this process runs on.
package enum SystemMemory {
  /// Bytes of physical memory; 4 GiB when the system does not say.
  package static var byteCount: Int {
    let pages = sysconf(CInt(_SC_PHYS_PAGES))
    let pageBytes = sysconf(CInt(_SC_PAGESIZE))
    let (bytes, overflow) = pages.multipliedReportingOverflow(by: pageBytes)
    return pages > 0 && pageBytes > 0 && !overflow ? bytes : 4 << 30
  }
}
