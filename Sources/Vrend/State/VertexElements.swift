import CEpoxy
import GLDriver
import WireFormat

/// A vertex layout: a GL vertex array whose attribute formats are set once, when it is first bound.
///
/// The vertex and index buffers of a GL vertex array are part of it, so their shadow lives here.
final class VertexElements: GuestObject, GuestObjectKind {
  static var objectKind: ObjectKind { .vertexElements }

  struct Element {
    var offset: UInt32
    var divisor: UInt32
    var buffer: Int
    /// Bytes that are fetched for one vertex.
    var byteCount: Int
    var attribute: VertexAttributeFormat
  }

  let elements: [Element]
  /// Attribute masks that vertex-shader variants depend on.
  let signedIntegers: UInt32
  let unsignedIntegers: UInt32
  let redBlueSwapped: UInt32
  /// `signedIntegers` and, in the high half, `unsignedIntegers`.
  let integerAttributes: UInt64
  /// Vertex-buffer slots that the elements read.
  let usedBuffers: UInt32

  /// Tells vertex arrays apart in the shadow, as GL reuses names.
  let serial: UInt64
  fileprivate var vertexArray: GLuint = 0
  fileprivate var emittedBuffers = InlineArray<32, EmittedVertexBuffer>(repeating: EmittedVertexBuffer())
  fileprivate var emittedIndexBuffer: UInt64 = 0

  struct EmittedVertexBuffer: Equatable {
    /// 0 = the buffer of zeros; ~0 = nothing yet.
    var serial: UInt64 = ~0
    var offset: UInt32 = 0
    var stride: UInt32 = 0
  }

  /// - Throws: ILLEGAL_VERTEX_FORMAT for a format that GL cannot fetch.
  init(
    _ command: CreateVertexElements, _ payload: Span<UInt32>, serial: UInt64, host: HostGL
  ) throws(CommandFault) {
    self.serial = serial
    var elements: [Element] = []
    elements.reserveCapacity(command.count)
    var signed: UInt32 = 0
    var unsigned: UInt32 = 0
    var swapped: UInt32 = 0
    var used: UInt32 = 0
    for index in 0..<command.count {
      let wire = try command.element(index, payload)
      guard let format = PixelFormat(wire: wire.format) else { throw .range }
      let attribute = host.formats.vertexAttribute(format)
      guard attribute.isValid else { throw CommandFault(.illegalVertexFormat, .format, wire.format) }
      let bit = UInt32(1) &<< UInt32(index)
      if attribute.isInteger {
        switch attribute.type {
        case GL.BYTE, GL.SHORT, GL.INT: signed |= bit
        default: unsigned |= bit
        }
      }
      if attribute.isBGRA, host.isES { swapped |= bit }
      used |= 1 &<< (wire.buffer & 31)
      elements.append(
        Element(
          offset: wire.offset, divisor: wire.divisor, buffer: Int(wire.buffer),
          byteCount: Int(format.layoutDescription?.blockBytes ?? 0), attribute: attribute))
    }
    self.elements = elements
    signedIntegers = signed
    unsignedIntegers = unsigned
    redBlueSwapped = swapped
    integerAttributes = UInt64(signed) | UInt64(unsigned) << 32
    usedBuffers = used
    super.init(kind: .vertexElements)
  }

  override func releaseGL() {
    if vertexArray != 0 { epoxy_glDeleteVertexArrays(1, &vertexArray) }
  }

  /// GL_BGRA sizes exist on desktop only; ES fetches four components and the shader exchanges them.
  fileprivate func size(of element: Element, host: HostGL) -> GLint {
    element.attribute.isBGRA && host.isES ? 4 : element.attribute.size
  }
}

