"""Pictures with the standard library only: PPM in, PNG out, pixel differences, contact sheets."""

import re
import struct
import zlib
from pathlib import Path


class Picture:
    """8-bit RGB, rows from the top. `note` is the comment of the PPM (framegrab puts GL_RENDERER there)."""

    def __init__(self, width, height, pixels, note=""):
        self.width, self.height, self.pixels, self.note = width, height, bytes(pixels), note

    @classmethod
    def read_ppm(cls, path):
        return cls.from_ppm(Path(path).read_bytes())

    @classmethod
    def from_ppm(cls, data):
        pictures = cls.all_from_ppm(data)
        if len(pictures) != 1:
            raise ValueError(f"{len(pictures)} PPM pictures instead of one")
        return pictures[0]

    @classmethod
    def all_from_ppm(cls, data):
        """The pictures of a PPM file, which may hold several, one after the other."""
        pictures, start = [], 0
        while start < len(data):
            head = re.compile(rb"P6\n(?:#([^\n]*)\n)?(\d+) (\d+)\n255\n").match(data, start)
            if not head:
                raise ValueError("not a PPM picture")
            width, height = int(head[2]), int(head[3])
            start = head.end() + width * height * 3
            if start > len(data):
                raise ValueError("the PPM picture is cut short")
            note = (head[1] or b"").decode(errors="replace").strip()
            pictures.append(cls(width, height, data[head.end():start], note))
        return pictures

    def crop(self, left, top, width, height):
        """The part of that size whose upper left corner is there; it has to lie inside."""
        if min(left, top) < 0 or left + width > self.width or top + height > self.height:
            raise ValueError(f"{width}x{height} at {left},{top} is not inside {self.width}x{self.height}")
        starts = ((y * self.width + left) * 3 for y in range(top, top + height))
        return Picture(width, height, b"".join(self.pixels[start:start + width * 3] for start in starts), self.note)

    def write_png(self, path):
        stride = self.width * 3
        rows = b"".join(b"\0" + self.pixels[y * stride:(y + 1) * stride] for y in range(self.height))
        header = struct.pack(">IIBBBBB", self.width, self.height, 8, 2, 0, 0, 0)
        chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(rows, 6)), (b"IEND", b"")]
        with open(path, "wb") as file:
            file.write(b"\x89PNG\r\n\x1a\n")
            for kind, body in chunks:
                file.write(struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)))

    def colours(self):
        """How many different colours occur: 1 means that nothing was drawn."""
        view = self.pixels
        return len({view[i:i + 3] for i in range(0, len(view), 3)})


class Difference:
    """Per-channel distance of two pictures: `maximum` and `mean` in steps of 1/255, `pixels` that differ at all."""

    def __init__(self, a, b):
        self.same_size = (a.width, a.height) == (b.width, b.height)
        if not self.same_size:
            self.maximum, self.mean, self.pixels, self.picture = 255, 255.0, a.width * a.height, a
            self._largest = bytes([255]) * self.pixels
            return
        distances = bytes(abs(x - y) for x, y in zip(a.pixels, b.pixels)) if a.pixels != b.pixels else bytes(
            len(a.pixels))
        self.maximum = max(distances, default=0)
        self.mean = sum(distances) / max(len(distances), 1)
        self._largest = bytes(map(max, distances[0::3], distances[1::3], distances[2::3]))
        self.pixels = self.beyond(0)
        self.picture = Picture(a.width, a.height, bytes(min(255, d * 8) for d in distances))  # faint ones visible

    def beyond(self, tolerance):
        """How many pixels have a channel that differs by more than `tolerance`."""
        return sum(1 for distance in self._largest if distance > tolerance)
