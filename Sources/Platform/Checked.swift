/// Arithmetic on numbers that come from outside: nil instead of a trap or a wrapped result.
extension FixedWidthInteger {
  @inlinable
  package func adding(checked other: Self) -> Self? {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? nil : sum
  }

  @inlinable
  package func subtracting(checked other: Self) -> Self? {
    let (difference, overflow) = subtractingReportingOverflow(other)
    return overflow ? nil : difference
  }

  @inlinable
  package func multiplied(checked other: Self) -> Self? {
    let (product, overflow) = multipliedReportingOverflow(by: other)
    return overflow ? nil : product
  }

  /// The smallest multiple of `alignment`, a power of two, that is not below self.
  @inlinable
  package func rounded(upTo alignment: Self) -> Self? {
    guard alignment > 0, let sum = adding(checked: alignment &- 1) else { return nil }
    return sum & ~(alignment &- 1)
  }
}
