import CVirglrenderer
import Glibc
import RendererCore
import VirtioGPU

// virgl_renderer_execute: queries as self-describing structures.

/// Convention: negative errno. Answers in place; a refused query leaves the structure as it was.
///
/// The query of the supported structures is answered without a renderer too.
@c @implementation
public func virgl_renderer_execute(_ execute_args: UnsafeMutableRawPointer?, _ execute_size: UInt32) -> CInt {
  guard let arguments = execute_args, Int(execute_size) >= MemoryLayout<virgl_renderer_hdr>.size else { return -EINVAL }
  let header = arguments.loadUnaligned(as: virgl_renderer_hdr.self)
  guard header.stype_version == 0, header.size == execute_size else { return -EINVAL }
  switch virgl_renderer_structure_type_v0(header.stype) {
  case VIRGL_RENDERER_STRUCTURE_TYPE_SUPPORTED_STRUCTURES:
    return answer(arguments, execute_size) { (query: inout virgl_renderer_supported_structures) in
      query.out_supported_structures_mask = query.in_stype_version == 0 ? supportedStructures : 0
      return 0
    }
  case VIRGL_RENDERER_STRUCTURE_TYPE_EXPORT_QUERY:
    return answer(arguments, execute_size) { (query: inout virgl_renderer_export_query) in exportQuery(&query) }
  default:
    return -EINVAL
  }
}

/// What `virgl_renderer_execute` knows in version 0.
private let supportedStructures =
  VIRGL_RENDERER_STRUCTURE_TYPE_EXPORT_QUERY.rawValue | VIRGL_RENDERER_STRUCTURE_TYPE_SUPPORTED_STRUCTURES.rawValue

/// Gives `body` the client's structure, whose size is exactly that of `Query`.
private func answer<Query: BitwiseCopyable>(
  _ arguments: UnsafeMutableRawPointer, _ size: UInt32, _ body: (inout Query) -> CInt
) -> CInt {
  guard Int(size) == MemoryLayout<Query>.size else { return -EINVAL }
  var query = arguments.loadUnaligned(as: Query.self)
  let result = body(&query)
  if result == 0 { arguments.copyMemory(from: &query, byteCount: MemoryLayout<Query>.size) }
  return result
}

/// How a resource can be shared. Descriptors are made only when asked for.
private func exportQuery(_ query: inout virgl_renderer_export_query) -> CInt {
  let resource = ResourceID(query.in_resource_id)
  let wantsDescriptors = query.in_export_fds != 0
  return Boundary.negativeErrno("virgl_renderer_execute") { (renderer) throws(Fault) in
    let layout = try renderer.exportLayout(of: resource, withDescriptors: wantsDescriptors)
    query.out_num_fds = UInt32(truncatingIfNeeded: layout.bufferCount)
    query.out_fourcc = layout.fourcc
    query.out_fds = tuple(layout.descriptors)
    query.out_strides = tuple(layout.strides)
    query.out_offsets = tuple(layout.offsets)
    query.out_modifier = layout.modifier
  }
}

private func tuple<Element>(_ array: InlineArray<4, Element>) -> (Element, Element, Element, Element) {
  (array[0], array[1], array[2], array[3])
}
