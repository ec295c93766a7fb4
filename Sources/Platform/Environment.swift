import CHostShims

/// Reads one environment variable. Only configuration code calls this, once per renderer.
package func environmentValue(_ name: String) -> String? {
  guard let value = unsafe getenv(name) else { return nil }
  return unsafe String(cString: value)
}
