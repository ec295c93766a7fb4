"""Debian's kernels for the guests of the rigs: downloaded as packages, unpacked, never installed."""

import hashlib
import lzma
import re
import shutil
import struct
import subprocess
from pathlib import Path

from .debian import debian_source, output
from .library import RigError, need

# What guests load modules from. A part that is built into the kernel, or packed elsewhere, is no error.
MODULE_PARTS = ("modules.*", "kernel/drivers/virtio/*", "kernel/drivers/gpu/drm/*", "kernel/drivers/dma-buf/*",
                "kernel/drivers/i2c/*", "kernel/drivers/video/*", "kernel/drivers/input/evdev.ko*")


class _Apt:
    """apt-get and apt-cache of the system, or of another suite of the system's own Debian mirror.

    The other suite's lists and cache live under `folder`: the system's sources stay as they are.
    """

    def __init__(self, suite, folder):
        self.options = ["-o", "APT::Sandbox::User=root", "-qq"]
        if suite is None:
            return
        for part in ("lists/partial", "cache/archives/partial"):
            (folder / part).mkdir(parents=True, exist_ok=True)
        sources = folder / "sources.list"
        sources.write_text(f"{debian_source(suite)}\n")
        self.options += ["-o", f"Dir::Etc::sourcelist={sources}", "-o", "Dir::Etc::sourceparts=/dev/null",
                         "-o", f"Dir::State::lists={folder / 'lists'}", "-o", f"Dir::Cache={folder / 'cache'}"]
        subprocess.run(["apt-get", *self.options, "update"], check=True, stdout=subprocess.DEVNULL)

    def newest_kernel(self):
        """The package that linux-image-amd64 stands for."""
        listing = output("apt-cache", *self.options, "depends", "linux-image-amd64")
        found = re.search(r"Depends: (linux-image-\S+)", listing)
        if not found:
            raise RigError("apt knows no linux-image-amd64; run apt-get update")
        return found[1]

    def download(self, package, folder):
        subprocess.run(["apt-get", *self.options, "download", package], cwd=folder, check=True,
                       stdout=subprocess.DEVNULL)
        return next(folder.glob("*.deb"))


def _unpack_vmlinux(image):
    """The ELF kernel inside a bzImage: QEMU boots it without running a decompressor under emulation."""
    setup_sectors = image[0x1F1] or 4
    offset, length = struct.unpack_from("<II", image, 0x248)
    start = (setup_sectors + 1) * 512 + offset
    payload = image[start:start + length]
    if payload.startswith(b"\xfd7zXZ\0"):
        kernel = lzma.LZMADecompressor().decompress(payload)
    elif payload.startswith(b"\x28\xb5\x2f\xfd"):
        kernel = subprocess.run([need("zstd", "zstd"), "-dc"], input=payload[:-4], stdout=subprocess.PIPE).stdout
    else:
        raise RigError(f"unknown kernel compression {payload[:4]!r}")
    if not kernel.startswith(b"\x7fELF"):
        raise RigError("the kernel image does not hold an ELF kernel")
    return kernel


class Kernel:
    """An unpacked kernel: `image` for QEMU, `release`, and the modules it can load."""

    def __init__(self, folder):
        self.folder = folder
        self.image = folder / "vmlinux"
        self.release = (folder / "release").read_text()

    def modules(self, names):
        """Files of the modules and of what they need, in the order of loading."""
        wanted = []
        for name in names:
            listing = output("modprobe", "-d", str(self.folder), "-S", self.release, "--show-depends", name)
            for line in listing.splitlines():
                kind, *path = line.split()
                if kind == "insmod" and Path(path[0]) not in wanted:
                    wanted.append(Path(path[0]))
        return wanted


def prepare(cache, suite=None):
    """The newest kernel of the system's suite, or of another (bookworm-backports), fetched when missing."""
    for program in ("modprobe", "depmod"):
        need(program, "kmod")
    apt = _Apt(suite, cache / f"apt-{suite}")
    package = apt.newest_kernel()
    folder = cache / f"{package}-{hashlib.sha256(repr(MODULE_PARTS).encode()).hexdigest()[:8]}"
    if not (folder / "release").exists():
        for stale in cache.glob(package + "*"):
            shutil.rmtree(stale)
        folder.mkdir(parents=True)
        _unpack(apt.download(package, folder), folder)
    return Kernel(folder)


def _unpack(archive, folder):
    with subprocess.Popen(["dpkg-deb", "--fsys-tarfile", archive], stdout=subprocess.PIPE) as tar:
        parts = [f"./{prefix}lib/modules/*/{part}" for prefix in ("", "usr/") for part in MODULE_PARTS]
        subprocess.run(["tar", "-x", "-C", folder, "--wildcards", "./boot/vmlinuz-*", *parts], stdin=tar.stdout,
                       check=False, stderr=subprocess.DEVNULL)
    archive.unlink()
    if not (folder / "lib").exists():  # newer packages keep modules under /usr; kmod looks under /lib
        (folder / "lib").symlink_to("usr/lib")
    image = next((folder / "boot").glob("vmlinuz-*"))
    (folder / "vmlinux").write_bytes(_unpack_vmlinux(image.read_bytes()))
    release = next((folder / "lib/modules").iterdir()).name
    subprocess.run(["depmod", "-b", folder, release], check=True)
    (folder / "release").write_text(release)
