/// A case of error_conventions.c in which our library and a reference answer differently on purpose.
struct KnownDifference {
  /// "function(case)", as the program prints it.
  let name: String
  let ours: String
  let theirs: String
  /// The states in which the case differs.
  let states: [String]
  let reason: String

  init(_ name: String, _ ours: String, _ theirs: String, in states: [String], _ reason: String) {
    self.name = name
    self.ours = ours
    self.theirs = theirs
    self.states = states
    self.reason = reason
  }

  /// Where we do not do what 1.3.0 does.
  static let from130: [KnownDifference] = [
    KnownDifference(
      "virgl_renderer_submit_cmd2(unknown fence)", "0", "-22", in: ["gl"],
      "an unknown fence is a fence that is done, and VirGL contexts can wait for fences here"),
  ]

  /// Where 1.3.0, and we with it, changed what 0.10.4 did; and our own differences.
  static let from0104: [KnownDifference] = [
    KnownDifference(
      "virgl_renderer_get_cap_set(VIRGL2)", "2001408", "2001376", in: ["before", "tables", "gl"],
      "the capability set has grown"),
    KnownDifference(
      "virgl_renderer_context_create_with_flags(set not offered)", "22", "12", in: ["before", "tables", "gl"],
      "1.1 tells what is not offered from what failed"),
    KnownDifference(
      "virgl_renderer_resource_get_info(untyped)", "0", "22", in: ["tables"],
      "1.0 describes untyped resources by their descriptor"),
    KnownDifference(
      "virgl_renderer_resource_import_blob(shared memory can be mapped)", "1", "0", in: ["tables", "gl"],
      "1.0 keeps the size of what it imports"),
    KnownDifference(
      "virgl_renderer_submit_cmd(misaligned buffer)", "14", "0", in: ["gl"], "1.0.2 checks the alignment"),
    KnownDifference(
      "virgl_renderer_resource_create(twice)", "-22", "0", in: ["gl"], "1.0 refuses a handle that is in use"),
    KnownDifference(
      "virgl_renderer_transfer_write_iov(negative level)", "22", "0", in: ["gl"], "1.1 checks the level"),
    KnownDifference(
      "virgl_renderer_resource_export_blob(unknown)", "-22", "22", in: ["before", "tables", "gl"],
      "1.0 made the error negative"),
    KnownDifference(
      "virgl_renderer_resource_export_blob(guest memory)", "-22", "22", in: ["tables"], "1.0 made the error negative"),
    KnownDifference(
      "virgl_renderer_resource_export_blob(no outputs)", "-22", "22", in: ["tables"], "1.0 made the error negative"),
  ]
}
