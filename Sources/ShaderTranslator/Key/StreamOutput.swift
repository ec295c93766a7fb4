/// What the guest wants captured from the last vertex-processing stage, as its create packet says.
///
/// All offsets and strides are in dwords of the vertex record.
package struct StreamOutput: Hashable, Sendable {
  /// One captured run of components of one output register.
  package struct Entry: Hashable, Sendable {
    /// Index in the OUT file.
    package var register: UInt8
    /// First captured component, 0…3.
    package var firstComponent: UInt8
    /// Captured components, 1…4.
    package var componentCount: UInt8
    /// Capture buffer, 0…3.
    package var buffer: UInt8
    /// Place in the record of that buffer, in dwords.
    package var offset: UInt16
    /// Vertex stream, 0…3.
    package var stream: UInt8

    package init(
      register: UInt8, firstComponent: UInt8, componentCount: UInt8, buffer: UInt8, offset: UInt16, stream: UInt8
    ) {
      self.register = register
      self.firstComponent = firstComponent
      self.componentCount = componentCount
      self.buffer = buffer
      self.offset = offset
      self.stream = stream
    }
  }

  /// Dwords per vertex of each buffer.
  package var strides: [UInt32]

  /// At most 64.
  package var entries: [Entry]

  package init(strides: [UInt32], entries: [Entry]) {
    self.strides = strides
    self.entries = entries
  }

  package static let none = StreamOutput(strides: [0, 0, 0, 0], entries: [])

  package var isEmpty: Bool { entries.isEmpty }
}
