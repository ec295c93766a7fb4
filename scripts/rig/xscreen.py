"""An X screen as its user sees it: where the window is, and the pointer, which pictures of the screen leave out."""

import ctypes

from .image import Picture
from .library import RigError


class _CursorImage(ctypes.Structure):
    """XFixesCursorImage: each pixel is a long of premultiplied ARGB."""

    _fields_ = [("x", ctypes.c_short), ("y", ctypes.c_short), ("width", ctypes.c_ushort), ("height", ctypes.c_ushort),
                ("hot_x", ctypes.c_ushort), ("hot_y", ctypes.c_ushort), ("serial", ctypes.c_ulong),
                ("pixels", ctypes.POINTER(ctypes.c_ulong)), ("atom", ctypes.c_ulong), ("name", ctypes.c_char_p)]


def _library(name, package):
    try:
        return ctypes.CDLL(name)
    except OSError:
        raise RigError(f"no {name} (Debian package {package}; see scripts/install-deps.sh)") from None


class Cursor:
    """What the pointer looks like: its upper left corner on the screen, and rows of premultiplied ARGB."""

    def __init__(self, image):
        self.left, self.top = image.x - image.hot_x, image.y - image.hot_y
        self.width, self.height = image.width, image.height
        self.pixels = [image.pixels[index] & 0xFFFFFFFF for index in range(image.width * image.height)]

    def extent(self):
        """How far what is not transparent reaches from the upper left corner: (width, height)."""
        seen = [index for index, pixel in enumerate(self.pixels) if pixel >> 24]
        return max((index % self.width + 1 for index in seen), default=0), max(seen, default=-1) // self.width + 1

    def distance(self, other):
        """The largest difference of a channel in steps of 1/255; 255 when the sizes differ."""
        if (self.width, self.height) != (other.width, other.height):
            return 255
        return max(abs((a >> shift & 255) - (b >> shift & 255))
                   for a, b in zip(self.pixels, other.pixels) for shift in (24, 16, 8, 0))

    def over(self, picture, left, top):
        """`picture`, whose upper left corner is there on the screen, with the pointer on it."""
        out = bytearray(picture.pixels)
        for index, pixel in enumerate(self.pixels):
            x, y = self.left + index % self.width - left, self.top + index // self.width - top
            if not (0 <= x < picture.width and 0 <= y < picture.height):
                continue
            start, rest = 3 * (y * picture.width + x), 255 - (pixel >> 24)
            for channel, shift in enumerate((16, 8, 0)):
                out[start + channel] = min(255, (pixel >> shift & 255) + out[start + channel] * rest // 255)
        return Picture(picture.width, picture.height, out, picture.note)


class Screen:
    """The screen of the X display called `name`."""

    def __init__(self, name):
        self._x11, self._fixes = _library("libX11.so.6", "libx11-6"), _library("libXfixes.so.3", "libxfixes3")
        self._x11.XOpenDisplay.restype = ctypes.c_void_p
        self._x11.XDefaultRootWindow.restype = ctypes.c_ulong
        self._fixes.XFixesGetCursorImage.restype = ctypes.POINTER(_CursorImage)
        self._display = ctypes.c_void_p(self._x11.XOpenDisplay(name.encode()))
        if not self._display:
            raise RigError(f"no X display {name}")
        self._root = ctypes.c_ulong(self._x11.XDefaultRootWindow(self._display))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._x11.XCloseDisplay(self._display)

    def window(self):
        """The largest window that lies on the root: (left, top, width, height)."""
        root, parent, children, count = ctypes.c_ulong(), ctypes.c_ulong(), ctypes.POINTER(ctypes.c_ulong)(), \
            ctypes.c_uint()
        self._x11.XQueryTree(self._display, self._root, ctypes.byref(root), ctypes.byref(parent),
                             ctypes.byref(children), ctypes.byref(count))
        places = [self._geometry(children[index]) for index in range(count.value)]
        if not places:
            raise RigError("there is no window on the screen")
        self._x11.XFree(children)
        return max(places, key=lambda place: place[2] * place[3])

    def _geometry(self, window):
        root, left, top = ctypes.c_ulong(), ctypes.c_int(), ctypes.c_int()
        width, height, border, depth = (ctypes.c_uint() for _ in range(4))
        self._x11.XGetGeometry(self._display, ctypes.c_ulong(window), *map(
            ctypes.byref, (root, left, top, width, height, border, depth)))
        return left.value, top.value, width.value, height.value

    def move_pointer(self, x, y):
        """To a place of the screen, as a mouse would: the window there hears of it."""
        self._x11.XWarpPointer(self._display, ctypes.c_ulong(0), self._root, 0, 0, 0, 0, x, y)
        self._x11.XSync(self._display, 0)

    def cursor(self):
        image = self._fixes.XFixesGetCursorImage(self._display)
        if not image:
            raise RigError("the X server says nothing of its pointer")
        cursor = Cursor(image.contents)
        self._x11.XFree(image)
        return cursor
