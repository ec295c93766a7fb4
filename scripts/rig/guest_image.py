"""Initramfs images for the guests of the rigs, made from this machine's own Mesa and programs.

No disk image and no downloads: programs are copied with the libraries ldd names. An image is kept in .build-guest and
made again when an input changes. What a rig builds itself goes into a second archive behind it, made for each boot:
the kernel unpacks one after the other.
"""

import hashlib
import lzma
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from .library import REPOSITORY, RigError, need

CACHE = REPOSITORY / ".build-guest"
INIT = REPOSITORY / "scripts/guest/init"
LIBRARIES = Path("/usr/lib/x86_64-linux-gnu")


def libraries(*names):
    """Paths of files in the system's library folder."""
    return tuple(str(LIBRARIES / name) for name in names)


# Opened by name at run time, so ldd does not show them.
MESA = libraries("dri/virtio_gpu_dri.so", "libEGL.so.1", "libEGL_mesa.so.0", "libGLESv2.so.2", "libGLdispatch.so.0",
                 "libGL.so.1", "libOpenGL.so.0")
GLVND = "/usr/share/glvnd/egl_vendor.d"


@dataclass(frozen=True)
class GuestImage:
    """What a guest consists of: kernel modules loaded at boot, files copied with their libraries, data folders."""

    name: str
    modules: tuple
    files: tuple
    data: tuple = (GLVND,)


# Mesa's clients on virtio-gpu.
CLIENTS = GuestImage(
    "clients", ("virtio_pci", "virtio_gpu"),
    ("/usr/bin/kmscube", "/usr/bin/glmark2-es2-drm", "/usr/bin/wflinfo", *MESA), (GLVND, "/usr/share/glmark2"))

# A host for the library: DRM nodes of virtio-gpu and vgem, hardware and software rasterisers.
DRM_HOST = GuestImage(
    "drm-host", ("virtio_pci", "virtio_gpu", "vgem"),
    (*MESA, *libraries("dri/swrast_dri.so", "dri/kms_swrast_dri.so", "libgbm.so.1", "libepoxy.so.0", "libdrm.so.2",
                        "libstdc++.so.6", "libgcc_s.so.1")))


def _shared_libraries(path):
    listing = subprocess.run(["ldd", path], capture_output=True, text=True).stdout
    return re.findall(r"(/\S+\.so\S*)", listing)


def _copy(source, place):
    """Mesa's drivers are one file under many names: the second name becomes a link to the first."""
    place.parent.mkdir(parents=True, exist_ok=True)
    real = Path(source).resolve()
    for twin in place.parent.iterdir():
        if twin.is_file() and real.parent.joinpath(twin.name).exists() and real.samefile(real.parent / twin.name):
            place.symlink_to(twin.name)
            return
    shutil.copy2(real, place)


def _add(root, path):
    """Copies a file to the same place under `root`, with the libraries it links."""
    for item in [str(path), *_shared_libraries(path)]:
        # /lib is /usr/lib, on Debian and in the guest.
        place = root / re.sub(r"^/lib", "/usr/lib", item).lstrip("/")
        if not place.exists():
            _copy(item, place)


def _pack(root, target):
    files = "\n".join(sorted(str(path.relative_to(root)) for path in root.rglob("*")))
    with open(target, "wb") as out:
        subprocess.run([need("cpio", "cpio"), "--create", "--format=newc", "--quiet"], cwd=root, input=files.encode(),
                       stdout=out, check=True)


def _make(image, kernel, target):
    root = target.with_suffix(".root")
    shutil.rmtree(root, ignore_errors=True)
    for folder in ("bin", "proc", "sys", "dev", "tmp", "modules", "usr/lib", "usr/lib64", "usr/bin"):
        (root / folder).mkdir(parents=True)
    (root / "lib").symlink_to("usr/lib")
    (root / "lib64").symlink_to("usr/lib64")
    shutil.copy2(need("busybox", "busybox-static"), root / "bin/busybox")
    shutil.copy2(INIT, root / "init")
    (root / "init").chmod(0o755)
    for path in image.files:
        _add(root, path)
    for path in image.data:
        shutil.copytree(path, root / path.lstrip("/"))
    for index, module in enumerate(kernel.modules(image.modules)):
        place = root / f"modules/{index:02d}-{module.name.removesuffix('.xz')}"
        place.write_bytes(lzma.decompress(module.read_bytes()) if module.suffix == ".xz" else module.read_bytes())
    _pack(root, target)
    shutil.rmtree(root)


def prepare(image, kernel):
    """The path of the initramfs of `image` for `kernel`, made when missing or out of date."""
    inputs = hashlib.sha256(repr(image).encode() + INIT.read_bytes() + Path(__file__).read_bytes())
    for path in (*image.files, *image.data):
        if not Path(path).exists():
            raise RigError(f"{path} is not installed (see scripts/install-deps.sh)")
        inputs.update(f"{Path(path).resolve()} {Path(path).stat().st_mtime_ns}".encode())
    stem = f"initramfs-{image.name}-{kernel.release}-"
    initramfs = CACHE / (stem + inputs.hexdigest()[:16])
    if not initramfs.exists():
        for stale in CACHE.glob(stem + "*"):
            shutil.rmtree(stale) if stale.is_dir() else stale.unlink()
        partial = CACHE / (stem + "partial")
        _make(image, kernel, partial)
        partial.rename(initramfs)
    return initramfs


def with_payload(initramfs, payload, folder):
    """A new initramfs in `folder`: `initramfs` and the files of `payload` ({path in the guest: file here})."""
    root = Path(folder) / "payload"
    for place, source in payload.items():
        target = root / place.lstrip("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(Path(source).resolve(), target)
    archive = Path(folder) / "payload.cpio"
    _pack(root, archive)
    joined = Path(folder) / "initramfs"
    with open(joined, "wb") as out:
        for part in (initramfs, archive):
            with open(part, "rb") as source:
                shutil.copyfileobj(source, out, 1 << 20)
    return joined