extension SubContextState {
  /// Binds the vertex array of the bound elements, making it on first use.
  mutating func emitVertexElements() {
    guard let elements = boundVertexElements else {
      shadow.bindVertexArray(emptyVertexArray, serial: 0)
      return
    }
    if elements.vertexArray == 0 {
      epoxy_glGenVertexArrays(1, &elements.vertexArray)
      shadow.bindVertexArray(elements.vertexArray, serial: elements.serial)
      if host.features.contains(.vertexAttribBinding) { describeAttributes(elements) }
    } else {
      shadow.bindVertexArray(elements.vertexArray, serial: elements.serial)
    }
  }

  private func describeAttributes(_ elements: VertexElements) {
    for (index, element) in elements.elements.enumerated() {
      let attribute = GLuint(index)
      let format = element.attribute
      let size = elements.size(of: element, host: host)
      if format.isInteger {
        epoxy_glVertexAttribIFormat(attribute, size, format.type, element.offset)
      } else {
        epoxy_glVertexAttribFormat(attribute, size, format.type, format.isNormalized ? 1 : 0, element.offset)
      }
      // A divisor belongs to a binding point, and elements of one buffer may differ: one binding per element then.
      epoxy_glVertexAttribBinding(attribute, GLuint(bindingPoint(ofSlot: element.buffer)))
      epoxy_glEnableVertexAttribArray(attribute)
    }
    for element in elements.elements {
      epoxy_glVertexBindingDivisor(GLuint(bindingPoint(ofSlot: element.buffer)), element.divisor)
    }
  }

  /// Guests give every element its own buffer slot as soon as one has a divisor, so the slot can be
  /// the binding point. Slots that the host has no points for share the last.
  private func bindingPoint(ofSlot slot: Int) -> Int {
    min(slot, max(0, Int(host.limits.maxVertexAttribBindings) - 1))
  }

  /// SET_VERTEX_BUFFERS: slots beyond the list are unbound.
  mutating func apply(
    _ command: SetVertexBuffers, _ payload: Span<UInt32>, _ resources: borrowing ResourceMap
  ) throws(CommandFault) {
    for index in 0..<command.count {
      let id = command.resource(index, payload)
      if id == 0 {
        vertexBuffers[index].resource = nil
      } else {
        let resource = try resources.requireBuffer(id)
        if vertexBuffers[index].resource !== resource { vertexBuffers[index].resource = resource }
      }
      vertexBuffers[index].stride = command.stride(index, payload)
      vertexBuffers[index].offset = command.offset(index, payload)
    }
    if vertexBufferCount > command.count {
      for index in command.count..<vertexBufferCount { vertexBuffers[index].resource = nil }
    }
    vertexBufferCount = command.count
    dirty.insert(.vertexBuffers)
  }

  /// Tells the bound vertex array about the buffers of the slots its elements read.
  @inline(__always)
  mutating func emitVertexBuffers() {
    guard let elements = boundVertexElements else {
      (vertexLimit, instanceLimit) = (DrawLimits.maxVertices, UInt64(UInt32.max))
      return
    }
    if drawLimits.keepsFetchesInside { updateFetchLimits(elements) }
    if !host.features.contains(.vertexAttribBinding) { return emitAttributePointers(elements) }
    var rest = elements.usedBuffers
    while rest != 0 {
      let index = rest.trailingZeroBitCount
      rest &= rest &- 1
      let slot = vertexBuffers[index]
      let wanted = VertexElements.EmittedVertexBuffer(
        serial: slot.resource?.serial ?? 0, offset: slot.offset, stride: slot.stride)
      guard wanted != elements.emittedBuffers[index] else { continue }
      let name = slot.resource?.bufferName ?? 0
      if name == 0 {
        bindZeroes(to: index)
      } else {
        epoxy_glBindVertexBuffer(
          GLuint(bindingPoint(ofSlot: index)), name, GLintptr(slot.offset),
          min(GLsizei(clamping: slot.stride), host.limits.maxVertexAttribStride))
      }
      elements.emittedBuffers[index] = wanted
    }
  }

