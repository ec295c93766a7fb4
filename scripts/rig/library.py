"""Which libvirglrenderer a rig uses, and the proof that a process really loaded it."""

import contextlib
import fcntl
import shutil
import subprocess
import tempfile
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
SONAME = "libvirglrenderer.so.1"


class RigError(Exception):
    """Something the rig needs is missing or broke; the text is for the person at the terminal."""


def need(program, package):
    """The path of `program`, or an error that names the Debian package to install."""
    path = shutil.which(program)
    if path is None:
        raise RigError(f"{program} is not installed (Debian package {package}; see scripts/install-deps.sh)")
    return path


@contextlib.contextmanager
def only_one(folder):
    """One process at a time: what is made in `folder` for all rigs is made by one of them."""
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _reference(system):
    if system is not None:
        return system.file(SONAME)
    out = subprocess.run(["/sbin/ldconfig", "-p"], capture_output=True, text=True, check=True).stdout
    for line in out.splitlines():
        if line.split()[:1] == [SONAME]:
            return Path(line.rsplit("=> ", 1)[1]).resolve()
    raise RigError(f"the reference {SONAME} is not installed (Debian package libvirglrenderer1)")


class Library:
    """A library under test, reachable through a private directory that holds nothing but its SONAME.

    `choice` is "ours" (.build/release), "reference" (the system's), or a path to a library or its directory.
    `system` is the debian.System whose programs load it; None is this machine's own.
    Used as a context manager: the private directory lives as long as the block.
    """

    def __init__(self, choice, system=None):
        self.label, self.system = choice, system
        if choice == "reference":
            self.path = _reference(system)
        else:
            path = REPOSITORY / ".build/release" if choice == "ours" else Path(choice)
            if path.is_dir():
                found = [path / name for name in (SONAME, "libvirglrenderer.so") if (path / name).exists()]
                if not found:
                    hint = " (run `make build` first)" if choice == "ours" else ""
                    raise RigError(f"no libvirglrenderer.so in {path}{hint}")
                path = found[0]
            if not path.exists():
                raise RigError(f"no such library: {path}")
            self.path = path.resolve()
        self._holder = None

    def __enter__(self):
        self._holder = tempfile.TemporaryDirectory(prefix="virgl-lib-")
        (Path(self._holder.name) / SONAME).symlink_to(self.path)
        return self

    def __exit__(self, *_):
        self._holder.cleanup()

    @property
    def directory(self):
        """Value for LD_LIBRARY_PATH."""
        return self._holder.name

    def is_mapped_by(self, pid):
        """Whether process `pid` has mapped this very file."""
        try:
            maps = Path(f"/proc/{pid}/maps").read_text()
        except OSError:
            return False
        mapped = {line.split(maxsplit=5)[5] for line in maps.splitlines() if line.count("/")}
        # A process in another root has it under a longer name, seen from here.
        names = {str(self.path)} | ({f"{self.system.root}{self.path}"} if self.system else set())
        return not names.isdisjoint(mapped)
