"""weston on the screen of a guest: DRM backend on virtio-gpu, GL clients that share dma-bufs with it, a terminal."""

import re
import time
from dataclasses import dataclass

from . import build, guest_image
from .image import Picture
from .library import REPOSITORY, RigError
from .xscreen import Screen

_WESTON = (*guest_image.libraries("libweston-10/drm-backend.so", "libweston-10/gl-renderer.so",
                                  "weston/desktop-shell.so", "weston-desktop-shell"),
           "/usr/bin/weston", "/usr/bin/weston-debug")
_CLIENTS = ("/usr/bin/weston-terminal", "/usr/bin/weston-simple-egl", "/usr/bin/weston-simple-dmabuf-egl")
IMAGE = guest_image.GuestImage(
    "desktop", (*guest_image.CLIENTS.modules, "virtio_input", "evdev"), (*_WESTON, *_CLIENTS, *guest_image.MESA),
    (guest_image.GLVND, "/usr/share/weston", "/usr/share/X11/xkb", "/usr/share/libinput", "/etc/fonts",
     "/usr/share/fonts/truetype/dejavu"))
HELD_FRAME = 40
# Everything is emulated, on a machine that does something else too.
PATIENCE = 180


def contents():
    """What a guest.Guest needs for it, as its arguments."""
    files = {f"/rig/{name}": REPOSITORY / "scripts/guest" / name for name in ("session", "terminal", "weston.ini")}
    files |= {"/rig/framegrab.so": build.framegrab(), "/rig/launcher": build.launcher()}
    # Where X's pointer is in QEMU's window, there the tablet's is on the guest's screen.
    return {"image": IMAGE, "payload": files, "devices": ("virtio-tablet-pci",)}


@dataclass(frozen=True)
class Client:
    """`title` is what it calls its window, `done` a shell condition that holds once it has drawn what will stay.

    The preload stops a client's clock; one that calls eglSwapBuffers is held at a frame, which is then in `frame`.
    """

    title: str
    command: str
    done: str = "true"
    frame: str = ""

    @property
    def line(self):
        clock = f"LD_PRELOAD=/rig/framegrab.so FRAMEGRAB_OUTPUT={self.frame or '/dev/null'} " \
                f"FRAMEGRAB_FRAME={HELD_FRAME} FRAMEGRAB_HOLD=1"
        return f"{clock} {self.command} >/tmp/client.log 2>&1 &"


TERMINAL = Client("Wayland Terminal", "weston-terminal --shell=/rig/terminal", "[ -e /tmp/terminal-done ]")
DMABUF = Client("simple-dmabuf-egl", "weston-simple-dmabuf-egl --drm-render-node=/dev/dri/renderD128")
TRIANGLE = Client("simple-egl", "weston-simple-egl -o", "[ -s /tmp/frame ]", "/tmp/frame")
FULL_SCREEN = Client("simple-egl", "weston-simple-egl -o -f", "[ -s /tmp/full ]", "/tmp/full")


@dataclass(frozen=True)
class Window:
    """A client's window as weston knows it: its place on the screen and its kind of buffer."""

    left: int
    top: int
    width: int
    height: int
    buffer: str


class Desktop:
    """weston in a guest that has contents(), in `mode`; it ends with the block."""

    _VIEW = re.compile(r"role xdg_toplevel, PID \d+,[^\n]*top-level window '([^']*)'[^\n]*\n"
                       r"\s*position: \((-?\d+), (-?\d+)\) -> \((-?\d+), (-?\d+)\)\n"
                       r"(?:\s*\[[^\n]*opaque[^\n]*\n|\s*alpha[^\n]*\n|\s*outputs[^\n]*\n)*\s*([^\n]*)")

    def __init__(self, guest, mode="preferred"):
        self.guest, self.mode = guest, mode

    def __enter__(self):
        self.guest.run(f"[ -d /run/session ] || . /rig/session; rm -f /tmp/terminal-done /tmp/frame /tmp/full; "
                       f"sed 's/^mode=.*/mode={self.mode}/' /rig/weston.ini >/tmp/weston.ini")
        self.guest.run("/rig/launcher weston --debug --backend=drm-backend.so --config=/tmp/weston.ini --socket=rig "
                       "--log=/tmp/weston.log </dev/null >/tmp/weston.out 2>&1 & weston=$!")
        self._wait("weston-debug scene-graph 2>/dev/null | grep -q 'background for output'", "/tmp/weston.log")
        self._screen = Screen(self.guest.display.name)
        return self

    def __exit__(self, *_):
        self._screen.__exit__()

    def _wait(self, condition, log):
        status, _ = self.guest.run(f"for i in $(seq {2 * PATIENCE}); do {condition} && break; sleep 0.5; done; "
                                   f"{condition}", 4 * PATIENCE)
        if status != 0:
            raise RigError(f"weston: not in {PATIENCE} s: {condition}\n"
                           + "\n".join(self.guest.run(f"tail -n 12 {log}")[1]))

    def renderer(self):
        """What weston draws with, by its own log."""
        _, lines = self.guest.run("grep -o 'GL renderer: .*' /tmp/weston.log")
        return lines[0].removeprefix("GL renderer: ") if lines else "no GL renderer"

    def start(self, client):
        """Starts a client and waits until its window is there and drawn."""
        self.guest.run(client.line)
        self._wait(f"{client.done} && weston-debug scene-graph | grep -q \"'{client.title}'\"", "/tmp/client.log")

    def _scene(self):
        return "\n".join(self.guest.run("weston-debug scene-graph")[1])

    def windows(self):
        """{title: Window}"""
        found = {}
        for title, left, top, right, bottom, buffer in self._VIEW.findall(self._scene()):
            left, top, right, bottom = map(int, (left, top, right, bottom))
            found[title] = Window(left, top, right - left, bottom - top, buffer.strip("[]"))
        return found

    def screen_size(self):
        """Of the output's mode: (width, height)."""
        found = re.search(r"mode: (\d+)x(\d+)@", self._scene())
        return (int(found[1]), int(found[2])) if found else (0, 0)

    def picture(self):
        """QEMU's window, come to rest."""
        return self.guest.display.picture(60).crop(*self._screen.window())

    def frame(self, client):
        """What the held client drew, by its own glReadPixels."""
        return Picture.from_ppm(self.guest.fetch(client.frame))

    def picture_with(self, frame, place):
        """QEMU's window, come to rest, once it shows the frame at that place, or some time has passed."""
        end = time.monotonic() + PATIENCE
        while True:
            picture = self.picture()
            shown = picture.crop(place.left, place.top, frame.width, frame.height)
            if shown.pixels == frame.pixels or time.monotonic() > end:
                return picture, shown

    def point_at(self, x, y):
        """Moves the pointer, by parts of the screen's size; returns what it then looks like."""
        left, top, width, height = self._screen.window()
        end = time.monotonic() + PATIENCE
        self._screen.move_pointer(left + int(x * width), top + int(y * height))
        while True:
            time.sleep(0.5)
            cursor = self._screen.cursor()
            if cursor.extent() != (0, 0) or time.monotonic() > end:
                return cursor

    def with_pointer(self, picture, cursor):
        return cursor.over(picture, *self._screen.window()[:2])

    def stop(self, client):
        """Kills a client: a held one sleeps in the preload."""
        self.guest.run(f"kill -9 $(pidof {client.command.split()[0]})")

    def end(self):
        """Asks weston to end; its exit status."""
        return self.guest.run("kill -TERM $(pidof weston); wait $weston", PATIENCE)[0]
