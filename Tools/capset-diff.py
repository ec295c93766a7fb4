#!/usr/bin/env python3
"""Compares capability sets, for people who check what this library tells guests.

  Tools/capset-diff.py dump OUT.bin [--library NAME] [--gles | --compat]
      Capability set 2 of an installed virglrenderer library (default libvirglrenderer.so.1) on the EGL
      surfaceless platform.
  Tools/capset-diff.py diff A.bin B.bin
      The members that differ. `VIRGL_DUMP_CAPSET=DIR swift test --filter HostProbeTests` writes this
      library's sets.
"""
import csv
import ctypes
import pathlib
import struct
import sys

DATA = pathlib.Path(__file__).resolve().parent / "data"
USE_EGL, USE_SURFACELESS, USE_GLES, COMPAT_PROFILE = 1, 8, 16, 1 << 13
SIZE = 1408


class Callbacks(ctypes.Structure):
    """struct virgl_renderer_callbacks, version 1, with room for what later versions append."""
    _fields_ = [("version", ctypes.c_int), ("functions", ctypes.c_void_p * 10)]


def dump(arguments):
    library = ctypes.CDLL(arguments[arguments.index("--library") + 1] if "--library" in arguments
                          else "libvirglrenderer.so.1")
    fence_callback = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_uint32)(lambda cookie, fence: None)
    callbacks = Callbacks(version=1)
    callbacks.functions[0] = ctypes.cast(fence_callback, ctypes.c_void_p).value
    flags = USE_EGL | USE_SURFACELESS
    flags |= USE_GLES if "--gles" in arguments else 0
    flags |= COMPAT_PROFILE if "--compat" in arguments else 0
    cookie = ctypes.c_int()
    result = library.virgl_renderer_init(ctypes.byref(cookie), flags, ctypes.byref(callbacks))
    if result != 0:
        sys.exit(f"virgl_renderer_init failed: {result}")
    version, size = ctypes.c_uint32(), ctypes.c_uint32()
    library.virgl_renderer_get_cap_set(2, ctypes.byref(version), ctypes.byref(size))
    buffer = ctypes.create_string_buffer(max(size.value, SIZE))
    library.virgl_renderer_fill_caps(2, version.value, buffer)
    pathlib.Path(arguments[0]).write_bytes(buffer.raw)
    print(f"version {version.value}, {size.value} bytes")


def members():
    names = {int(row["number"]): row["name"] for row in csv.DictReader((DATA / "pixel-formats.csv").open())}
    for row in csv.DictReader((DATA / "capset-members.csv").open()):
        yield row["name"], int(row["offset"]), int(row["size"]), row["type"], names


def value(data, offset, size, kind, names):
    raw = data[offset:offset + size]
    if kind == "mask":
        words = struct.unpack("<16I", raw)
        return {n for n in range(512) if words[n // 32] >> (n % 32) & 1}
    if kind == "char":
        return raw.split(b"\0")[0].decode()
    if kind == "bits":
        word, = struct.unpack("<I", raw)
        return {n for n in range(32) if word >> n & 1}
    code = {"f32": "f", "i32": "i"}.get(kind, "I")
    values = struct.unpack(f"<{size // 4}{code}", raw)
    return values[0] if len(values) == 1 else values


def diff(paths):
    a, b = (pathlib.Path(path).read_bytes() for path in paths)
    for name, offset, size, kind, names in members():
        left, right = (value(data, offset, size, kind, names) for data in (a, b))
        if left == right:
            continue
        if isinstance(left, set):
            label = (lambda n: names.get(n, str(n))) if kind == "mask" else str
            only = lambda one, other: " ".join(label(n) for n in sorted(one - other)) or "-"
            print(f"{name}: only in A: {only(left, right)}; only in B: {only(right, left)}")
        else:
            print(f"{name}: {left} / {right}")


if len(sys.argv) >= 3 and sys.argv[1] == "dump":
    dump(sys.argv[2:])
elif len(sys.argv) == 4 and sys.argv[1] == "diff":
    diff(sys.argv[2:])
else:
    sys.exit(__doc__)
