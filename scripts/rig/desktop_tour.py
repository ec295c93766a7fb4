"""What is done and looked at on the desktop of a guest."""

from .desktop import DMABUF, FULL_SCREEN, TERMINAL, TRIANGLE, Desktop
from .image import Difference

SMALL_MODE = (1024, 768)


def tour(guest, checks, tolerance):
    """weston with three clients, one of them full screen; then weston in another mode.

    Returns ({name: picture of QEMU's window}, what the pointer looked like). Nothing moves in the pictures.
    """
    pictures = {}
    with Desktop(guest) as desktop:
        renderer = desktop.renderer()
        checks.that("virgl" in renderer, f"weston draws with {renderer}")
        for client in (TERMINAL, DMABUF, TRIANGLE):
            desktop.start(client)
        windows = desktop.windows()
        checks.that(len(windows) == 3 and all(
            windows[client.title].buffer == "dmabuf buffer" for client in (DMABUF, TRIANGLE)),
            "windows: " + ", ".join(f"{title} ({window.buffer})" for title, window in windows.items()))
        pictures["desktop"] = _see_frame(desktop, TRIANGLE, checks, tolerance)
        cursor = desktop.point_at(0.9, 0.9)
        # weston puts the arrow into the plane's upper left corner: upside down it would reach to the bottom.
        width, height = cursor.extent()
        checks.that(0 < width <= cursor.width / 2 and 0 < height <= cursor.height / 2,
                    f"pointer: {cursor.width}x{cursor.height}, seen are the upper left {width}x{height}")
        pictures["pointer"] = desktop.with_pointer(pictures["desktop"], cursor)
        desktop.stop(TRIANGLE)
        desktop.start(FULL_SCREEN)
        pictures["full-screen"] = _see_frame(desktop, FULL_SCREEN, checks, tolerance)
        _end(desktop, checks)
    with Desktop(guest, "{}x{}".format(*SMALL_MODE)) as desktop:
        desktop.start(TRIANGLE)
        pictures["small"] = _see_frame(desktop, TRIANGLE, checks, tolerance)
        checks.that(desktop.screen_size() == SMALL_MODE, "weston in another mode")
        _end(desktop, checks)
    complaints = guest.run("dmesg | grep -F '*ERROR*'")[1]
    checks.that(not complaints, f"the guest's kernel complains {len(complaints)} times {complaints[:3]}")
    return pictures, cursor


def _see_frame(desktop, client, checks, tolerance):
    """The window's picture, in which the frame that the client read back must be, at the client's place."""
    frame, place = desktop.frame(client), desktop.windows()[client.title]
    picture, shown = desktop.picture_with(frame, place)
    difference = Difference(frame, shown)
    checks.that("virgl" in frame.note and frame.colours() > 100 and difference.maximum <= tolerance,
                f"{client.title}: {frame.width}x{frame.height} at {place.left},{place.top}, {frame.colours()} colours, "
                f"by {frame.note}; QEMU's window differs by {difference.maximum}/255")
    checks.that((picture.width, picture.height) == desktop.screen_size(),
                f"QEMU's window is {picture.width}x{picture.height}")
    return picture


def _end(desktop, checks):
    desktop.stop(TRIANGLE)
    status = desktop.end()
    checks.that(status == 0, f"weston ended with status {status} when asked to")
