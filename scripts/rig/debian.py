"""Other suites of the Debian mirror that this system uses: where they are, and whole systems made of one."""

import os
import platform
import shutil
import subprocess
from pathlib import Path

from .library import REPOSITORY, RigError, need, only_one

SUITES = REPOSITORY / ".build-suites"
LIBRARIES = "/usr/lib/x86_64-linux-gnu"

# The newest of everything the rigs run: QEMU, the test server with its reference library, Mesa and its clients.
NEWEST_SUITE = "sid"
PACKAGES = ("qemu-system-x86", "qemu-system-gui", "qemu-system-modules-opengl", "virgl-server", "libgl1-mesa-dri",
            "libegl-mesa0", "libegl1", "libgles2", "libgl1", "libglx-mesa0", "mesa-utils", "glmark2-es2-x11", "piglit")


def output(*command, **options):
    return subprocess.run(command, check=True, capture_output=True, text=True, **options).stdout


def debian_source(suite):
    """A line for sources.list: `suite` on the mirror that has this system's own suite, with its key."""
    codename = platform.freedesktop_os_release()["VERSION_CODENAME"]
    listing = output("apt-get", "indextargets", "--format", "$(REPO_URI)", "Created-By: Packages",
                     f"Codename: {codename}", "Component: main")
    if not listing.strip():
        raise RigError("apt knows no Debian mirror; run apt-get update")
    keyring = "/usr/share/keyrings/debian-archive-keyring.gpg"
    return f"deb [signed-by={keyring}] {listing.split()[0]} {suite} main"


class System:
    """A root directory of a Debian suite, made with mmdebstrap when missing. Needs root.

    Programs of it run with this machine's /dev, /proc, /sys and /tmp and with the repository at its own path, in a
    mount namespace that ends with them.
    """

    def __init__(self, suite=NEWEST_SUITE):
        self.root = SUITES / suite
        if os.geteuid() != 0:
            raise RigError(f"programs of Debian {suite} run in a chroot, which needs root")
        with only_one(SUITES):
            if not self.root.exists():
                self._make(suite)

    def _make(self, suite):
        partial = SUITES / f"{suite}.partial"
        shutil.rmtree(partial, ignore_errors=True)
        print(f"making a Debian {suite} in {self.root}: about 1 GB, some minutes", flush=True)
        # A mirror that stands still is good enough; its signature still has to be right.
        options = ['APT::Install-Recommends "false"', 'Acquire::Check-Valid-Until "false"']
        command = [need("mmdebstrap", "mmdebstrap"), "--quiet", "--variant=minbase", "--mode=root",
                   "--include=" + ",".join(PACKAGES), *(f"--aptopt={option}" for option in options), suite,
                   str(partial), debian_source(suite)]
        result = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if result.returncode != 0:
            raise RigError(f"mmdebstrap failed:\n{result.stderr[-2000:]}")
        for folder in (REPOSITORY, "/tmp"):
            (partial / str(folder).lstrip("/")).mkdir(parents=True, exist_ok=True)
        partial.rename(self.root)

    def command(self, command):
        """`command` as one that runs inside; the process keeps its id."""
        inside = "".join(f"mount --rbind {place} \"$0\"{place} && " for place in ("/dev", "/proc", "/sys", "/tmp"))
        inside += f"mount --bind '{REPOSITORY}' \"$0\"'{REPOSITORY}' && exec chroot \"$0\" \"$@\""
        return ["unshare", "--mount", "--propagation", "private", "sh", "-c", inside, str(self.root), *command]

    def file(self, name):
        """The path inside of a library, links followed."""
        path = Path(LIBRARIES) / name
        if not os.path.lexists(f"{self.root}{path}"):
            raise RigError(f"no {path} in {self.root}")
        return path.with_name(os.path.basename(os.path.realpath(f"{self.root}{path}")))

    def version(self, package):
        return output("dpkg-query", f"--admindir={self.root}/var/lib/dpkg", "-W", "-f=${Version}", package)