  /// Gives a slot without a buffer one of zeros. An enabled attribute without a buffer would be an array at an address
  /// of the VMM, and Mesa's indirect draws do follow it.
  @inline(never)
  private mutating func bindZeroes(to slot: Int) {
    if zeroBufferName == 0 {
      let zeroes = [UInt8](repeating: 0, count: 4096)
      epoxy_glGenBuffers(1, &zeroBufferName)
      epoxy_glBindBuffer(GL.COPY_WRITE_BUFFER, zeroBufferName)
      epoxy_glBufferData(GL.COPY_WRITE_BUFFER, zeroes.count, zeroes, GL.STATIC_DRAW)
    }
    epoxy_glBindVertexBuffer(GLuint(bindingPoint(ofSlot: slot)), zeroBufferName, 0, 0)
  }

  /// Hosts without separate attribute formats: format and buffer in one call per element.
  private mutating func emitAttributePointers(_ elements: VertexElements) {
    for (index, element) in elements.elements.enumerated() {
      let attribute = GLuint(index)
      let slot = vertexBuffers[element.buffer]
      guard let resource = slot.resource else {
        epoxy_glDisableVertexAttribArray(attribute)
        continue
      }
      epoxy_glBindBuffer(GL.ARRAY_BUFFER, resource.bufferName)
      let pointer = UnsafeRawPointer(bitPattern: Int(element.offset) &+ Int(slot.offset))
      let format = element.attribute
      let size = elements.size(of: element, host: host)
      let stride = GLsizei(truncatingIfNeeded: min(slot.stride, 0x7fff_ffff))
      if format.isInteger {
        epoxy_glVertexAttribIPointer(attribute, size, format.type, stride, pointer)
      } else {
        epoxy_glVertexAttribPointer(attribute, size, format.type, format.isNormalized ? 1 : 0, stride, pointer)
      }
      epoxy_glVertexAttribDivisor(attribute, element.divisor)
      epoxy_glEnableVertexAttribArray(attribute)
    }
    epoxy_glBindBuffer(GL.ARRAY_BUFFER, 0)
  }

  /// SET_INDEX_BUFFER.
  mutating func apply(_ command: SetIndexBuffer, _ resources: borrowing ResourceMap) throws(CommandFault) {
    guard command.resource != 0 else {
      indexBuffer.resource = nil
      indexBuffer.available = 0
      return
    }
    let resource = try resources.requireBuffer(command.resource)
    if indexBuffer.resource !== resource { indexBuffer.resource = resource }
    indexBuffer.size = command.indexSize == 1 || command.indexSize == 2 ? command.indexSize : 4
    indexBuffer.offset = command.offset
    // GL leaves undefined what an index across its own alignment is.
    let isAligned = command.offset & (indexBuffer.size &- 1) == 0
    indexBuffer.available = isAligned ? max(0, resource.shape.width - Int(command.offset)) : 0
  }

  /// Binds the index buffer to the bound vertex array.
  @inline(__always)
  mutating func emitIndexBuffer(_ resource: GLResource) {
    let emitted = boundVertexElements?.emittedIndexBuffer ?? emptyVertexArrayIndexBuffer
    guard emitted != resource.serial else { return }
    epoxy_glBindBuffer(GL.ELEMENT_ARRAY_BUFFER, resource.bufferName)
    if let elements = boundVertexElements {
      elements.emittedIndexBuffer = resource.serial
    } else {
      emptyVertexArrayIndexBuffer = resource.serial
    }
  }
}

/// A slot of SET_VERTEX_BUFFERS.
struct VertexBufferSlot {
  var resource: GLResource?
  /// Bytes.
  var offset: UInt32 = 0
  /// Bytes.
  var stride: UInt32 = 0
}

/// SET_INDEX_BUFFER's state.
struct IndexBufferSlot {
  var resource: GLResource?
  /// 1, 2 or 4 bytes per index.
  var size: UInt32 = 4
  /// Bytes.
  var offset: UInt32 = 0
  /// Bytes from the offset to the end of the buffer; 0 when no index can be read there.
  var available = 0
}
