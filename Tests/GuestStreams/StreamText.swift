import WireFormat

/// Streams as text: a line for each packet, its name and its payload in hexadecimal. What is no whole packet is a
/// line `raw`, what has no name its number after a question mark; lines that begin with # are remarks.
///
///     createObject.surface 14 7 43 0 0
package enum StreamText {
  package static func encode(_ stream: [UInt32]) -> String {
    let packets = Packet.split(stream)
    var lines = packets.map { line(name($0), $0.payload) }
    let rest = stream.dropFirst(packets.reduce(0) { $0 + 1 + $1.payload.count })
    if !rest.isEmpty { lines.append(line("raw", Array(rest))) }
    return lines.map { $0 + "\n" }.joined()
  }

  /// nil: a word that is none of the format.
  package static func decode(_ text: String) -> [UInt32]? {
    var stream = StreamBuilder()
    var tail: [UInt32] = []
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      let words = line.split(separator: " ")
      let payload = words.dropFirst().compactMap { UInt32($0, radix: 16) }
      guard let first = words.first, payload.count == words.count - 1 else { return nil }
      if first == "raw" {
        tail += payload
      } else if tail.isEmpty, let head = head(first) {
        stream.raw(head.code, object: head.object, payload)
      } else {
        return nil
      }
    }
    return stream.dwords + tail
  }

  private static func line(_ name: String, _ payload: [UInt32]) -> String {
    ([name] + payload.map { String($0, radix: 16) }).joined(separator: " ")
  }

  private static func name(_ packet: Packet) -> String {
    let command = CommandCode(rawValue: packet.code).map { "\($0)" } ?? "?\(packet.code)"
    guard packet.object != 0 else { return command }
    return command + "." + (ObjectKind(rawValue: packet.object).map { "\($0)" } ?? "?\(packet.object)")
  }

  private static func head(_ name: Substring) -> (code: UInt8, object: UInt8)? {
    let parts = name.split(separator: ".")
    guard let command = parts.first, parts.count <= 2 else { return nil }
    let code = number(command) ?? CommandCode.allCases.first { "\($0)" == command }?.rawValue
    guard let code else { return nil }
    guard parts.count == 2 else { return (code, 0) }
    let object = number(parts[1]) ?? (0...15).compactMap(ObjectKind.init).first { "\($0)" == parts[1] }?.rawValue
    return object.map { (code, $0) }
  }

  private static func number(_ word: Substring) -> UInt8? {
    word.hasPrefix("?") ? UInt8(word.dropFirst()) : nil
  }
}
