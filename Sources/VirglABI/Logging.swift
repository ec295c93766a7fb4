public import CVirglrenderer

// Messages. Any thread, also before init.

/// Deprecated way to receive messages. Returns the callback set before, nil for none.
@c @implementation
public func virgl_set_debug_callback(_ cb: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  ProcessState.logging.setDebugCallback(cb)
}

/// Convention: void; cannot fail.
@c @implementation
public func virgl_set_log_callback(
  _ cb: virgl_log_callback_type?, _ user_data: UnsafeMutableRawPointer?,
  _ free_user_data_cb: virgl_free_data_callback_type?
) {
  ProcessState.logging.setLogCallback(cb, user_data, free_user_data_cb)
}
