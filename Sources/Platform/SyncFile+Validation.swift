import CHostShims

extension SyncFile {
  /// Whether the kernel says that the descriptor is a sync file. Clients pass on what guests' peers sent them.
  package var isGenuine: Bool { borrowing get { hostshims_is_sync_file(descriptor.raw) != 0 } }
}
