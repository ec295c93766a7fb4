"""The guest of the QEMU rig: Debian's kernel, and an initramfs made from this machine's own Mesa and clients.

No disk image, no downloads but the kernel package: programs are copied with the libraries ldd names. The result is
kept in .build-guest and made again when an input changes.
"""

import hashlib
import lzma
import re
import shutil
import struct
import subprocess
from pathlib import Path

from .library import REPOSITORY, RigError, need

CACHE = REPOSITORY / ".build-guest"
INIT = REPOSITORY / "scripts/guest/init"
MODULES = ("virtio_pci", "virtio_gpu")
LIBRARIES = Path("/usr/lib/x86_64-linux-gnu")
PROGRAMS = ("/usr/bin/kmscube", "/usr/bin/glmark2-es2-drm", "/usr/bin/wflinfo")
# Opened by name at run time, so ldd does not show them.
OPENED_AT_RUN_TIME = tuple(str(LIBRARIES / name) for name in (
    "dri/virtio_gpu_dri.so", "libEGL.so.1", "libEGL_mesa.so.0", "libGLESv2.so.2", "libGLdispatch.so.0", "libGL.so.1",
    "libOpenGL.so.0"))
DATA = ("/usr/share/glvnd/egl_vendor.d", "/usr/share/glmark2")


def _output(*command, **options):
    return subprocess.run(command, check=True, capture_output=True, text=True, **options).stdout


def _kernel_package():
    listing = _output("apt-cache", "depends", "linux-image-amd64")
    found = re.search(r"Depends: (linux-image-\S+)", listing)
    if not found:
        raise RigError("apt knows no linux-image-amd64; run apt-get update")
    return found[1]


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


def _fetch_kernel(package, folder):
    """Leaves vmlinux and lib/modules in `folder`; the package is downloaded, not installed."""
    folder.mkdir(parents=True)
    subprocess.run(["apt-get", "-o", "APT::Sandbox::User=root", "-qq", "download", package], cwd=folder, check=True,
                   stdout=subprocess.DEVNULL)
    archive = next(folder.glob("*.deb"))
    with subprocess.Popen(["dpkg-deb", "--fsys-tarfile", archive], stdout=subprocess.PIPE) as tar:
        parts = [f"./lib/modules/*/{part}" for part in (
            "modules.*", "kernel/drivers/virtio/*", "kernel/drivers/gpu/drm/*", "kernel/drivers/dma-buf/*")]
        subprocess.run(["tar", "-x", "-C", folder, "--wildcards", "./boot/vmlinuz-*", *parts], stdin=tar.stdout,
                       check=False, stderr=subprocess.DEVNULL)  # a part built into the kernel is no error
    archive.unlink()
    image = next((folder / "boot").glob("vmlinuz-*"))
    (folder / "vmlinux").write_bytes(_unpack_vmlinux(image.read_bytes()))
    release = next((folder / "lib/modules").iterdir()).name
    subprocess.run(["depmod", "-b", folder, release], check=True)
    (folder / "release").write_text(release)


def _shared_libraries(path):
    listing = subprocess.run(["ldd", path], capture_output=True, text=True).stdout
    return re.findall(r"(/\S+\.so\S*)", listing)


def _add(root, path):
    """Copies a file to the same place under `root`, with the libraries it links."""
    for item in [str(path), *_shared_libraries(path)]:
        # /lib is /usr/lib, on Debian and in the guest.
        place = root / re.sub(r"^/lib", "/usr/lib", item).lstrip("/")
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(Path(item).resolve(), place)


def _make_initramfs(kernel, target):
    root = target.with_suffix(".root")
    shutil.rmtree(root, ignore_errors=True)
    for folder in ("bin", "proc", "sys", "dev", "tmp", "modules", "usr/lib", "usr/lib64", "usr/bin"):
        (root / folder).mkdir(parents=True)
    (root / "lib").symlink_to("usr/lib")
    (root / "lib64").symlink_to("usr/lib64")
    shutil.copy2("/bin/busybox", root / "bin/busybox")
    shutil.copy2(INIT, root / "init")
    (root / "init").chmod(0o755)
    for path in (*PROGRAMS, *OPENED_AT_RUN_TIME):
        if not Path(path).exists():
            raise RigError(f"{path} is not installed (scripts/install-deps.sh demo)")
        _add(root, path)
    for path in DATA:
        place = root / path.lstrip("/")
        place.parent.mkdir(parents=True, exist_ok=True)
        if Path(path).is_dir():
            shutil.copytree(path, place)
        else:
            shutil.copy2(path, place)
    release = (kernel / "release").read_text()
    wanted = []
    for module in MODULES:
        for line in _output("modprobe", "-d", str(kernel), "-S", release, "--show-depends", module).splitlines():
            words = line.split()
            if words[0] == "insmod" and words[1] not in wanted:
                wanted.append(words[1])
    for index, path in enumerate(wanted):
        shutil.copy2(path, root / f"modules/{index:02d}-{Path(path).name}")
    files = "\n".join(sorted(str(path.relative_to(root)) for path in root.rglob("*")))
    with open(target, "wb") as out:
        subprocess.run([need("cpio", "cpio"), "--create", "--format=newc", "--quiet"], cwd=root, input=files.encode(),
                       stdout=out, check=True)
    shutil.rmtree(root)


def prepare():
    """Paths of the kernel and the initramfs, made when missing or out of date."""
    for program, package in (("busybox", "busybox-static"), ("modprobe", "kmod"), ("depmod", "kmod")):
        need(program, package)
    package = _kernel_package()
    kernel = CACHE / package
    if not (kernel / "release").exists():
        shutil.rmtree(kernel, ignore_errors=True)
        _fetch_kernel(package, kernel)
    inputs = hashlib.sha256(f"{package}".encode())
    inputs.update(INIT.read_bytes() + Path(__file__).read_bytes())
    for path in (*PROGRAMS, *OPENED_AT_RUN_TIME):
        if Path(path).exists():
            inputs.update(f"{path} {Path(path).resolve()} {Path(path).stat().st_mtime_ns}".encode())
    initramfs = CACHE / f"initramfs-{inputs.hexdigest()[:16]}"
    if not initramfs.exists():
        for stale in CACHE.glob("initramfs-*"):
            shutil.rmtree(stale) if stale.is_dir() else stale.unlink()
        _make_initramfs(kernel, CACHE / "initramfs.partial")
        (CACHE / "initramfs.partial").rename(initramfs)
    return kernel / "vmlinux", initramfs
